#include "linter/syntax/shell_words.h"

#include <algorithm>
#include <cctype>

#include "linter/syntax/shell_parts.h"

namespace cagelint::syntax {
namespace {

// A longer pattern is taken literally: the search for its end must not become quadratic.
constexpr std::uint32_t kLongestPattern = 256;

bool IsMeta(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '|' || c == '&' ||
         c == ';' || c == '(' || c == ')' || c == '<' || c == '>';
}

// Never the begin of anything, wherever it stands in a word.
bool IsOrdinary(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '/' || c == '_';
}

bool IsOrdinaryInQuotes(char c) { return c != '"' && c != '$' && c != '`' && c != '\\'; }

bool IsLetter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0; }

bool IsInPlaceholder(char c) {
  return std::isdigit(static_cast<unsigned char>(c)) != 0 ||
         std::string_view(" _-./:,|@+#*()[]").find(c) != std::string_view::npos;
}

}  // namespace

bool Word::IsLiteral() const {
  return std::all_of(parts.begin(), parts.end(),
                     [](const WordPart& part) { return part.kind == PartKind::kLiteral; });
}

std::string Word::Text() const {
  std::string text;
  for (const WordPart& part : parts)
    if (part.kind == PartKind::kLiteral) text += part.text;
  return text;
}

void WordReader::Complain(std::uint32_t begin, std::uint32_t end, std::string message) {
  constexpr std::size_t kMostKept = 256;
  if (problems_.size() < kMostKept) problems_.push_back({begin, end, std::move(message)});
}

void WordReader::LeaveOpen(std::uint32_t begin, std::string message) {
  whole_ = false;
  Complain(begin, begin + 1, std::move(message));
  position_ = static_cast<std::uint32_t>(text_.size());
}

// The size of a backslash-newline at `offset`, 0 where there is none.
std::uint32_t WordReader::LineBreakAt(std::uint32_t offset) const {
  if (At(offset) != '\\') return 0;
  if (At(offset + 1) == '\n') return 2;
  return At(offset + 1) == '\r' && At(offset + 2) == '\n' ? 3 : 0;
}

void WordReader::SkipBlanks() {
  for (;;) {
    const char c = At(position_);
    if (c == ' ' || c == '\t' || c == '\f' ||
        (c == '\r' && At(position_ + 1) != '\n' && !AtEnd())) {
      ++position_;
    } else if (const std::uint32_t size = LineBreakAt(position_); size > 0) {
      position_ += size;
    } else if (c == '#') {
      // In backticks the text between them is cut out first: a comment ends with it.
      const std::size_t found = text_.find_first_of(in_backticks_ ? "\n`" : "\n", position_);
      const auto end = static_cast<std::uint32_t>(std::min(found, text_.size()));
      tree_.comments.push_back(map_.ToOuter(position_, end));
      if (ContinuesLine(position_)) broken_end_ = tree_.comments.back();
      position_ = end;
    } else {
      return;
    }
  }
}

// A backslash here, and nothing but blanks behind it on its line; there may be a comment.
bool WordReader::FindsBrokenEnd() const {
  const std::size_t next = text_.find_first_not_of(" \t", position_ + 1);
  return next > position_ + 1 && next < text_.size() &&
         (text_[next] == '\n' || text_[next] == '\r' || text_[next] == '#');
}

// Whether a backslash continued the line before onto the one whose first byte but blanks is here.
bool WordReader::ContinuesLine(std::uint32_t offset) const {
  while (offset > 0 && (text_[offset - 1] == ' ' || text_[offset - 1] == '\t')) --offset;
  if (offset < 2 || text_[offset - 1] != '\n') return false;
  return text_[offset - 2] == '\\' ||
         (offset > 2 && text_[offset - 2] == '\r' && text_[offset - 3] == '\\');
}

// At the end of a line: whether the next one holds something besides comments.
bool WordReader::LineFollows() const {
  std::size_t line = position_;
  for (;;) {
    line = text_.find('\n', line);
    if (line == std::string_view::npos) return false;
    line = text_.find_first_not_of(" \t", line + 1);
    if (line == std::string_view::npos) return false;
    if (text_[line] != '#') return text_[line] != '\n' && text_[line] != '\r';
  }
}

bool WordReader::EndsWord() const {
  if (AtEnd()) return true;
  const char c = At(position_);
  if (c == '`' && in_backticks_) return true;
  if ((c == '<' || c == '>') && At(position_ + 1) == '(') return false;
  if (c == '<' && PlaceholderSize() > 0) return false;
  return IsMeta(c);
}

