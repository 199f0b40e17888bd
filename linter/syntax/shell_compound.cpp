// Compound statements.
#include <algorithm>
#include <array>
#include <utility>

#include "linter/syntax/shell_parser.h"

namespace cagelint::syntax {
namespace {

constexpr std::array<std::string_view, 9> kOpeners = {"{",    "if",     "while",    "until", "for",
                                                      "case", "select", "function", "[["};

template <std::size_t size>
bool Contains(const std::array<std::string_view, size>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::string_view kNotInName = " \t\r\n\f|&;()<>\"'`$\\=";

// The commands nested in the words of `parts`.
void CollectBodies(const std::vector<WordPart>& parts, std::vector<StatementId>& ids) {
  for (const WordPart& part : parts) {
    if (part.body != kNoStatement) ids.push_back(part.body);
    CollectBodies(part.operand, ids);
  }
}

}  // namespace

StatementId ShellParser::Command() {
  reader_.SkipBlanks();
  PassCoprocess();
  const std::uint32_t begin = reader_.Position();
  const std::string_view keyword = PeekWord();
  if (!OpensCompound() && !FindsFunction()) {
    if (keyword == "in" || keyword == "]]" || keyword == "!")
      ComplainHere("no command can begin with ");
    if (StrayCloser() != 0) return kNoStatement;  // `a && fi`
    return Simple();
  }
  if (!Enter(begin)) return kNoStatement;
  reader_.MakeWhole();
  const StatementId id = Compound(keyword);
  TakeRedirects(id);
  --depth_;
  return id;
}

bool ShellParser::OpensCompound() const {
  return reader_.Here() == '(' || Contains(kOpeners, PeekWord());
}

// `coproc` before a command, with a name where the command is a compound one.
void ShellParser::PassCoprocess() {
  if (!TakeKeyword("coproc")) return;
  reader_.SkipBlanks();
  const std::uint32_t begin = reader_.Position();
  if (OpensCompound()) return;
  reader_.Move(begin + static_cast<std::uint32_t>(PeekWord().size()));
  reader_.SkipBlanks();
  if (!OpensCompound()) reader_.Move(begin);
}

StatementId ShellParser::Compound(std::string_view keyword) {
  const std::uint32_t begin = reader_.Position();
  if (reader_.Here() == '(') {
    const bool arithmetic = reader_.FindsArithmetic(begin);
    reader_.Move(begin + 1);
    if (arithmetic) {
      Ids nested = reader_.TakeArithmetic();
      Recover(begin);
      return Add(StatementKind::kOther, begin, std::move(nested));
    }
    const auto open = std::exchange(open_, {});
    const StatementId inner = List(kParenthesis);
    open_ = open;
    if (At(inner).children.empty() && reader_.Here() == ')' && reader_.IsWhole())
      ComplainHere("no command stands before ");
    if (reader_.Here() == ')')
      reader_.Move(reader_.Position() + 1);
    else
      Expect(")", begin, "(");
    return Add(StatementKind::kSubshell, begin, {inner});
  }
  if (FindsFunction()) return Function(begin);
  reader_.Move(begin + static_cast<std::uint32_t>(keyword.size()));
  if (keyword == "if") return If(begin);
  if (keyword == "while" || keyword == "until") return While(begin);
  if (keyword == "for" || keyword == "select") return For(begin);
  if (keyword == "case") return Case(begin);
  if (keyword == "[[") return Test(begin);
  if (keyword == "function") return Function(begin);
  const StatementId inner = List(kBrace);
  Expect("}", begin, "{");
  return inner;
}

// Takes `keyword`, which closes what began at `begin` with `opener`.
void ShellParser::Expect(std::string_view keyword, std::uint32_t begin, std::string_view opener) {
  if (TakeKeyword(keyword) || stopped_) return;
  reader_.Complain(begin, begin + static_cast<std::uint32_t>(opener.size()),
                   "`" + std::string(opener) + "` without its `" + std::string(keyword) + "`");
}

StatementId ShellParser::If(std::uint32_t begin) {
  Ids ids;
  std::uint32_t opener = begin;
  std::string_view keyword = "if";
  for (;;) {
    ids.push_back(List(kThen));
    Expect("then", opener, keyword);
    ids.push_back(List(kFi));
    opener = reader_.Position();
    keyword = "elif";
    if (!TakeKeyword(keyword)) break;
  }
  if (TakeKeyword("else")) ids.push_back(List(kFi));
  Expect("fi", begin, "if");
  return Add(StatementKind::kIf, begin, std::move(ids));
}

StatementId ShellParser::While(std::uint32_t begin) {
  const StatementId condition = List(kDo);
  const StatementId body = DoGroup(begin);
  return Add(StatementKind::kWhile, begin, {condition, body});
}

StatementId ShellParser::DoGroup(std::uint32_t begin) {
  const std::string_view opener = reader_.Text().substr(begin, reader_.At(begin) == 'f' ? 3 : 5);
  SkipLineEnds();
  if (reader_.Here() == ';' && reader_.At(reader_.Position() + 1) != ';') {
    reader_.Move(reader_.Position() + 1);
    SkipLineEnds();
  }
  if (TakeKeyword("{")) {
    const StatementId body = List(kBrace);
    Expect("}", begin, opener);
    return body;
  }
  Expect("do", begin, opener);
  const StatementId body = List(kDone);
  Expect("done", begin, opener);
  return body;
}

StatementId ShellParser::For(std::uint32_t begin) {
  std::string name;
  std::vector<Word> words;
  reader_.SkipBlanks();
  if (reader_.Here() == '(') {
    reader_.Move(reader_.Position() + 1);
    reader_.TakeArithmetic();
  } else {
    name = PeekWord();
    if (name.empty() && !reader_.EndsWord())
      reader_.TakeWord();
    else
      TakeKeyword(name);
    SkipLineEnds();
    if (TakeKeyword("in"))
      for (reader_.SkipBlanks(); !reader_.EndsCommand() && !reader_.FindsRedirect();
           reader_.SkipBlanks())
        words.push_back(reader_.TakeWord());
  }
  Recover(begin);
  const StatementId body = DoGroup(begin);
  const StatementId id = Add(StatementKind::kFor, begin, {body});
  At(id).name = std::move(name);
  At(id).words = std::move(words);
  return id;
}

StatementId ShellParser::Case(std::uint32_t begin) {
  std::vector<Word> words;
  Ids ids;
  bool has_default = false;
  reader_.SkipBlanks();
  if (!reader_.EndsWord()) words.push_back(reader_.TakeWord());
  if (Recover(begin)) {
    SkipLineEnds();
    Expect("in", begin, "case");
    for (SkipLineEnds(); !reader_.AtEnd() && PeekWord() != "esac"; SkipLineEnds()) {
      const std::uint32_t at = reader_.Position();
      if (reader_.Here() == ')' && IsOpen(kParenthesis)) break;
      ids.push_back(CaseItem(has_default));
      if (reader_.Position() == at) reader_.Move(at + 1);
    }
    Expect("esac", begin, "case");
  }
  const StatementId id = Add(StatementKind::kCase, begin, std::move(ids));
  At(id).words = std::move(words);
  At(id).has_default = has_default;
  return id;
}

StatementId ShellParser::CaseItem(bool& is_default) {
  const std::uint32_t begin = reader_.Position();
  if (reader_.Here() == '(') reader_.Move(begin + 1);
  for (;;) {
    reader_.SkipBlanks();
    if (reader_.EndsWord()) {
      ComplainHere("no pattern stands before ");
    } else {
      const Word pattern = reader_.TakeWord();
      if (!Recover(begin)) break;
      if (pattern.parts.size() == 1 && pattern.parts.front().kind == PartKind::kGlob &&
          pattern.parts.front().text == "*")
        is_default = true;
    }
    reader_.SkipBlanks();
    const std::uint32_t at = reader_.Position();
    const char c = reader_.Here();
    if (c == '|' || c == ')') reader_.Move(at + 1);
    if (c == '|') continue;
    if (c != ')') reader_.Complain(at, at + 1, "a pattern of `case` without its `)`");
    break;
  }
  const StatementId id = List(kEsac);
  for (const std::string_view end : {";;&", ";;", ";&"}) {
    if (!reader_.Text().substr(reader_.Position()).starts_with(end)) continue;
    reader_.Move(reader_.Position() + static_cast<std::uint32_t>(end.size()));
    break;
  }
  return id;
}

// `name ( )`, or `function` before a name.
bool ShellParser::FindsFunction() const {
  const std::string_view rest = reader_.Text().substr(reader_.Position());
  const std::size_t name = rest.find_first_of(kNotInName);
  if (name == 0 || name == std::string_view::npos || Contains(kOpeners, rest.substr(0, name)))
    return false;
  const std::size_t open = rest.find_first_not_of(" \t", name);
  if (open == std::string_view::npos || rest[open] != '(') return false;
  const std::size_t close = rest.find_first_not_of(" \t", open + 1);
  return close != std::string_view::npos && rest[close] == ')';
}

StatementId ShellParser::Function(std::uint32_t begin) {
  reader_.SkipBlanks();
  const std::string_view rest = reader_.Text().substr(reader_.Position());
  const std::string name(rest.substr(0, std::min(rest.find_first_of(kNotInName), rest.size())));
  reader_.Move(reader_.Position() + static_cast<std::uint32_t>(name.size()));
  reader_.SkipBlanks();
  if (reader_.Here() == '(') {
    reader_.Move(reader_.Position() + 1);
    reader_.SkipBlanks();
    if (reader_.Here() == ')') reader_.Move(reader_.Position() + 1);
  }
  SkipLineEnds();
  if (name.empty() || !OpensCompound())
    ComplainHere("a function has no " + std::string(name.empty() ? "name" : "body") + " before ");
  const StatementId body = Command();
  const StatementId id =
      Add(StatementKind::kFunction, begin, body == kNoStatement ? Ids{} : Ids{body});
  At(id).name = name;
  return id;
}

StatementId ShellParser::Test(std::uint32_t begin) {
  Ids nested;
  bool closed = false;
  while (!closed && !reader_.AtEnd() && reader_.IsWhole()) {
    reader_.SkipBlanks();
    const char c = reader_.Here();
    if (c == '\n' || c == '\r') {
      reader_.TakeLineEnd();
    } else if (TakeKeyword("]]")) {
      closed = true;
    } else if (reader_.EndsWord()) {
      if (!reader_.AtEnd()) reader_.Move(reader_.Position() + 1);
    } else {
      CollectBodies(reader_.TakeWord().parts, nested);
    }
  }
  if (Recover(begin) && !closed) {
    reader_.Complain(begin, begin + 2, "`[[` without its `]]`");
    ++broken_;
    reader_.Move(std::max(reader_.LineEnd(begin), begin + 2));
  }
  return Add(StatementKind::kOther, begin, std::move(nested));
}

void ShellParser::TakeRedirects(StatementId id) {
  for (reader_.SkipBlanks(); reader_.FindsRedirect(); reader_.SkipBlanks()) {
    Redirect redirect = reader_.TakeRedirect();
    At(id).redirects.push_back(std::move(redirect));
  }
}

}  // namespace cagelint::syntax
