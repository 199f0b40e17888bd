#include "linter/input/shell_values.h"

#include <gtest/gtest.h>

namespace cagelint::input {
namespace {

// The words of the last command of `script`, all before it being assignments; `?` stands for what
// cannot be known, `…` for any number of words.
std::string Expanded(const std::string& script) {
  const syntax::ShellTree tree = syntax::ParseShell(script, base::SourceMap::Identity(0));
  ShellValues values;
  for (const syntax::ShellCommand& command : tree.commands)
    for (const auto& assignment : command.assignments) values.Assign(assignment, tree);
  std::string shown;
  for (const syntax::Word& word : tree.commands.back().words)
    for (const Argument& argument : values.Expand(word, tree)) {
      if (!shown.empty()) shown += '|';
      if (argument.is_list) {
        shown += "…";
        continue;
      }
      for (const char byte : argument.text) {
        if (byte == kUnknownByte)
          shown += '?';
        else if (byte == kWorkingDirectoryByte)
          shown += "<cwd>";
        else if (byte == kHomeByte)
          shown += "<home>";
        else if (byte == kUserIdByte)
          shown += "<uid>";
        else if (byte == kGroupIdByte)
          shown += "<gid>";
        else if (byte == kFileDirectoryByte)
          shown += "<here>";
        else
          shown += byte;
      }
    }
  return shown;
}

TEST(ShellValuesTest, SymbolsOfTheEnvironment) {
  EXPECT_EQ(Expanded("x $PWD/a ${PWD} $(pwd) `pwd`/b \"$HOME\" ~ ~/c"),
            "x|<cwd>/a|<cwd>|<cwd>|<cwd>/b|<home>|<home>|<home>/c");
  EXPECT_EQ(Expanded("x $(id -u):$(id -g) $UID"), "x|<uid>:<gid>|<uid>");
  EXPECT_EQ(
      Expanded("x $(dirname \"$0\")/a ${0%/*} $(cd \"$(dirname \"${BASH_SOURCE[0]}\")\" && pwd)"),
      "x|<here>/a|<here>|<here>");
  EXPECT_EQ(Expanded("x $(realpath .) $(readlink -f \"$PWD\")"), "x|<cwd>|<cwd>");
}

TEST(ShellValuesTest, UnknownVariables) {
  EXPECT_EQ(Expanded("x $OPTS \"$V\" a$V $(date) \"$(date)\" \"$@\" $((1+1))"), "x|…|?|a?|…|?|…|?");
  EXPECT_EQ(Expanded("x \"${V:-a}\" ${V:+b}"), "x|?|…");
}

TEST(ShellValuesTest, ConstantsAreFollowed) {
  EXPECT_EQ(Expanded("A=1; B=\"$A/2\"; C=${B}3; x $C \"${C}\" ${C:-no} ${D:-no}"),
            "x|1/23|1/23|1/23|…");
  EXPECT_EQ(Expanded("A=; x \"${A:-a b}\" ${A:-a b} \"${A-c}\" $A \"$A\""), "x|a b|a|b||");
  EXPECT_EQ(Expanded("A=a; A+=b; x $A ${A:+-v $A}"), "x|ab|-v|ab");
  EXPECT_EQ(Expanded("D=$(pwd)/out; x \"$D/y\""), "x|<cwd>/out/y");
}

TEST(ShellValuesTest, AnUnquotedValueIsSplit) {
  EXPECT_EQ(Expanded("O=\"--rm  --name a\"; x $O -v$O \"$O\""),
            "x|--rm|--name|a|-v--rm|--name|a|--rm  --name a");
  EXPECT_EQ(Expanded("O=\"--rm $X\"; x $O"), "x|--rm|…");
  EXPECT_EQ(Expanded("IFS=$'\\n'; O=\"a b\nc\"; x $O"), "x|a b|c");
  EXPECT_EQ(Expanded("IFS=$X; O=\"a b\"; x $O \"$O\""), "x|…|a b");
}

TEST(ShellValuesTest, ArraysAreTheirElements) {
  EXPECT_EQ(Expanded("a=(--rm '-v a'); a+=(--name b); x \"${a[@]}\" ${a[1]} \"${a[0]}\" $a"),
            "x|--rm|-v a|--name|b|-v|a|--rm|--rm");
  EXPECT_EQ(Expanded("a=(); x \"${a[@]}\" ${a[@]+\"${a[@]}\"}"), "x");
  EXPECT_EQ(Expanded("a=(1); x ${a[@]+\"${a[@]}\"} p\"${a[@]}\"s"), "x|1|p1s");
  EXPECT_EQ(Expanded("a=($X b); x \"${a[@]}\" \"${a[1]}\""), "x|…|b|?");
  EXPECT_EQ(Expanded("x \"${a[@]}\""), "x|…");
}

TEST(ShellValuesTest, AnElementKnowsWhereItWasWritten) {
  const std::string script = "a=(--rm --init)\nx \"${a[@]}\"";
  const syntax::ShellTree tree = syntax::ParseShell(script, base::SourceMap::Identity(0));
  ShellValues values;
  values.Assign(tree.commands[0].assignments[0], tree);
  const std::vector<Argument> words = values.Expand(tree.commands[1].words[1], tree);
  ASSERT_EQ(words.size(), 2u);
  const auto text = [&](base::Span span) { return script.substr(span.begin, span.Size()); };
  EXPECT_EQ(text(words[1].pieces[0].origin), "--init");
  EXPECT_EQ(text(words[1].pieces[0].span), "${a[@]}");
  EXPECT_EQ(text(words[1].span), "\"${a[@]}\"");
}

TEST(ShellValuesTest, APatternIsUnknownOnlyWhereItCanNameAFile) {
  EXPECT_EQ(Expanded("x * a/*.c --label=a* http://h/?q=1 [OPTIONS] '*'"),
            "x|…|…|--label=a?|http://h/?q=1|…|*");
}

TEST(ShellValuesTest, ConstantsAreTransformed) {
  EXPECT_EQ(Expanded("v=abcdef; x ${v:1:3} ${v:2} ${#v} ${v#ab} ${v%ef} ${v^^} ${v#*b} ${v/b/c}"),
            "x|bcd|cdef|6|cdef|abcd|ABCDEF|…|accdef");
  EXPECT_EQ(Expanded("x $(echo a b) \"$(printf %s c)\" $(command -v docker) $(echo $X)"),
            "x|a|b|c|docker|…");
  EXPECT_EQ(Expanded("a=(x); a[1]=y; a[0]=z; x \"${a[@]}\""), "x|z|y");
  EXPECT_EQ(Expanded("a=(x); a[3]=y; x \"${a[@]}\""), "x|…");
}

TEST(ShellValuesTest, PatternsAreReplaced) {
  EXPECT_EQ(
      Expanded("V=a-b-a; x ${V/-/_} ${V//-/_} ${V//-} ${V/#a/c} ${V/%a/c} ${V/#b/c} ${V/z/y}"),
      "x|a_b-a|a_b_a|aba|c-b-a|a-b-c|a-b-a|a-b-a");
  EXPECT_EQ(Expanded("V=ab; x \"${V/?/_}\" \"${V/a/&}\" \"${V/\\a/c}\""), "x|?|?|?");
}

TEST(ShellValuesTest, BracesMakeWords) {
  EXPECT_EQ(Expanded("x a{b,c}d {1..3} {3..1} {a,b}{c,d} '{a,b}' {a} p{,q}"),
            "x|abd|acd|1|2|3|3|2|1|ac|ad|bc|bd|{a,b}|{a}|p|pq");
  EXPECT_EQ(Expanded("x {a,$V}"), "x|…");
}

TEST(ShellValuesTest, WaysThatAgreeStayKnown) {
  Argument one = Argument::Literal("1", {0, 0, 1});
  Argument two = Argument::Literal("2", {0, 1, 2});
  EXPECT_TRUE(JoinValues(ShellValue::Scalar(one), ShellValue::Scalar(one)).IsScalar());
  EXPECT_FALSE(JoinValues(ShellValue::Scalar(one), ShellValue::Scalar(two)).IsScalar());
  const ShellValue array = JoinValues(ShellValue::Array({one}), ShellValue::Array({one, two}));
  ASSERT_EQ(array.words.size(), 2u);
  EXPECT_EQ(array.words[0].text, "1");
  EXPECT_TRUE(array.words[1].is_list);
}

TEST(ShellValuesTest, AValueThatGrowsWithoutEndBecomesUnknown) {
  std::string script = "a=0123456789";
  for (int i = 0; i < 40; ++i) script += "; a=$a$a";
  const std::string expanded = Expanded(script + "; x \"$a\"");
  EXPECT_EQ(expanded.substr(0, 3), "x|?");
  EXPECT_EQ(expanded.find_first_not_of('?', 2), std::string::npos);
  EXPECT_LT(expanded.size(), 100'000u);
}

}  // namespace
}  // namespace cagelint::input
