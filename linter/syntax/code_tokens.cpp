#include "linter/syntax/code_tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/text.h"
#include "linter/syntax/code_lexer.h"

namespace cagelint::syntax {
namespace {

using Kind = CodeToken::Kind;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\f' || byte == '\r'; }
bool IsWordByte(char byte) { return IsCodeWordStart(byte) || IsCodeDigit(byte); }

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// After these words of JavaScript a slash begins a regular expression.
constexpr std::array<std::string_view, 15> kBeforeRegex = {
    "return", "typeof", "case",  "in", "of",   "delete", "void", "instanceof",
    "new",    "do",     "throw", "if", "else", "yield",  "await"};

// Words that begin a line only outside of all brackets.
constexpr std::array<std::string_view, 5> kPythonStarts = {"def", "class", "import", "from",
                                                           "async"};
constexpr std::array<std::string_view, 2> kGoStarts = {"func", "package"};
constexpr std::array<std::string_view, 4> kTypescriptStarts = {"function", "class", "import",
                                                               "export"};

}  // namespace

CodeTokens CodeLexer::Do() {
  if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
  if (bytes_.substr(at_).starts_with("#!")) Comment(at_);
  while (at_ < bytes_.size()) Step();
  if (is_python() && !out_.tokens.empty()) Add(Kind::kNewline, at_, at_);
  for (; indents_.size() > 1; indents_.pop_back()) Add(Kind::kDedent, at_, at_);
  CloseAll(0);
  Add(Kind::kEnd, at_, at_);
  return std::move(out_);
}

void CodeLexer::Step() {
  const char byte = Peek();
  if (byte == '\n') return LineEnd();
  if (is_python() && frames_.empty() && line_begins_) return Indentation();
  if (IsBlank(byte)) {
    ++at_;
  } else if (byte == '\\' && (Peek(1) == '\n' || (Peek(1) == '\r' && Peek(2) == '\n'))) {
    at_ += Peek(1) == '\n' ? 2 : 3;
  } else if (is_python() ? byte == '#' : At("//") || At("/*")) {
    Comment(at_);
  } else if (IsStringStart()) {
    String();
  } else if (IsCodeWordStart(byte) || (byte == '#' && IsCodeWordStart(Peek(1)))) {
    Word();
  } else if (IsCodeDigit(byte)) {
    Number();
  } else {
    Sign();
  }
}

void CodeLexer::LineEnd() {
  const bool ends_statement = is_python() && frames_.empty() && !out_.tokens.empty() &&
                              out_.tokens.back().kind != Kind::kNewline && !line_begins_;
  if (ends_statement) Add(Kind::kNewline, at_, at_);
  ++at_;
  line_begins_ = frames_.empty();
  new_line_ = true;
  if (!frames_.empty() && BeginsAnew()) {
    CloseAll(0);
    if (is_python()) Add(Kind::kNewline, at_, at_);
    line_begins_ = true;
    new_line_ = true;
  }
}

bool CodeLexer::BeginsAnew() const {
  std::size_t end = at_;
  while (end < bytes_.size() && bytes_[end] >= 'a' && bytes_[end] <= 'z') ++end;
  const std::string_view word = bytes_.substr(at_, end - at_);
  if (word.empty() || end >= bytes_.size() || bytes_[end] != ' ') return false;
  if (is_python()) return Holds(kPythonStarts, word) && IsPythonStart(word, end);
  // Functions and classes are also values; at the begin of a line they hardly are.
  return language_ == CodeLanguage::kGo ? Holds(kGoStarts, word) : Holds(kTypescriptStarts, word);
}

bool CodeLexer::IsPythonStart(std::string_view word, std::size_t end) const {
  if (word == "async") return bytes_.substr(end).starts_with(" def ");
  if (word != "from") return true;
  const std::string_view line = bytes_.substr(at_, bytes_.find('\n', at_) - at_);
  return line.find(" import ") != std::string_view::npos;
}

void CodeLexer::Indentation() {
  std::uint32_t column = 0;
  std::uint32_t at = at_;
  for (; at < bytes_.size() && IsBlank(bytes_[at]); ++at)
    column = bytes_[at] == '\t' ? (column / 8 + 1) * 8 : column + 1;
  at_ = at;
  if (at >= bytes_.size() || bytes_[at] == '\n') return;
  if (bytes_[at] == '#') return Comment(at_);
  line_begins_ = false;
  if (column > indents_.back()) {
    indents_.push_back(column);
    Add(Kind::kIndent, at_, at_);
    new_line_ = true;
  }
  while (column < indents_.back()) {
    indents_.pop_back();
    Add(Kind::kDedent, at_, at_);
    new_line_ = true;
  }
}

void CodeLexer::Comment(std::uint32_t begin) {
  const bool is_block = At("/*");
  std::size_t end = is_block ? bytes_.find("*/", at_ + 2) : bytes_.find('\n', at_);
  if (is_block && end == std::string_view::npos)
    AddGap("the comment that begins here is never closed", begin, begin + 2);
  else if (is_block)
    end += 2;
  end = std::min(end, bytes_.size());
  const std::string_view text = bytes_.substr(begin, end - begin);
  if (is_block && text.find('\n') != std::string_view::npos) new_line_ = true;
  if (!is_block && end > begin && bytes_[end - 1] == '\r') --end;
  out_.comments.push_back({source_.Id(), begin, static_cast<std::uint32_t>(end)});
  at_ = static_cast<std::uint32_t>(end);
}

void CodeLexer::Word() {
  const std::uint32_t begin = at_++;
  while (at_ < bytes_.size() && IsWordByte(Peek())) ++at_;
  Add(Kind::kName, begin, at_);
}

void CodeLexer::Number() {
  const std::uint32_t begin = at_;
  while (at_ < bytes_.size() && (IsWordByte(Peek()) || (Peek() == '.' && IsCodeDigit(Peek(1)))))
    ++at_;
  Add(Kind::kNumber, begin, at_);
}

bool CodeLexer::RegexMayBegin() const {
  if (out_.tokens.empty()) return true;
  const CodeToken& last = out_.tokens.back();
  const std::string_view text = bytes_.substr(last.begin, last.end - last.begin);
  if (last.kind == Kind::kOperator) return text != "++" && text != "--";
  return last.kind == Kind::kOpen || (last.kind == Kind::kName && Holds(kBeforeRegex, text));
}

bool CodeLexer::Regex() {
  bool in_class = false;
  for (std::uint32_t at = at_ + 1; at < bytes_.size() && bytes_[at] != '\n'; ++at) {
    const char byte = bytes_[at];
    if (byte == '\\') ++at;
    if (byte == '[') in_class = true;
    if (byte == ']') in_class = false;
    if (byte != '/' || in_class) continue;
    const std::uint32_t begin = at_;
    at_ = at + 1;
    while (at_ < bytes_.size() && IsWordByte(Peek())) ++at_;
    Add(Kind::kRegex, begin, at_);
    return true;
  }
  return false;
}

void CodeLexer::Sign() {
  const char byte = Peek();
  if (byte == '(' || byte == '[' || byte == '{') return Open(byte);
  if (byte == ')' || byte == ']' || byte == '}') return Close(byte);
  const bool in_hole = is_python() && !frames_.empty() && frames_.back().is_hole;
  if (in_hole && byte == ':') return FormatSpec(frames_.back());
  if (byte == '/' && language_ == CodeLanguage::kTypescript && RegexMayBegin() && Regex()) return;
  static constexpr std::array<std::string_view, 34> kOperators = {">>>=",
                                                                  "...",
                                                                  "===",
                                                                  "!==",
                                                                  "**=",
                                                                  "<<=",
                                                                  ">>=",
                                                                  "&&=",
                                                                  "||=",
                                                                  "?"
                                                                  "?=",
                                                                  "//=",
                                                                  "=>",
                                                                  "->",
                                                                  ":=",
                                                                  "+=",
                                                                  "-=",
                                                                  "*=",
                                                                  "/=",
                                                                  "%=",
                                                                  "&=",
                                                                  "|=",
                                                                  "^=",
                                                                  "==",
                                                                  "!=",
                                                                  "<=",
                                                                  ">=",
                                                                  "&&",
                                                                  "||",
                                                                  "??",
                                                                  "?.",
                                                                  "++",
                                                                  "--",
                                                                  "**",
                                                                  "<-"};
  std::uint32_t size = 1;
  for (const std::string_view one : kOperators) {
    if (!At(one)) continue;
    size = static_cast<std::uint32_t>(one.size());
    break;
  }
  Add(Kind::kOperator, at_, at_ + size);
  at_ += size;
}

void CodeLexer::Open(char byte) {
  const std::uint32_t begin = at_++;
  const auto index = static_cast<std::uint32_t>(out_.tokens.size());
  Add(Kind::kOpen, begin, at_);
  Frame frame;
  frame.token = index;
  frame.close = byte == '(' ? ')' : byte == '[' ? ']' : '}';
  frames_.push_back(frame);
}

void CodeLexer::Close(char byte) {
  // One that does not fit closes what fits further out, where that is near.
  constexpr std::size_t kNear = 8;
  const std::size_t lowest = frames_.size() > kNear ? frames_.size() - kNear : 0;
  std::size_t depth = frames_.size();
  while (depth > lowest && frames_[depth - 1].close != byte && !frames_[depth - 1].is_hole) --depth;
  if (depth <= lowest || frames_[depth - 1].close != byte) {
    AddGap("nothing was opened that this bracket closes", at_, at_ + 1);
    ++at_;
    return;
  }
  CloseAll(depth);
  const Frame frame = frames_.back();
  frames_.pop_back();
  const auto index = static_cast<std::uint32_t>(out_.tokens.size());
  Add(Kind::kClose, at_, at_ + 1).match = frame.token;
  out_.tokens[frame.token].match = index;
  ++at_;
  if (frame.is_hole) TemplateText(frame.text, frame.opening);
}

void CodeLexer::CloseAll(std::size_t depth) {
  while (frames_.size() > depth) {
    const Frame frame = frames_.back();
    frames_.pop_back();
    const CodeToken opening = out_.tokens[frame.token];
    AddGap("the bracket that opens here is never closed", opening.begin, opening.end);
    const auto close = [&](CodeToken::Kind kind, std::uint32_t of) {
      out_.tokens[of].match = static_cast<std::uint32_t>(out_.tokens.size());
      Add(kind, at_, at_).match = of;
    };
    close(Kind::kClose, frame.token);
    if (frame.is_hole) close(Kind::kTemplateEnd, frame.opening);
  }
}

CodeTokens ReadCodeTokens(const base::Source& source, CodeLanguage language) {
  return CodeLexer(source, language).Do();
}

}  // namespace cagelint::syntax
