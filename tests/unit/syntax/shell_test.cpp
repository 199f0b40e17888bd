#include "linter/syntax/shell.h"

#include <chrono>

#include <gtest/gtest.h>

namespace cagelint::syntax {
namespace {

using Strings = std::vector<std::string>;

class ShellTest : public ::testing::Test {
 protected:
  const ShellTree& Parse(std::string_view text) {
    text_ = text;
    tree_ = ParseShell(text_, base::SourceMap::Identity(0));
    return tree_;
  }
  std::string TextAt(const base::Span& span) const { return text_.substr(span.begin, span.Size()); }

  // The words of every command, in order: expansions as written, words joined by `|`.
  Strings Commands(std::string_view text) {
    Strings commands;
    for (const ShellCommand& command : Parse(text).commands) {
      std::string joined;
      for (const Word& word : command.words) joined += (joined.empty() ? "" : "|") + Shown(word);
      commands.push_back(joined);
    }
    return commands;
  }
  std::string Shown(const Word& word) const {
    std::string shown;
    for (const WordPart& part : word.parts)
      shown += part.kind == PartKind::kLiteral ? part.text : "‹" + TextAt(part.span) + "›";
    return shown;
  }
  Strings Gaps() const {
    Strings gaps;
    for (const diagnostic::Gap& gap : tree_.gaps)
      gaps.push_back(gap.kind + " `" + TextAt(gap.span) + "` " + gap.message);
    return gaps;
  }

