#include "linter/syntax/code_tokens.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::syntax {
namespace {

using Kind = CodeToken::Kind;

constexpr std::size_t kMostGaps = 16;

bool IsBlank(char byte) { return byte == ' ' || byte == '\t' || byte == '\f' || byte == '\r'; }
bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }
bool IsWordStart(char byte) {
  return base::IsNameStart(byte) || byte == '$' || static_cast<unsigned char>(byte) >= 0x80;
}
bool IsWordByte(char byte) { return IsWordStart(byte) || IsDigit(byte); }

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

class Lexer {
 public:
  Lexer(const base::Source& source, CodeLanguage language)
      : source_(source), bytes_(source.Bytes()), language_(language) {
    out_.language = language;
  }

  CodeTokens Do() {
    if (bytes_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    if (bytes_.substr(at_).starts_with("#!")) Comment(at_);
    while (at_ < bytes_.size()) Step();
    if (is_python() && !out_.tokens.empty()) Add(Kind::kNewline, at_, at_);
    for (; indents_.size() > 1; indents_.pop_back()) Add(Kind::kDedent, at_, at_);
    CloseAll(0);
    Add(Kind::kEnd, at_, at_);
    const auto last = static_cast<std::uint32_t>(out_.tokens.size() - 1);
    for (const std::uint32_t index : unclosed_) out_.tokens[index].match = last;
    return std::move(out_);
  }

 private:
  // What is open: a bracket, a computed part of a template.
  struct Frame {
    std::uint32_t token = 0;
    char close = ')';
    bool is_hole = false;
    CodeToken text;             // of a hole: how the text around it is written
    std::uint32_t opening = 0;  // of a hole: the template's token
  };

  bool is_python() const { return language_ == CodeLanguage::kPython; }
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0';
  }
  bool At(std::string_view text) const { return bytes_.substr(at_).starts_with(text); }

  CodeToken& Add(Kind kind, std::uint32_t begin, std::uint32_t end) {
    CodeToken token;
    token.kind = kind;
    token.begin = begin;
    token.end = end;
    token.on_new_line = std::exchange(new_line_, false);
    out_.tokens.push_back(token);
    return out_.tokens.back();
  }
  void AddGap(std::string message, std::uint32_t begin, std::uint32_t end) {
    if (out_.gaps.size() < kMostGaps)
      out_.gaps.push_back(
          {"syntax-error", std::move(message), {source_.Id(), begin, end}, "", false});
  }

