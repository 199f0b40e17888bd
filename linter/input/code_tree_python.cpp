// Statements of Python: lines and their indentation.
#include <algorithm>
#include <utility>

#include "linter/input/code_parser.h"

namespace cagelint::input {

using syntax::CodeLanguage;
using syntax::CodeToken;
using Kind = CodeStatement::Kind;
using TokenKind = CodeToken::Kind;

CodeParser::Statements CodeParser::Suite(std::uint32_t end) {
  Statements out;
  if (Enter(at_)) {
    while (at_ < end && At(at_).kind != TokenKind::kDedent) Line(end, out);
  } else {
    for (int open = 0; at_ < end; ++at_) {
      if (At(at_).kind == TokenKind::kIndent) ++open;
      if (At(at_).kind == TokenKind::kDedent && open-- == 0) break;
    }
  }
  if (at_ < end) ++at_;
  --depth_;
  return out;
}

CodeParser::Statements CodeParser::Body(std::uint32_t end) {
  Statements out;
  if (at_ < end && At(at_).kind == TokenKind::kNewline && at_ + 1 < end &&
      At(at_ + 1).kind == TokenKind::kIndent) {
    at_ += 2;
    return Suite(end);
  }
  if (at_ < end && At(at_).kind != TokenKind::kNewline) SimpleLine(end, out);
  return out;
}

void CodeParser::Line(std::uint32_t end, Statements& out) {
  const TokenKind kind = At(at_).kind;
  if (kind == TokenKind::kNewline) {
    ++at_;
    return;
  }
  if (kind == TokenKind::kIndent) {
    ++at_;
    for (CodeStatement& one : Suite(end)) out.push_back(std::move(one));
    return;
  }
  if (Is(at_, "async")) ++at_;
  const std::uint32_t begin = at_;
  const std::uint32_t line_end = LineEnd(end);
  const std::uint32_t colon = Find(":", begin, line_end);
  const Kind compound = CompoundOf(begin);
  if (colon == line_end || compound == Kind::kSimple) return SimpleLine(end, out);
  at_ = colon + 1;
  CodeStatement one;
  one.kind = compound;
  one.head = {begin + 1, colon};
  if (compound == Kind::kFunction) {
    one.name = begin + 1;
    one.head = Inside(begin + 2, colon);
  }
  const bool continues = Is(begin, "elif") || Is(begin, "else") || Is(begin, "case");
  if (Is(begin, "case")) {
    one.kind = Kind::kBlock;
    one.has_default = colon == begin + 2 && Is(begin + 1, "_");
  }
  if (Is(begin, "elif")) one.kind = Kind::kIf;
  one.body = Body(end);
  one.range = {begin, at_};
  if (Is(begin, "match")) {
    one.has_default = std::any_of(one.body.begin(), one.body.end(),
                                  [](const CodeStatement& way) { return way.has_default; });
  }
  if (continues && !Is(begin, "case") && Continue(out, one, Is(begin, "else"))) return;
  out.push_back(std::move(one));
}

bool CodeParser::Continue(Statements& out, CodeStatement& one, bool is_else) {
  if (out.empty() || out.back().kind != Kind::kIf) {
    one.kind = Kind::kMaybe;
    return false;
  }
  CodeStatement* last = &out.back();
  while (last->otherwise.size() == 1 && last->otherwise.front().kind == Kind::kIf)
    last = &last->otherwise.front();
  if (is_else)
    last->otherwise = std::move(one.body);
  else
    last->otherwise.push_back(std::move(one));
  return true;
}

Kind CodeParser::CompoundOf(std::uint32_t at) const {
  const std::string_view word = Text(at);
  if (At(at).kind != TokenKind::kName) return Kind::kSimple;
  if (word == "def") return Kind::kFunction;
  if (word == "class") return Kind::kClass;
  if (word == "if" || word == "elif") return Kind::kIf;
  if (word == "for" || word == "while") return Kind::kLoop;
  if (word == "with" || word == "try" || word == "finally" || word == "else") return Kind::kBlock;
  if (word == "except") return Kind::kMaybe;
  const bool is_soft = word == "match" || word == "case";
  const bool is_used =
      is_soft && (At(at + 1).kind == TokenKind::kOperator && !Is(at + 1, "*") && !Is(at + 1, "-"));
  if (is_soft && !is_used && !Is(at + 1, ".")) return Kind::kSwitch;
  return Kind::kSimple;
}

std::uint32_t CodeParser::LineEnd(std::uint32_t end) const {
  std::uint32_t at = at_;
  while (at < end && At(at).kind != TokenKind::kNewline && At(at).kind != TokenKind::kDedent)
    at = Next(at, end);
  return at;
}

void CodeParser::SimpleLine(std::uint32_t end, Statements& out) {
  const std::uint32_t line_end = LineEnd(end);
  while (at_ < line_end) {
    const std::uint32_t stop = Find(";", at_, line_end);
    if (stop > at_) out.push_back(Simple({at_, stop}));
    at_ = std::min(stop + 1, line_end);
  }
  if (at_ < end && At(at_).kind == TokenKind::kNewline) ++at_;
}

}  // namespace cagelint::input