  std::string text_;
  ShellTree tree_;
};

TEST_F(ShellTest, WordsBehindARedirectionBelongToTheCommand) {
  EXPECT_EQ(Commands("docker run 2>/dev/null --privileged img"),
            Strings{"docker|run|--privileged|img"});
  EXPECT_EQ(Commands("docker run <<EOF img --privileged\nbody\nEOF\nnext"),
            (Strings{"docker|run|img|--privileged", "next"}));
  EXPECT_EQ(Commands("> out docker run img"), Strings{"docker|run|img"});
  EXPECT_EQ(Commands("retry run --name <name> -d img"), Strings{"retry|run|--name|img"});
  EXPECT_TRUE(tree_.gaps.empty());
}

TEST_F(ShellTest, APlaceholderIsAWordOfAnEnginesCommand) {
  EXPECT_EQ(Commands("sudo docker run -v <a b>:<c> r/<o>:<tag>"),
            Strings{"sudo|docker|run|-v|‹<a b>›:‹<c>›|r/‹<o>›:‹<tag>›"});
  EXPECT_EQ(Commands("docker run <image>"), Strings{"docker|run|‹<image>›"});
  for (const char* text :
       {"docker run a <in >out", "docker run a <in.sql> out", "docker run a <in>out",
        "docker run a <in>/dev/null", "docker run a <in>&2", "docker run a < in > out"})
    EXPECT_EQ(Commands(text), Strings{"docker|run|a"}) << text;
  EXPECT_TRUE(tree_.gaps.empty());
}

TEST_F(ShellTest, AWordSplitByABackslashNewlineIsOne) {
  EXPECT_EQ(Commands("docker run --priv\\\nileged img"), Strings{"docker|run|--privileged|img"});
  EXPECT_EQ(TextAt(tree_.commands[0].words[2].span), "--priv\\\nileged");
  EXPECT_EQ(Commands("docker \\\r\n run\r\nnext"), (Strings{"docker|run", "next"}));
}

TEST_F(ShellTest, ABackslashBeforeABlankIsAWordAndEndsNothing) {
  EXPECT_EQ(Commands("docker run -it \\ \n  --rm img"), (Strings{"docker|run|-it| ", "--rm|img"}));
  EXPECT_EQ(TextAt(tree_.commands[0].words[3].span), "\\ ");
}

TEST_F(ShellTest, OperatorsThatAreOrdinaryWordsStay) {
  EXPECT_EQ(Commands("docker run == img\ndocker ps\necho )"),
            (Strings{"docker|run|==|img", "docker|ps", "echo"}));
  EXPECT_EQ(Commands("docker run =~ { } ! [ ] ... img"),
            Strings{"docker|run|=~|{|}|!|[|]|...|img"});
}

TEST_F(ShellTest, QuotesAreUndone) {
  EXPECT_EQ(Commands("d\\ocker ru'n' $'--privi\\x6ceged\\n' \"a \\\"b\\\" \\c\"$\"d\""),
            Strings{"docker|run|--privileged\n|a \"b\" \\cd"});
  EXPECT_EQ(Commands("x '' \"\" $''"), Strings{"x|||"});
  const Word& word = Parse("'a'b\\c").commands[0].words[0];
  ASSERT_EQ(word.parts.size(), 3u);
  EXPECT_EQ(TextAt(word.parts[0].span), "a");
  EXPECT_EQ(TextAt(word.parts[1].span), "b");
  EXPECT_EQ(TextAt(word.parts[2].span), "\\c");
  EXPECT_TRUE(word.has_quotes);
}

TEST_F(ShellTest, AByteThatIsNoTextIsUnknown) {
  EXPECT_EQ(Commands("x $'a\\xff\\0b'"), Strings{"x|a‹\\xff›‹\\0›b"});
}

TEST_F(ShellTest, ExpansionsArePartsOfWords) {
  EXPECT_EQ(Commands("x -v${PWD}/a:\"$HOME\" ${a:-b c} $1x ${#y} ${a[@]} $((1+(2))) ~/z *.c {a,b}"),
            Strings{"x|-v‹${PWD}›/a:‹$HOME›|‹${a:-b c}›|‹$1›x|‹${#y}›|‹${a[@]}›|‹$((1+(2)))›|‹~›/z"
                    "|‹*›.c|‹{a,b}›"});
  const Word& word = tree_.commands[0].words[2];
  EXPECT_EQ(word.parts[0].text, "a");
  EXPECT_EQ(word.parts[0].operation, ":-");
  EXPECT_EQ(word.parts[0].operand[0].text, "b c");
  EXPECT_EQ(tree_.commands[0].words[4].parts[0].operation, "#v");
  EXPECT_EQ(tree_.commands[0].words[5].parts[0].subscript, "@");
}

TEST_F(ShellTest, TemplatesAndPlaceholdersAreWords) {
  EXPECT_EQ(Commands("docker run [OPTIONS] {{image}} %cd% ${{ x }}"),
            Strings{"docker|run|‹[OPTIONS]›|{{image}}|%cd%|‹${{ x }›}"});
}

TEST_F(ShellTest, CommentsEndWords) {
  EXPECT_EQ(Commands("docker run img # --privileged\n# docker run\nx#y a#b"),
            (Strings{"docker|run|img", "x#y|a#b"}));
  EXPECT_EQ(Commands("docker run `#optional` --rm \\\n `# more` img"),
            Strings{"docker|run|--rm|img"});
  EXPECT_TRUE(tree_.gaps.empty());
}

TEST_F(ShellTest, NestedCommandsAreStatements) {
  EXPECT_EQ(Commands("a \"$(b \"$(c)\")\" `d e` <(f)"),
            (Strings{"c", "b|‹$(c)›", "d|e", "f", "a|‹$(b \"$(c)\")›|‹`d e`›|‹<(f)›"}));
  EXPECT_EQ(Commands("x $(( $(y) + 1 ))"), (Strings{"y", "x|‹$(( $(y) + 1 ))›"}));
  EXPECT_EQ(Commands("x $( (y) )"), (Strings{"y", "x|‹$( (y) )›"}));
  EXPECT_EQ(Commands("[[ -n \"$(x)\" && a == b* ]] && y"), (Strings{"x", "y"}));
}

TEST_F(ShellTest, AssignmentsAndArrays) {
  Parse("A=1 B+=(x \"y z\" # c\n  w) C[0]=q docker run D=2\nexport E=~/a:b F");
  const ShellCommand& first = tree_.commands[0];
  ASSERT_EQ(first.assignments.size(), 3u);
  EXPECT_EQ(first.assignments[0].value.Text(), "1");
  EXPECT_TRUE(first.assignments[1].append);
  ASSERT_EQ(first.assignments[1].elements.size(), 3u);
  EXPECT_EQ(first.assignments[1].elements[1].Text(), "y z");
  EXPECT_TRUE(first.assignments[2].has_subscript);
  EXPECT_EQ(first.words.size(), 3u);
  const ShellCommand& second = tree_.commands[1];
  ASSERT_EQ(second.assignments.size(), 1u);
  EXPECT_EQ(second.assignments[0].name, "E");
  EXPECT_EQ(second.assignments[0].value.parts[0].kind, PartKind::kHome);
  EXPECT_EQ(second.words.size(), 2u);
}

TEST_F(ShellTest, StatementsKeepTheirStructure) {
  EXPECT_EQ(Commands("if a; then b; elif c; then d; else e; fi; for x in 1 2; do f; done\n"
                     "while g; do h; done; case $1 in i|j) k;; (*) l; esac; m() { n; }; (o)\n"
                     "function p { q; } > r; s | t |& u && v || ! w &\nuntil x\ndo\ny\ndone"),
            (Strings{"a", "b", "c", "d", "e", "f", "g", "h", "k", "l",
                     "n", "o", "q", "s", "t", "u", "v", "w", "x", "y"}));
  EXPECT_TRUE(tree_.gaps.empty());
  std::vector<StatementKind> kinds;
  for (const StatementId id : tree_.At(tree_.root).children) kinds.push_back(tree_.At(id).kind);
  EXPECT_EQ(kinds, (std::vector<StatementKind>{
                       StatementKind::kIf, StatementKind::kFor, StatementKind::kWhile,
                       StatementKind::kCase, StatementKind::kFunction, StatementKind::kSubshell,
                       StatementKind::kFunction, StatementKind::kAndOr, StatementKind::kWhile}));
  const Statement& condition = tree_.At(tree_.At(tree_.root).children[0]);
  EXPECT_EQ(condition.children.size(), 5u);
  EXPECT_TRUE(tree_.At(tree_.At(tree_.root).children[3]).has_default);
  EXPECT_EQ(tree_.At(tree_.At(tree_.root).children[7]).operators, (Strings{"&&", "||"}));
}

TEST_F(ShellTest, HereDocumentsAreTexts) {
  Parse("cat <<A <<-'B' | sh\n$x \"y\" $(z)\nA\n\t$q\n\tB\nnext");
  EXPECT_TRUE(tree_.gaps.empty());
  ASSERT_EQ(tree_.documents.size(), 2u);
  EXPECT_EQ(Shown(tree_.documents[0]), "‹$x› \"y\" ‹$(z)›\n");
  EXPECT_EQ(Shown(tree_.documents[1]), "\t$q\n");
  EXPECT_EQ(tree_.commands.back().words[0].Text(), "next");
}

TEST_F(ShellTest, AnErrorIsNarrowAndTheRestIsRead) {
  EXPECT_EQ(Commands("retry run --name <name>\necho a"), (Strings{"retry|run|--name", "echo|a"}));
  EXPECT_EQ(Gaps(), Strings{"syntax-error `>` `>` has no target"});
  EXPECT_EQ(Commands("a\nfi\nb (c)\nd"), (Strings{"a", "b", "d"}));
  EXPECT_EQ(Gaps(), (Strings{"syntax-error `fi` `fi` closes nothing",
                             "syntax-error `(` `(` stands inside a command"}));
  EXPECT_EQ(Commands("a\ndocker run \"x\nb"), (Strings{"a", "b"}));
  EXPECT_EQ(Gaps(), Strings{"syntax-error `\"` a double quote is not closed"});
  EXPECT_EQ(Commands("if a; then\nb"), (Strings{"a", "b"}));
  EXPECT_EQ(Gaps(), Strings{"syntax-error `if` `if` without its `fi`"});
}

TEST_F(ShellTest, PlacesGoThroughASourceMap) {
  base::SourceMap map(3);
  map.Append(7, 100, 107);
  map.Append(1, 107, 109);
  map.Append(3, 109, 112);
  const ShellTree tree = ParseShell("docker \"run\"", map);
  EXPECT_EQ(tree.commands[0].words[1].span, (base::Span{3, 107, 112}));
}

// Between the first and the last word of a command every byte is accounted for.
TEST_F(ShellTest, NoByteOfACommandIsLost) {
  Parse(
      "A=1 docker run 2>/dev/null `#c` -v \\\n \"$PWD\":/x \\  == <<E img $(id -u) <name>x # "
      "end\nE\n");
  const ShellCommand& command = tree_.commands.back();
  std::string rest = text_;
  const auto blank = [&](const base::Span& span) {
    std::fill(rest.begin() + span.begin, rest.begin() + span.end, ' ');
  };
  for (const Word& word : command.words) blank(word.span);
  for (const Redirect& redirect : command.redirects) blank(redirect.span);
  for (const Assignment& assignment : command.assignments) blank(assignment.span);
  EXPECT_EQ(rest.substr(0, rest.find("# end")).find_first_not_of(" \\\n`#c"), std::string::npos)
      << rest;
}

TEST_F(ShellTest, EveryCutOfAScriptIsRead) {
  const std::string script =
      "if [[ $a =~ ^(x|y)$ ]]; then docker run \"$(cat <<'E'\na b\nE\n)\" ${x:-\"$y\"} `z`; fi\n"
      "case $1 in @(a|b)|c) args+=(--rm '-v' $'\\x41');; esac; for ((i=0;i<3;i++)); do f; done\n"
      "f() { local x=~/y; ((x++)) || sh -c 'docker run' <<<w 2>&1 | tee >(cat); }\n";
  EXPECT_TRUE(Parse(script).gaps.empty());
  for (std::size_t size = 0; size < script.size(); ++size) {
    Parse(script.substr(0, size));
    for (const diagnostic::Gap& gap : tree_.gaps) {
      EXPECT_LT(gap.span.begin, gap.span.end) << size;
      EXPECT_LE(gap.span.end, size) << size;
    }
  }
}

TEST_F(ShellTest, HostileShapesTakeLinearTime) {
  constexpr std::size_t kSize = 1'000'000;
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string_view piece : {"(",
                                       "$(",
                                       "\"$(",
                                       "if ",
                                       "case a in @(@(",
                                       "cat <<A <<B\n",
                                       "<<<<",
                                       "cat <<E $(",
                                       "a|",
                                       "a && ",
                                       "`",
                                       "$((",
                                       "${a:-",
                                       "[$[",
                                       "{a,",
                                       "a()",
                                       "x '\n",
                                       "x \"$(y\"\n",
                                       "fi ",
                                       "1"}) {
    std::string text;
    while (text.size() < kSize) text += piece;
    Parse(text);
    EXPECT_LE(tree_.gaps.size(), 6u) << piece;
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

TEST_F(ShellTest, NestingEndsInAGap) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "( ";
  Parse(text + "docker run img");
  ASSERT_FALSE(tree_.gaps.empty());
  EXPECT_EQ(tree_.gaps.back().kind, "limit-reached");
}

TEST_F(ShellTest, SubscriptsHoldBracketsAndBlanks) {
  EXPECT_EQ(Commands("a[${b[0]}]=x a[$i + 1]=y c\nd[\"]\"]=e f"), (Strings{"c", "f"}));
  EXPECT_TRUE(tree_.gaps.empty());
}

TEST_F(ShellTest, HereDocumentsOfASubstitutionAreItsOwn) {
  EXPECT_EQ(Commands("a <<E $(b <<F\nin\nF\n)\nout\nE\nc"),
            (Strings{"b", "a|‹$(b <<F\nin\nF\n)›", "c"}));
  EXPECT_EQ(Commands("cat <<\\E\n$(a\nE\nb"), (Strings{"cat", "b"}));
  EXPECT_TRUE(tree_.gaps.empty());
}

TEST_F(ShellTest, WhatBashRefusesIsAGapAndTheRestIsRead) {
  EXPECT_EQ(Commands("if x; then fi\ndocker run a"), (Strings{"x", "docker|run|a"}));
  EXPECT_EQ(Gaps(), Strings{"syntax-error `fi` no command stands before `fi`"});
  EXPECT_EQ(Commands("(a) b\n| c\nd &;\nf() g"), (Strings{"a", "b", "c", "d", "g"}));
  EXPECT_EQ(Gaps(), (Strings{"syntax-error `b` a command ended before `b`",
                             "syntax-error `|` no command stands before `|`",
                             "syntax-error `;` no command stands before `;`",
                             "syntax-error `g` a function has no body before `g`"}));
}

}  // namespace
}  // namespace cagelint::syntax
