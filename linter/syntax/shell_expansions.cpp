// $name, ${name…}, $(…), `…`, $((…)), <(…) and the escapes of $'…'.
#include <algorithm>
#include <cctype>
#include <utility>

#include "linter/base/text.h"
#include "linter/syntax/shell_parser.h"
#include "linter/syntax/shell_parts.h"
#include "linter/syntax/shell_words.h"

namespace cagelint::syntax {
namespace {

// Deepest ${a:-${b:-…}} and "${a:-"…"}" that is followed.
constexpr int kDeepestOperand = 24;

using base::IsNameByte;
using base::IsNameStart;

bool IsSpecialName(char c) {
  return c == '@' || c == '*' || c == '#' || c == '?' || c == '-' || c == '$' || c == '!';
}

std::string Utf8(std::uint32_t value) {
  const auto byte = [](std::uint32_t bits) { return static_cast<char>(bits); };
  if (value < 0x80) return {byte(value)};
  if (value < 0x800) return {byte(0xC0 | value >> 6), byte(0x80 | (value & 0x3F))};
  if (value < 0x10000)
    return {byte(0xE0 | value >> 12), byte(0x80 | (value >> 6 & 0x3F)),
            byte(0x80 | (value & 0x3F))};
  return {byte(0xF0 | value >> 18), byte(0x80 | (value >> 12 & 0x3F)),
          byte(0x80 | (value >> 6 & 0x3F)), byte(0x80 | (value & 0x3F))};
}

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

AnsiEscape Numeric(std::string_view text, std::uint32_t begin, std::uint32_t most, int base,
                   bool is_code_point) {
  std::uint32_t value = 0;
  std::uint32_t at = begin;
  while (at < text.size() && at - begin < most && DigitOf(text[at]) < base)
    value =
        value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(DigitOf(text[at++]));
  if (at == begin) return {std::string(text.substr(0, 2)), 2, true};
  const bool surrogate = value >= 0xD800 && value < 0xE000;
  const bool is_text =
      value != 0 && (is_code_point ? value <= 0x10FFFF && !surrogate : value < 0x80);
  return {is_text ? Utf8(value) : std::string(), at, is_text};
}

}  // namespace

AnsiEscape DecodeAnsiEscape(std::string_view text) {
  constexpr std::string_view kLetters = "abeEfnrtv\\'\"?";
  constexpr std::string_view kBytes = "\a\b\x1b\x1b\f\n\r\t\v\\'\"?";
  const char c = text.size() > 1 ? text[1] : '\0';
  if (const std::size_t found = kLetters.find(c); found != std::string_view::npos)
    return {std::string(1, kBytes[found]), 2, true};
  if (c == 'x') return Numeric(text, 2, 2, 16, false);
  if (c == 'u') return Numeric(text, 2, 4, 16, true);
  if (c == 'U') return Numeric(text, 2, 8, 16, true);
  if (c >= '0' && c <= '7') return Numeric(text, 1, 3, 8, false);
  if (c == 'c' && text.size() > 2) return {"", 3, false};
  return {std::string(text.substr(0, 2)), 2, true};
}

void WordReader::TakeDollar(Parts& parts, bool quoted) {
  const char next = At(position_ + 1);
  if (next == '(' || next == '[') return TakeExpansion(parts, quoted);
  if (next == '{') return TakeBraced(parts, quoted);
  if (next == '\'' && !quoted) return TakeAnsiQuoted(parts);
  if (next == '"' && !quoted) {
    ++position_;
    return TakeDoubleQuoted(parts);
  }
  std::uint32_t end = position_ + 1;
  if (IsNameStart(next)) {
    while (IsNameByte(At(end))) ++end;
  } else if (IsSpecialName(next) || std::isdigit(static_cast<unsigned char>(next)) != 0) {
    ++end;
  } else {
    parts.Byte('$', position_, quoted);
    ++position_;
    return;
  }
  parts.Special(PartKind::kVariable, position_, end, quoted).text =
      text_.substr(position_ + 1, end - position_ - 1);
  position_ = end;
}

void WordReader::TakeBraced(Parts& parts, bool quoted) {
  const std::uint32_t begin = position_;
  position_ += 2;
  WordPart part;
  part.kind = PartKind::kVariable;
  part.quoted = quoted;
  std::string prefix;
  const char after = At(position_ + 1);
  if ((At(position_) == '#' || At(position_) == '!') && (IsNameByte(after) || IsSpecialName(after)))
    prefix = At(position_++);
  const std::uint32_t name = position_;
  if (IsSpecialName(At(position_)))
    ++position_;
  else
    while (IsNameByte(At(position_))) ++position_;
  part.text = text_.substr(name, position_ - name);
  TakeSubscript(part);
  TakeOperand(part, quoted);
  if (At(position_) != '}') {
    if (whole_) LeaveOpen(begin, "a `${` is not closed");
    return;
  }
  ++position_;
  if (!prefix.empty()) part.operation = prefix + "v";
  part.span = SpanFrom(begin);
  part.written = parts.Written(begin, position_);
  if (part.text.empty()) part.kind = PartKind::kUnknown;  // ${{ … }} of a template, ${} of a typist
  parts.Special(part.kind, begin, position_, quoted) = std::move(part);
}

void WordReader::TakeSubscript(WordPart& part) {
  if (At(position_) != '[') return;
  const std::uint32_t begin = ++position_;
  int open = 1;
  while (!AtEnd() && At(position_) != '\n') {
    if (At(position_) == '[') ++open;
    if (At(position_) == ']' && --open == 0) break;
    ++position_;
  }
  part.subscript = text_.substr(begin, position_ - begin);
  if (At(position_) == ']') ++position_;
}

// The operation and its operand, up to the closing brace, which is left.
void WordReader::TakeOperand(WordPart& part, bool quoted) {
  if (AtEnd() || At(position_) == '}') return;
  const std::uint32_t begin = position_;
  constexpr std::string_view kOperations[] = {":-", ":=", ":+", ":?", "##", "%%", "//", "^^", ",,"};
  const std::string_view rest = text_.substr(position_);
  const auto* found = std::find_if(std::begin(kOperations), std::end(kOperations),
                                   [&](std::string_view name) { return rest.starts_with(name); });
  part.operation = found == std::end(kOperations) ? rest.substr(0, 1) : *found;
  if (part.operation == "{") part.text.clear();
  position_ += part.operation == "{" ? 0 : static_cast<std::uint32_t>(part.operation.size());
  Word operand;
  Parts parts(operand, *this);
  if (++depth_ > kDeepestOperand) LeaveOpen(begin, "expansions are nested too deeply");
  while (!AtEnd() && At(position_) != '}') {
    const char c = At(position_);
    if (c == '"') {
      TakeDoubleQuoted(parts);
    } else if (c == '\'' && !quoted) {
      TakeSingleQuoted(parts);
    } else if (c == '\\' && !quoted) {
      TakeEscape(parts);
    } else {
      TakeInQuotes(parts, false);
    }
  }
  --depth_;
  parts.Flush();
  part.operand = std::move(operand.parts);
}

// $(…), `…`, $((…)), $[…], <(…) and >(…).
void WordReader::TakeExpansion(Parts& parts, bool quoted) {
  const std::uint32_t begin = position_;
  if (Here() == '`') {
    if (in_backticks_) return LeaveOpen(begin, "a quote is not closed before the backtick");
    ++position_;
    return TakeNested(parts, quoted, PartKind::kCommand, '`');
  }
  const bool process = Here() != '$';
  if (!process && (At(begin + 1) == '[' || FindsArithmetic(begin + 1))) {
    position_ += 2;
    std::vector<StatementId> nested = TakeArithmetic();
    WordPart& part = parts.Special(PartKind::kArithmetic, begin, position_, quoted);
    if (!nested.empty()) part.body = parser_.AddOther(std::move(nested), part.span);
    return;
  }
  position_ += 2;
  TakeNested(parts, quoted, process ? PartKind::kProcess : PartKind::kCommand, ')');
}

// The commands up to `close`; the opening bracket was taken.
void WordReader::TakeNested(Parts& parts, bool quoted, PartKind kind, char close) {
  const std::uint32_t begin = position_ - (close == '`' ? 1 : 2);
  const bool was_in_backticks = std::exchange(in_backticks_, close == '`');
  const int depth = std::exchange(depth_, 0);
  const bool was_whole = whole_;
  std::vector<Pending> pending = std::exchange(pending_, {});
  parts.Flush();
  const StatementId body = parser_.TakeNestedList(close);
  for (Pending& inner : pending_) pending.push_back(std::move(inner));
  pending_ = std::move(pending);
  in_backticks_ = was_in_backticks;
  depth_ = depth;
  whole_ = was_whole;
  if (Here() != close || AtEnd())
    return LeaveOpen(begin, close == '`'
                                ? "a backtick is not closed"
                                : "a `" + std::string(text_.substr(begin, 2)) + "` is not closed");
  ++position_;
  // `#a comment` in backticks: a common way to write one inside a command. It expands to nothing.
  if (close == '`' && tree_.At(body).children.empty()) return;
  parts.Special(kind, begin, position_, quoted).body = body;
}

// Only brackets and quotes are looked at: cheap, and right for all but arithmetic with quotes in
// it.
bool WordReader::FindsArithmetic(std::uint32_t begin) const {
  if (At(begin) != '(' || At(begin + 1) != '(') return false;
  constexpr std::uint32_t kLongest = 65536;
  int open = 0;
  for (std::uint32_t at = begin; at < text_.size() && at - begin < kLongest; ++at) {
    if (text_[at] == '(') ++open;
    if (text_[at] == ')' && --open == 0) return text_[at - 1] == ')';
    if (open == 1 && at > begin + 1 && text_[at] != ')' && text_[at - 1] == ')') return false;
  }
  return false;
}

std::vector<StatementId> WordReader::TakeArithmetic() {
  Word scratch;
  Parts parts(scratch, *this);
  const std::uint32_t begin = position_ - 1;
  const char first = At(begin);
  int open = 1;
  if (++depth_ > kDeepestOperand) LeaveOpen(begin, "arithmetic is nested too deeply");
  while (!AtEnd()) {
    const char c = Here();
    if (c == '$' || c == '`' || c == '\\') {
      TakeInQuotes(parts, true);
      continue;
    }
    ++position_;
    if (c == '\n') --position_, TakeLineEnd();
    if (c == (first == '[' ? '[' : '(')) ++open;
    if (c == (first == '[' ? ']' : ')') && --open == 0) break;
  }
  --depth_;
  if (open > 0 && whole_) LeaveOpen(begin, "arithmetic is not closed");
  std::vector<StatementId> nested;
  for (const WordPart& part : scratch.parts)
    if (part.body != kNoStatement) nested.push_back(part.body);
  return nested;
}

}  // namespace cagelint::syntax
