// Statements of Go and TypeScript: braces.
#include <algorithm>
#include <utility>

#include "linter/input/code_parser.h"

namespace cagelint::input {

using syntax::CodeLanguage;
using syntax::CodeToken;
using Kind = CodeStatement::Kind;
using TokenKind = CodeToken::Kind;

CodeParser::Statements CodeParser::Block(CodeRange range) {
  Statements out;
  if (Enter(range.begin)) {
    const std::uint32_t before = std::exchange(at_, range.begin);
    while (at_ < range.end) {
      const std::uint32_t begin = at_;
      Statement(range.end, out);
      if (at_ <= begin) at_ = begin + 1;
    }
    at_ = before;
  }
  --depth_;
  return out;
}

CodeParser::Statements CodeParser::BlockOrOne(std::uint32_t end) {
  Statements out;
  if (at_ >= end) return out;
  if (IsOpen(at_, '{')) {
    const std::uint32_t close = std::min(At(at_).match, end);
    out = Block({at_ + 1, close});
    at_ = std::min(close + 1, end);
  } else if (Enter(at_)) {
    Statement(end, out);
    --depth_;
  } else {
    --depth_;
    at_ = StatementEnd(at_, end);
  }
  return out;
}

void CodeParser::Statement(std::uint32_t end, Statements& out) {
  if (Is(at_, ";")) {
    ++at_;
    return;
  }
  CodeStatement one;
  one.range.begin = at_;
  if (IsOpen(at_, '{')) {
    one.kind = Kind::kBlock;
    one.body = BlockOrOne(end);
  } else if (Is(at_, "if")) {
    one = If(end);
  } else if (Is(at_, "for") || Is(at_, "while")) {
    one.kind = Kind::kLoop;
    one.head = Header(end);
    one.body = BlockOrOne(end);
  } else if (Is(at_, "do") && !is_go()) {
    one.kind = Kind::kLoop;
    ++at_;
    one.head = {at_, at_};
    one.body = BlockOrOne(end);
  } else if (Is(at_, "switch") || (Is(at_, "select") && is_go())) {
    one = Switch(end);
  } else if (!is_go() && (Is(at_, "try") || Is(at_, "finally"))) {
    one.kind = Kind::kBlock;
    ++at_;
    one.body = BlockOrOne(end);
  } else if (!is_go() && Is(at_, "catch")) {
    one.kind = Kind::kMaybe;
    one.head = {at_, at_ + 1};
    ++at_;
    if (at_ < end && IsOpen(at_, '(')) at_ = Next(at_, end);
    one.body = BlockOrOne(end);
  } else if (!Declaration(end, one)) {
    const std::uint32_t stop = StatementEnd(at_, end);
    one = Simple({at_, std::max(stop, at_ + 1)});
    at_ = std::max(stop, at_ + 1);
  }
  one.range.end = at_;
  out.push_back(std::move(one));
}

CodeRange CodeParser::Header(std::uint32_t end) {
  std::uint32_t at = at_ + 1;
  if (!is_go()) {
    if (at < end && Is(at, "await")) ++at;
    const CodeRange inside = Inside(at, end);
    at_ = at < end && IsOpen(at, '(') ? Next(at, end) : at;
    return inside;
  }
  const std::uint32_t begin = at;
  at_ = GoBody(at, end);
  return {begin, at_};
}

CodeStatement CodeParser::If(std::uint32_t end) {
  CodeStatement one;
  one.kind = Kind::kIf;
  one.range.begin = at_;
  one.head = Header(end);
  one.body = BlockOrOne(end);
  if (at_ < end && Is(at_, "else")) {
    ++at_;
    if (at_ < end && Is(at_, "if") && Enter(at_)) {
      one.otherwise.push_back(If(end));
      --depth_;
    } else {
      one.otherwise = BlockOrOne(end);
    }
  }
  one.range.end = at_;
  return one;
}

CodeStatement CodeParser::Switch(std::uint32_t end) {
  CodeStatement one;
  one.kind = Kind::kSwitch;
  one.range.begin = at_;
  one.head = Header(end);
  if (at_ >= end || !IsOpen(at_, '{')) return one;
  const std::uint32_t close = std::min(At(at_).match, end);
  for (std::uint32_t at = at_ + 1; at < close;) {
    const bool is_default = Is(at, "default");
    const std::uint32_t colon = Find(":", at, close);
    std::uint32_t next = colon;
    while (next < close && !(At(next).on_new_line && (Is(next, "case") || Is(next, "default"))))
      next = Next(next, close);
    CodeStatement way;
    way.kind = Kind::kBlock;
    way.range = {at, next};
    way.body = Block({std::min(colon + 1, next), next});
    one.has_default = one.has_default || is_default;
    one.body.push_back(std::move(way));
    at = std::max(next, at + 1);
  }
  at_ = std::min(close + 1, end);
  return one;
}

bool CodeParser::Declaration(std::uint32_t end, CodeStatement& one) {
  std::uint32_t at = at_;
  while (!is_go() && at < end &&
         (Is(at, "export") || Is(at, "default") || Is(at, "async") || Is(at, "abstract") ||
          Is(at, "declare")))
    ++at;
  if (at >= end) return false;
  if (!is_go() && (Is(at, "class") || Is(at, "namespace"))) {
    while (at < end && !IsOpen(at, '{')) at = Next(at, end);
    if (at >= end) return false;
    one.kind = Kind::kClass;
    const std::uint32_t close = std::min(At(at).match, end);
    one.body = Members({at + 1, close});
    at_ = std::min(close + 1, end);
    return true;
  }
  if (!Is(at, is_go() ? "func" : "function")) return false;
  ++at;
  if (is_go() && at < end && IsOpen(at, '(')) at = Next(at, end);  // the receiver
  if (at < end && Is(at, "*")) ++at;
  if (at >= end || At(at).kind != TokenKind::kName) return false;
  one.name = at++;
  while (at < end && !IsOpen(at, '(')) at = Next(at, end);
  return Function(at, end, one);
}

bool CodeParser::Function(std::uint32_t open, std::uint32_t end, CodeStatement& one) {
  one.head = Inside(open, end);
  if (open >= end) return false;
  const std::uint32_t behind = Next(open, end);
  const std::uint32_t body = is_go() ? GoBody(behind, end) : TypescriptBody(behind, end);
  if (body >= end) return false;
  one.kind = Kind::kFunction;
  const std::uint32_t close = std::min(At(body).match, end);
  one.body = Block({body + 1, close});
  at_ = std::min(close + 1, end);
  return true;
}

CodeParser::Statements CodeParser::Members(CodeRange range) {
  Statements out;
  const std::uint32_t before = at_;
  for (std::uint32_t at = range.begin; at < range.end;) {
    std::uint32_t stop = at;
    std::uint32_t open = 0;
    bool is_value = false;
    std::uint32_t last = at;  // before `stop`
    for (; stop < range.end; last = stop, stop = Next(stop, range.end)) {
      if (Is(stop, ";")) break;
      is_value = is_value || Is(stop, "=");
      const bool follows_name = At(last).kind == TokenKind::kName || Is(last, ">");
      if (!is_value && open == 0 && IsOpen(stop, '(') && follows_name) open = stop;
      if (stop > at && is_value && At(stop).on_new_line && !Continues(stop, range.end)) break;
      if (!is_value && open != 0 && stop > open &&
          TypescriptBody(Next(open, range.end), range.end) == stop)
        break;
    }
    CodeStatement one;
    one.range.begin = at;
    at_ = stop;
    if (open != 0 && stop < range.end && IsOpen(stop, '{')) {
      one.name = open > 0 ? open - 1 : 0;
      if (!Function(open, range.end, one)) at_ = stop + 1;
    } else if (stop > at) {
      one = Simple({at, stop});
      if (stop < range.end && Is(stop, ";")) ++at_;
    } else {
      at_ = stop + 1;
    }
    one.range.end = at_;
    out.push_back(std::move(one));
    at = std::max(at_, at + 1);
  }
  at_ = before;
  return out;
}

std::uint32_t CodeParser::TypescriptBody(std::uint32_t at, std::uint32_t end) const {
  if (at < end && IsOpen(at, '{')) return at;
  if (at >= end || !Is(at, ":")) return end;
  for (; at < end && !Is(at, ";") && !Is(at, "="); at = Next(at, end)) {
    const bool is_type = Is(at - 1, ":") || Is(at - 1, "<") || Is(at - 1, "|") || Is(at - 1, "&") ||
                         Is(at - 1, ",") || Is(at - 1, "=>");
    if (IsOpen(at, '{') && !is_type) return at;
  }
  return end;
}

std::uint32_t CodeParser::GoBody(std::uint32_t at, std::uint32_t end) const {
  for (; at < end; at = Next(at, end)) {
    if (!IsOpen(at, '{')) continue;
    if (at == 0) return at;
    // `struct {…}`, and a literal of one: `struct {…}{…}`.
    const auto is_type = [&](std::uint32_t word) {
      return Is(word, "struct") || Is(word, "interface");
    };
    const bool is_behind = Is(at - 1, "}") && At(at - 1).match > 0 && is_type(At(at - 1).match - 1);
    if (!is_type(at - 1) && !is_behind && !IsGoLiteral(at)) return at;
  }
  return end;
}

// Whether the brace opens a literal of a list or a map, `[]string{…}`: not the block behind `x[i]`
// or behind a result `[]string`.
bool CodeParser::IsGoLiteral(std::uint32_t brace) const {
  std::uint32_t type = brace - 1;
  while (type > 0 && (At(type).kind == TokenKind::kName || Is(type, ".") || Is(type, "*"))) {
    const bool goes_on = Is(type, ".") || Is(type, "*") || Is(type - 1, ".") || Is(type - 1, "*") ||
                         Is(type - 1, "]");
    if (!goes_on) return false;
    --type;
  }
  if (!Is(type, "]") || type == brace - 1) return false;
  std::uint32_t open = At(type).match;
  if (open > 0 && Is(open - 1, "map")) --open;
  if (open == 0) return false;
  for (const std::string_view word : {"range", "=", ":=", "(", ",", "=="})
    if (Is(open - 1, word)) return true;
  return false;
}

bool CodeParser::Continues(std::uint32_t at, std::uint32_t end) const {
  if (at == 0 || at >= end) return false;
  const CodeToken& before = At(at - 1);
  const CodeToken& token = At(at);
  if (is_go()) {
    const bool ends = before.kind == TokenKind::kName || before.kind == TokenKind::kNumber ||
                      before.kind == TokenKind::kString || before.kind == TokenKind::kRegex ||
                      before.kind == TokenKind::kClose || before.kind == TokenKind::kTemplateEnd ||
                      Is(at - 1, "++") || Is(at - 1, "--");
    return !ends;
  }
  // JSX ends with `>`.
  for (const std::string_view word :
       {"export", "import", "const", "let", "return", "if", "for", "while", "try", "throw"})
    if (Is(at, word)) return false;
  if (before.kind == TokenKind::kOperator && !Is(at - 1, "++") && !Is(at - 1, "--")) return true;
  if (token.kind == TokenKind::kTemplate) return true;
  if (token.kind == TokenKind::kOpen) return !IsOpen(at, '{');
  if (token.kind != TokenKind::kOperator)
    return Is(at, "instanceof") || Is(at, "in") || Is(at, "as") || Is(at, "satisfies");
  return !Is(at, "++") && !Is(at, "--") && !Is(at, "!") && !Is(at, "@") && !Is(at, "~");
}

std::uint32_t CodeParser::StatementEnd(std::uint32_t begin, std::uint32_t end) const {
  for (std::uint32_t at = begin; at < end; at = Next(at, end)) {
    if (Is(at, ";")) return at;
    if (at > begin && At(at).on_new_line && !Continues(at, end)) return at;
  }
  return end;
}

}  // namespace cagelint::input