  void Step() {
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
    } else if (IsWordStart(byte) || (byte == '#' && IsWordStart(Peek(1)))) {
      Word();
    } else if (IsDigit(byte)) {
      Number();
    } else {
      Sign();
    }
  }

  void LineEnd() {
    const bool ends_statement = is_python() && frames_.empty() && !out_.tokens.empty() &&
                                out_.tokens.back().kind != Kind::kNewline && !line_begins_;
    if (ends_statement) Add(Kind::kNewline, at_, at_);
    ++at_;
    line_begins_ = true;
    new_line_ = true;
    if (!frames_.empty() && BeginsAnew()) {
      CloseAll(0);
      if (is_python()) Add(Kind::kNewline, at_, at_);
      new_line_ = true;
    }
  }

  // Whether the line that begins here says that all brackets should have been closed before it.
  bool BeginsAnew() const {
    std::size_t end = at_;
    while (end < bytes_.size() && bytes_[end] >= 'a' && bytes_[end] <= 'z') ++end;
    const std::string_view word = bytes_.substr(at_, end - at_);
    if (word.empty() || end >= bytes_.size() || bytes_[end] != ' ') return false;
    if (is_python()) return Holds(kPythonStarts, word) && IsPythonStart(word, end);
    // Functions and classes are also values; at the begin of a line they hardly are.
    return language_ == CodeLanguage::kGo ? Holds(kGoStarts, word) : Holds(kTypescriptStarts, word);
  }
  // `from` and `async` may begin a line in brackets as well: `yield\nfrom x`, `x\nasync for`.
  bool IsPythonStart(std::string_view word, std::size_t end) const {
    if (word == "async") return bytes_.substr(end).starts_with(" def ");
    if (word != "from") return true;
    const std::string_view line = bytes_.substr(at_, bytes_.find('\n', at_) - at_);
    return line.find(" import ") != std::string_view::npos;
  }

  void Indentation() {
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

  void Comment(std::uint32_t begin) {
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

  // How long what stands before a string's quote is; npos: no string begins here.
  std::size_t PrefixSize() const {
    if (!is_python()) return 0;
    std::size_t size = 0;
    while (size < 3 && std::string_view("rRbBuUfFtT").find(Peek(size)) != std::string_view::npos &&
           Peek(size) != '\0')
      ++size;
    return size;
  }
  bool IsStringStart() const {
    const char byte = Peek(PrefixSize());
    return byte == '"' || byte == '\'' || (byte == '`' && !is_python());
  }

  void String() {
    CodeToken token;
    token.begin = at_;
    const std::string prefix = base::ToLower(bytes_.substr(at_, PrefixSize()));
    at_ += static_cast<std::uint32_t>(prefix.size());
    token.quote = Peek();
    token.is_raw = prefix.find('r') != std::string::npos;
    token.is_bytes = prefix.find('b') != std::string::npos;
    token.is_triple = is_python() && Peek(1) == token.quote && Peek(2) == token.quote;
    bool computes = prefix.find_first_of("ft") != std::string::npos;
    if (token.quote == '`') {
      token.is_triple = true;  // it goes over lines
      token.is_raw = language_ == CodeLanguage::kGo;
      computes = !token.is_raw;
    }
    at_ += token.is_triple && is_python() ? 3 : 1;
    token.inside_begin = at_;
    if (computes) return Template(token);
    token.kind =
        token.quote == '\'' && language_ == CodeLanguage::kGo ? Kind::kRegex : Kind::kString;
    token.inside_end = TextEnd(token);
    if (!IsQuoteAt(token, token.inside_end)) return Unclosed(token);
    token.end = token.inside_end + QuoteSize(token);
    at_ = token.end;
    token.on_new_line = std::exchange(new_line_, false);
    out_.tokens.push_back(token);
  }

  std::uint32_t QuoteSize(const CodeToken& text) const {
    return text.is_triple && is_python() ? 3 : 1;
  }
  bool IsQuoteAt(const CodeToken& text, std::uint32_t at) const {
    for (std::uint32_t i = 0; i < QuoteSize(text); ++i)
      if (at + i >= bytes_.size() || bytes_[at + i] != text.quote) return false;
    return true;
  }

  // Where the text that goes on at `at_` ends: at its quote, at a computed part, or at the end of
  // a line that it may not leave.
  std::uint32_t TextEnd(const CodeToken& text, bool computes = false) const {
    const bool escapes = !text.is_raw || is_python();  // r"\"" goes on
    std::uint32_t at = at_;
    for (; at < bytes_.size(); ++at) {
      const char byte = bytes_[at];
      if (byte == '\\' && escapes) {
        if (at + 1 < bytes_.size() && bytes_[at + 1] == '\r') ++at;
        ++at;
        continue;
      }
      if (byte == '\n' && !text.is_triple) return at;
      if (byte == text.quote && IsQuoteAt(text, at)) return at;
      if (!computes) continue;
      if (is_python() && (byte == '{' || byte == '}')) {
        if (at + 1 < bytes_.size() && bytes_[at + 1] == byte)
          ++at;
        else if (byte == '{')
          return at;
      }
      if (!is_python() && byte == '$' && at + 1 < bytes_.size() && bytes_[at + 1] == '{') return at;
    }
    return static_cast<std::uint32_t>(std::min<std::size_t>(at, bytes_.size()));
  }

  // A quote that nothing closes. One on a line of its own is taken for a sign: text in JSX.
  void Unclosed(const CodeToken& token) {
    const bool is_text = language_ == CodeLanguage::kTypescript && !token.is_triple;
    if (!is_text)
      AddGap("the string that begins here is never closed", token.begin, token.inside_begin);
    if (is_text) {
      at_ = token.inside_begin;
      Add(Kind::kOperator, token.begin, at_);
    } else {
      at_ = token.inside_end;
      Add(Kind::kOperator, token.begin, at_);
    }
  }

  void Template(CodeToken token) {
    const auto opening = static_cast<std::uint32_t>(out_.tokens.size());
    token.kind = Kind::kTemplate;
    token.end = token.inside_begin;
    token.on_new_line = std::exchange(new_line_, false);
    out_.tokens.push_back(token);
    TemplateText(token, opening);
  }

  // From the begin of a template, or from behind a computed part of it.
  void TemplateText(CodeToken text, std::uint32_t opening) {
    text.kind = Kind::kText;
    text.on_new_line = false;
    text.begin = text.inside_begin = at_;
    text.end = text.inside_end = TextEnd(text, true);
    if (text.end > text.begin) out_.tokens.push_back(text);
    at_ = text.end;
    const bool is_hole = at_ < bytes_.size() && (is_python() ? Peek() == '{' : At("${"));
    if (is_hole && frames_.size() < kDeepest) {
      Frame frame;
      frame.token = static_cast<std::uint32_t>(out_.tokens.size());
      frame.close = '}';
      frame.is_hole = true;
      frame.text = text;
      frame.opening = opening;
      const std::uint32_t begin = at_;
      at_ += is_python() ? 1 : 2;
      Add(Kind::kOpen, begin, at_);
      frames_.push_back(frame);
      return;
    }
    const std::uint32_t begin = at_;
    if (IsQuoteAt(text, at_)) {
      at_ += QuoteSize(text);
    } else {
      const CodeToken& first = out_.tokens[opening];
      AddGap("the string that begins here is never closed", first.begin, first.end);
      if (is_hole) at_ = static_cast<std::uint32_t>(bytes_.size());
    }
    Add(Kind::kTemplateEnd, begin, at_).match = opening;
    out_.tokens[opening].match = static_cast<std::uint32_t>(out_.tokens.size() - 1);
  }

  // `:>10` of `{x:>10}`: to the bracket that closes the computed part.
  void FormatSpec(const Frame& frame) {
    const std::uint32_t begin = at_;
    int depth = 0;
    for (; at_ < bytes_.size(); ++at_) {
      if (Peek() == '{') ++depth;
      if (Peek() == '}' && depth-- == 0) break;
      if (Peek() == '\n' && !frame.text.is_triple) break;
      if (IsQuoteAt(frame.text, at_)) break;
    }
    Add(Kind::kOperator, begin, at_);
  }

  void Word() {
    const std::uint32_t begin = at_++;
    while (at_ < bytes_.size() && IsWordByte(Peek())) ++at_;
    Add(Kind::kName, begin, at_);
  }

  void Number() {
    const std::uint32_t begin = at_;
    while (at_ < bytes_.size() && (IsWordByte(Peek()) || (Peek() == '.' && IsDigit(Peek(1)))))
      ++at_;
    Add(Kind::kNumber, begin, at_);
  }

  bool RegexMayBegin() const {
    if (out_.tokens.empty()) return true;
    const CodeToken& last = out_.tokens.back();
    const std::string_view text = bytes_.substr(last.begin, last.end - last.begin);
    if (last.kind == Kind::kOperator) return text != "++" && text != "--";
    return last.kind == Kind::kOpen || (last.kind == Kind::kName && Holds(kBeforeRegex, text));
  }
  bool Regex() {
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

  void Sign() {
    const char byte = Peek();
    if (byte == '(' || byte == '[' || byte == '{') return Open(byte);
    if (byte == ')' || byte == ']' || byte == '}') return Close(byte);
    const bool in_hole = is_python() && !frames_.empty() && frames_.back().is_hole;
    if (in_hole && byte == ':') return FormatSpec(frames_.back());
    if (byte == '/' && language_ == CodeLanguage::kTypescript && RegexMayBegin() && Regex()) return;
    static constexpr std::array<std::string_view, 34> kOperators = {
        ">>>=", "...", "===", "!==", "**=", "<<=", ">>=", "&&=", "||=", "?" "?=", "//=", "=>",
        "->",   ":=",  "+=",  "-=",  "*=",  "/=",  "%=",  "&=",  "|=",  "^=",  "==",  "!=",
        "<=",   ">=",  "&&",  "||",  "??",  "?.",  "++",  "--",  "**",  "<-"};
    std::uint32_t size = 1;
    for (const std::string_view one : kOperators) {
      if (!At(one)) continue;
      size = static_cast<std::uint32_t>(one.size());
      break;
    }
    Add(Kind::kOperator, at_, at_ + size);
    at_ += size;
  }

  void Open(char byte) {
    const std::uint32_t begin = at_++;
    const auto index = static_cast<std::uint32_t>(out_.tokens.size());
    Add(Kind::kOpen, begin, at_);
    Frame frame;
    frame.token = index;
    frame.close = byte == '(' ? ')' : byte == '[' ? ']' : '}';
    frames_.push_back(frame);
  }

  void Close(char byte) {
    // One that does not fit closes what fits further out, where that is near.
    constexpr std::size_t kNear = 8;
    const std::size_t lowest = frames_.size() > kNear ? frames_.size() - kNear : 0;
    std::size_t depth = frames_.size();
    while (depth > lowest && frames_[depth - 1].close != byte && !frames_[depth - 1].is_hole)
      --depth;
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

  // What is open beyond `depth` is not closed.
  void CloseAll(std::size_t depth) {
    while (frames_.size() > depth) {
      const Frame& frame = frames_.back();
      const CodeToken& token = out_.tokens[frame.token];
      AddGap("the bracket that opens here is never closed", token.begin, token.end);
      unclosed_.push_back(frame.token);
      if (frame.is_hole) unclosed_.push_back(frame.opening);
      frames_.pop_back();
    }
  }

  static constexpr std::size_t kDeepest = 512;

  const base::Source& source_;
  std::string_view bytes_;
  CodeLanguage language_;
  CodeTokens out_;
  std::uint32_t at_ = 0;
  bool line_begins_ = true;
  bool new_line_ = false;
  std::vector<std::uint32_t> indents_{0};
  std::vector<Frame> frames_;
  std::vector<std::uint32_t> unclosed_;
};

}  // namespace

CodeTokens ReadCodeTokens(const base::Source& source, CodeLanguage language) {
  return Lexer(source, language).Do();
}

}  // namespace cagelint::syntax
