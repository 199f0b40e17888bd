// Strings, and those with parts that are computed.
#include <algorithm>
#include <utility>

#include "linter/syntax/code_lexer.h"

namespace cagelint::syntax {

using Kind = CodeToken::Kind;

std::size_t CodeLexer::PrefixSize() const {
  if (!is_python()) return 0;
  std::size_t size = 0;
  while (size < 3 && std::string_view("rRbBuUfFtT").find(Peek(size)) != std::string_view::npos &&
         Peek(size) != '\0')
    ++size;
  return size;
}

bool CodeLexer::IsStringStart() const {
  const char byte = Peek(PrefixSize());
  if (byte == '\'' && IsApostrophe()) return false;
  return byte == '"' || byte == '\'' || (byte == '`' && !is_python());
}

// `Don't`: text in JSX. A string follows a word without a blank only behind some of them.
bool CodeLexer::IsApostrophe() const {
  if (language_ != CodeLanguage::kTypescript || out_.tokens.empty()) return false;
  const CodeToken& last = out_.tokens.back();
  if (last.kind != Kind::kName || last.end != at_) return false;
  const std::string_view word = bytes_.substr(last.begin, last.end - last.begin);
  for (const std::string_view one :
       {"case", "return", "from", "import", "typeof", "in", "of", "else", "default", "await",
        "yield", "throw", "delete", "void", "export"})
    if (word == one) return false;
  return true;
}

void CodeLexer::String() {
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
  token.kind = token.quote == '\'' && language_ == CodeLanguage::kGo ? Kind::kRegex : Kind::kString;
  token.inside_end = TextEnd(token);
  if (!IsQuoteAt(token, token.inside_end)) return Unclosed(token);
  token.end = token.inside_end + QuoteSize(token);
  at_ = token.end;
  token.on_new_line = std::exchange(new_line_, false);
  out_.tokens.push_back(token);
}

std::uint32_t CodeLexer::QuoteSize(const CodeToken& text) const {
  return text.is_triple && is_python() ? 3 : 1;
}

bool CodeLexer::IsQuoteAt(const CodeToken& text, std::uint32_t at) const {
  for (std::uint32_t i = 0; i < QuoteSize(text); ++i)
    if (at + i >= bytes_.size() || bytes_[at + i] != text.quote) return false;
  return true;
}

std::uint32_t CodeLexer::TextEnd(const CodeToken& text, bool computes) const {
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

void CodeLexer::Unclosed(const CodeToken& token) {
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

void CodeLexer::Template(CodeToken token) {
  const auto opening = static_cast<std::uint32_t>(out_.tokens.size());
  token.kind = Kind::kTemplate;
  token.end = token.inside_begin;
  token.on_new_line = std::exchange(new_line_, false);
  out_.tokens.push_back(token);
  TemplateText(token, opening);
}

void CodeLexer::TemplateText(CodeToken text, std::uint32_t opening) {
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

void CodeLexer::FormatSpec(const Frame& frame) {
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

}  // namespace cagelint::syntax
