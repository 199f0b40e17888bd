#include "linter/input/code_tree.h"

#include <algorithm>
#include <utility>

#include "linter/input/code_parser.h"

namespace cagelint::input {

using syntax::CodeLanguage;
using syntax::CodeToken;
using Kind = CodeStatement::Kind;
using TokenKind = CodeToken::Kind;

namespace {

constexpr int kDeepest = 48;

}  // namespace

void CodeParser::Do() {
  tree_.gaps = std::move(tree_.code.gaps);
  const auto last = static_cast<std::uint32_t>(tree_.code.tokens.size() - 1);
  tree_.statements = is_python() ? Suite(last) : Block({0, last});
}

bool CodeParser::Enter(std::uint32_t at) {
  if (++depth_ <= kDeepest) return true;
  if (!std::exchange(is_cut_, true))
    tree_.gaps.push_back({"limit-reached",
                          "what is nested more deeply than here is not read",
                          {file_, At(at).begin, std::max(At(at).end, At(at).begin + 1)},
                          "",
                          false});
  return false;
}

CodeRange CodeParser::Inside(std::uint32_t open, std::uint32_t end) const {
  return open < end && At(open).kind == TokenKind::kOpen
             ? CodeRange{open + 1, std::min(At(open).match, end)}
             : CodeRange{};
}

CodeStatement CodeParser::Simple(CodeRange range) {
  CodeStatement one;
  one.range = one.head = range;
  const std::string_view word = Text(range.begin);
  if (At(range.begin).kind == TokenKind::kName) {
    if (word == "return") {
      one.kind = Kind::kReturn;
      ++one.head.begin;
    } else if (word == "raise" || word == "throw" || word == "panic" || IsExit(range)) {
      one.kind = Kind::kExit;
    }
  }
  if (!is_python()) FindFunctions(one.head, one.body);
  return one;
}

bool CodeParser::IsExit(CodeRange range) const {
  if (range.end - range.begin < 4 || !Is(range.begin + 1, ".") || !IsOpen(range.begin + 3, '('))
    return false;
  const std::string_view name = Text(range.begin + 2);
  const std::string_view object = Text(range.begin);
  return ((object == "sys" || object == "process") && name == "exit") ||
         (object == "os" && name == "Exit") || (object == "log" && name.starts_with("Fatal"));
}

void CodeParser::FindFunctions(CodeRange range, Statements& out) {
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    std::uint32_t body = 0;
    CodeRange head;
    if (is_go() && Is(at, "func") && IsOpen(at + 1, '(')) {
      head = Inside(at + 1, range.end);
      body = GoBody(std::min(head.end + 1, range.end), range.end);
    } else if (!is_go() && Is(at, "=>") && at + 1 < range.end) {
      head = ArrowParameters(at, range.begin);
      body = at + 1;
    } else if (!is_go() && IsOpen(at, '{') && at > range.begin && Is(at - 1, ")")) {
      const std::uint32_t open = At(at - 1).match;
      head = {std::max(open + 1, range.begin), at - 1};
      body = at;
    }
    if (body == 0 || body >= range.end) continue;
    CodeStatement one;
    one.kind = Kind::kFunction;
    one.head = head;
    std::uint32_t end = 0;
    if (IsOpen(body, '{')) {
      end = std::min(At(body).match, range.end);
      one.body = Block({body + 1, end});
    } else {
      end = body;
      while (end < range.end && !Is(end, ",") && !Is(end, ";") &&
             At(end).kind != TokenKind::kClose && At(end).kind != TokenKind::kTemplateEnd)
        end = Next(end, range.end);
      if (Enter(body)) {
        CodeStatement value = Simple({body, end});
        value.kind = Kind::kReturn;
        one.body.push_back(std::move(value));
      }
      --depth_;
      --end;
    }
    one.range = {body, end + 1};
    out.push_back(std::move(one));
    at = std::max(at, end);
  }
}

CodeRange CodeParser::ArrowParameters(std::uint32_t arrow, std::uint32_t begin) const {
  if (arrow == begin) return {};
  if (Is(arrow - 1, ")")) return {At(arrow - 1).match + 1, arrow - 1};
  return At(arrow - 1).kind == TokenKind::kName ? CodeRange{arrow - 1, arrow} : CodeRange{};
}

CodeTree ReadCodeTree(const base::Source& source, CodeLanguage language) {
  CodeTree tree;
  tree.code = syntax::ReadCodeTokens(source, language);
  CodeParser(source, tree).Do();
  return tree;
}

}  // namespace cagelint::input