// `<in >out`, `<in>out`, `<in.sql> out` and `<in>/dev/null` stay redirections.
std::uint32_t WordReader::PlaceholderSize() const {
  constexpr std::uint32_t kLongest = 80;
  if (!takes_placeholders_ || Here() != '<' || !IsLetter(At(position_ + 1))) return 0;
  std::uint32_t end = position_ + 1;
  for (; At(end) != '>'; ++end)
    if (end - position_ > kLongest || !(IsLetter(At(end)) || IsInPlaceholder(At(end)))) return 0;
  const std::string_view inside = text_.substr(position_ + 1, end - position_ - 1);
  if (inside.back() == ' ' || inside.find("://") != std::string_view::npos) return 0;
  const std::size_t dot = inside.rfind('.');
  if (dot != std::string_view::npos && dot + 1 < inside.size() && inside.size() - dot <= 6 &&
      inside.find(' ') == std::string_view::npos)
    return 0;  // the name of a file
  const char next = At(end + 1);
  if (IsLetter(next) || next == '&' || next == '>' || next == '$' || next == '~' || next == '|')
    return 0;
  if (text_.substr(end + 1).starts_with("/dev/") || text_.substr(end + 1).starts_with("/tmp/"))
    return 0;
  return end + 1 - position_;
}

bool WordReader::EndsCommand() const {
  if (AtEnd()) return true;
  const char c = At(position_);
  if (c == '`') return in_backticks_;
  if (c == '&') return At(position_ + 1) != '>';
  return c == '\n' || c == '\r' || c == ';' || c == '|' || c == '(' || c == ')';
}

std::uint32_t WordReader::LineEnd(std::uint32_t offset) const {
  return static_cast<std::uint32_t>(std::min(text_.find('\n', offset), text_.size()));
}

Word WordReader::TakeWord() { return Take(false); }

// `is_value`: the right side of an assignment, where `~` stands for
// the home folder behind each colon and nothing is a pattern.
Word WordReader::Take(bool is_value) {
  Word word;
  Parts parts(word, *this);
  const std::uint32_t begin = position_;
  std::uint32_t end = begin;
  for (;;) {
    if (TakeOrdinary(parts, IsOrdinary, false)) end = position_;
    if (EndsWord()) break;
    const bool is_line_break = LineBreakAt(position_) > 0;
    TakePart(parts, position_ == begin, is_value);
    if (!is_line_break) end = position_;
  }
  parts.Flush();
  word.span = map_.ToOuter(begin, end);
  return word;
}

// Nearly all that words are made of, at once.
bool WordReader::TakeOrdinary(Parts& parts, bool (*is_ordinary)(char), bool quoted) {
  const std::uint32_t begin = position_;
  while (position_ < text_.size() && is_ordinary(text_[position_])) ++position_;
  parts.Run(text_.substr(begin, position_ - begin), begin, quoted);
  return position_ > begin;
}

void WordReader::TakePart(Parts& parts, bool at_start, bool is_value) {
  const char c = At(position_);
  if (c == '\\') return TakeEscape(parts);
  if (c == '\'') return TakeSingleQuoted(parts);
  if (c == '"') return TakeDoubleQuoted(parts);
  if (c == '$') return TakeDollar(parts, false);
  if (c == '<' && PlaceholderSize() > 0) {
    const std::uint32_t end = position_ + PlaceholderSize();
    parts.Special(PartKind::kUnknown, position_, end, true);
    position_ = end;
    return;
  }
  if (c == '`' || c == '<' || c == '>') return TakeExpansion(parts, false);
  const bool at_tilde = at_start || (is_value && At(position_ - 1) == ':');
  if (c == '~' && at_tilde && TakeTilde(parts, is_value)) return;
  if (!is_value && TakeGlob(parts)) return;
  if (!is_value && c == '{' && TakeBraces(parts)) return;
  parts.Byte(c, position_, false);
  ++position_;
}

void WordReader::TakeEscape(Parts& parts) {
  if (const std::uint32_t size = LineBreakAt(position_); size > 0) {
    position_ += size;
    return;
  }
  if (position_ + 1 >= text_.size()) {  // bash keeps a backslash at the very end
    parts.Byte('\\', position_++, true);
    return;
  }
  if (FindsBrokenEnd())
    broken_end_ =
        map_.ToOuter(position_, static_cast<std::uint32_t>(std::min(
                                    text_.find_first_not_of(" \t", position_ + 1), text_.size())));
  if (in_backticks_ && At(position_ + 1) == '`')  // a command nested in one: not followed
    parts.Special(PartKind::kUnknown, position_, position_ + 2, true);
  else
    parts.Escaped(text_.substr(position_ + 1, 1), position_, position_ + 2);
  position_ += 2;
}

void WordReader::TakeSingleQuoted(Parts& parts) {
  parts.MarkQuotes();
  const std::size_t close = text_.find('\'', position_ + 1);
  if (close == std::string_view::npos) return LeaveOpen(position_, "a single quote is not closed");
  parts.Run(text_.substr(position_ + 1, close - position_ - 1), position_ + 1, true);
  position_ = static_cast<std::uint32_t>(close + 1);
}

void WordReader::TakeAnsiQuoted(Parts& parts) {
  parts.MarkQuotes();
  const std::uint32_t begin = position_;
  for (position_ += 2; !AtEnd() && At(position_) != '\'';) {
    if (At(position_) == '\\' && position_ + 1 < text_.size()) {
      const AnsiEscape escape = DecodeAnsiEscape(text_.substr(position_));
      const std::uint32_t end = position_ + escape.size;
      if (escape.is_text)
        parts.Escaped(escape.bytes, position_, end);
      else
        parts.Special(PartKind::kUnknown, position_, end, true);
      position_ = end;
    } else {
      parts.Byte(At(position_), position_, true);
      ++position_;
    }
  }
  if (AtEnd()) return LeaveOpen(begin, "a `$'` quote is not closed");
  ++position_;
}

void WordReader::TakeDoubleQuoted(Parts& parts) {
  parts.MarkQuotes();
  const std::uint32_t begin = position_++;
  while (!AtEnd() && At(position_) != '"')
    if (!TakeOrdinary(parts, IsOrdinaryInQuotes, true)) TakeInQuotes(parts, false);
  if (AtEnd()) {
    if (whole_) LeaveOpen(begin, "a double quote is not closed");
    return;
  }
  ++position_;
}

// One step inside double quotes, or inside a here-document, where `"` is an ordinary byte.
void WordReader::TakeInQuotes(Parts& parts, bool is_document) {
  const char c = At(position_);
  if (c == '$') return TakeDollar(parts, true);
  if (c == '`') return TakeExpansion(parts, true);
  if (c == '\\') {
    if (const std::uint32_t size = LineBreakAt(position_); size > 0) {
      position_ += size;
      return;
    }
    const char next = At(position_ + 1);
    if (next == '$' || next == '`' || next == '\\' || (next == '"' && !is_document)) {
      parts.Escaped(text_.substr(position_ + 1, 1), position_, position_ + 2);
      position_ += 2;
      return;
    }
  }
  parts.Byte(c, position_, true);
  ++position_;
}

// Patterns: `*`, `?`, `[…]` closed in this word, and bash's `@(…)` and its like.
bool WordReader::TakeGlob(Parts& parts) {
  const char c = Here();
  const bool extended =
      At(position_ + 1) == '(' && (c == '?' || c == '*' || c == '+' || c == '@' || c == '!');
  if (c != '*' && c != '?' && c != '[' && !extended) return false;
  std::uint32_t end = position_ + (extended ? 2 : 1);
  if (extended || c == '[') {
    const char close = extended ? ')' : ']';
    int open = 1;
    for (; open > 0; ++end) {
      const char inside = At(end);
      if (end >= text_.size() || end - position_ > kLongestPattern || inside == '\n' ||
          inside == '\'' || inside == '"' || inside == '\\' || inside == '$' ||
          (!extended && IsMeta(inside)))
        return false;
      if (extended && inside == '(') ++open;
      if (inside == close) --open;
    }
    if (end == position_ + 2) return false;  // `[]`
  }
  parts.Special(PartKind::kGlob, position_, end, false).text =
      text_.substr(position_, end - position_);
  position_ = end;
  return true;
}

// {a,b} and {1..3}. Anything else, and braces around quotes or expansions that cannot be told apart
// cheaply, is literal when it holds no comma.
bool WordReader::TakeBraces(Parts& parts) {
  int open = 0;
  bool lists = false;
  for (std::uint32_t at = position_; at < text_.size() && at - position_ < kLongestPattern; ++at) {
    const char c = At(at);
    if (IsMeta(c)) return false;
    if (c == '{') ++open;
    // Three dots are none of a range: `{{name...}}` is literal.
    const bool is_range = c == '.' && At(at + 1) == '.' && At(at + 2) != '.' && At(at - 1) != '.';
    if (open == 1 && (c == ',' || is_range)) lists = true;
    if (c != '}' || --open > 0) continue;
    if (!lists) return false;
    parts.Special(PartKind::kBraces, position_, at + 1, false).text =
        text_.substr(position_, at + 1 - position_);
    position_ = at + 1;
    return true;
  }
  return false;
}

bool WordReader::TakeTilde(Parts& parts, bool is_value) {
  std::uint32_t end = position_ + 1;
  while (end < text_.size() && !IsMeta(At(end)) && At(end) != '/' &&
         !(is_value && At(end) == ':')) {
    const char c = At(end);
    if (c == '\\' || c == '\'' || c == '"' || c == '$' || c == '`') return false;
    ++end;
  }
  const bool home = end == position_ + 1;
  parts.Special(home ? PartKind::kHome : PartKind::kUnknown, position_, end, true).text =
      text_.substr(position_, end - position_);
  position_ = end;
  return true;
}

}  // namespace cagelint::syntax
