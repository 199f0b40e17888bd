// The escapes of strings in Python, Go and JavaScript.
#include <charconv>

#include "linter/syntax/code_tokens.h"

namespace cagelint::syntax {
namespace {

constexpr std::uint32_t kReplacement = 0xFFFD;

std::string Utf8(std::uint32_t point) {
  const bool is_character = point != 0 && point <= 0x10FFFF && (point < 0xD800 || point > 0xDFFF);
  if (!is_character) point = kReplacement;
  std::string out;
  if (point < 0x80) {
    out += static_cast<char>(point);
  } else if (point < 0x800) {
    out += static_cast<char>(0xC0 | (point >> 6));
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    out += static_cast<char>(0xE0 | (point >> 12));
    out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  } else {
    out += static_cast<char>(0xF0 | (point >> 18));
    out += static_cast<char>(0x80 | ((point >> 12) & 0x3F));
    out += static_cast<char>(0x80 | ((point >> 6) & 0x3F));
    out += static_cast<char>(0x80 | (point & 0x3F));
  }
  return out;
}

// Decodes the escape at the begin of `text`, and says how long it is.
class Escape {
 public:
  Escape(std::string_view text, const CodeToken& token, CodeLanguage language)
      : text_(text), token_(token), language_(language) {}

  std::string Decode() {
    if (text_.size() < 2) return std::string(text_);
    const char byte = text_[1];
    size_ = 2;
    if (byte == '\n') return "";
    if (byte == '\r' && text_.size() > 2 && text_[2] == '\n') {
      size_ = 3;
      return "";
    }
    constexpr std::string_view kNames = "ntrabfv";
    if (const std::size_t named = kNames.find(byte); named != std::string_view::npos)
      return byte == 'a' && language_ == CodeLanguage::kTypescript
                 ? "a"
                 : std::string(1, "\n\t\r\a\b\f\v"[named]);
    if (byte == 'x') return Numbered(2, 2, 16);
    if (byte >= '0' && byte <= '7') return Numbered(1, 3, 8);
    if ((byte == 'u' || (byte == 'U' && language_ != CodeLanguage::kTypescript)) &&
        !token_.is_bytes)
      return Unicode(byte == 'u' ? 4 : 8);
    if (byte == 'N' && language_ == CodeLanguage::kPython && text_.substr(2).starts_with('{')) {
      const std::size_t end = text_.substr(0, 80).find('}');
      if (end != std::string_view::npos) size_ = end + 1;
      is_unknown_ = true;
      return Utf8(kReplacement);
    }
    const bool is_itself = byte == '\\' || byte == '\'' || byte == '"' || byte == '`' ||
                           language_ == CodeLanguage::kTypescript;
    if (is_itself) {
      // A character of several bytes stays whole.
      while (size_ < text_.size() && (static_cast<unsigned char>(text_[size_]) & 0xC0) == 0x80)
        ++size_;
      return std::string(text_.substr(1, size_ - 1));
    }
    size_ = 1;  // of Python: a backslash that escapes nothing is one
    return "\\";
  }
  std::size_t Size() const { return size_; }
  bool IsUnknown() const { return is_unknown_; }

 private:
  std::uint32_t Number(std::size_t begin, std::size_t most, int radix, std::size_t& end) const {
    std::uint32_t value = 0;
    const std::string_view digits = text_.substr(begin, most);
    const auto result = std::from_chars(digits.data(), digits.data() + digits.size(), value, radix);
    end = begin + static_cast<std::size_t>(result.ptr - digits.data());
    return value;
  }
  std::string Numbered(std::size_t begin, std::size_t most, int radix) {
    std::size_t end = begin;
    std::uint32_t value = Number(begin, most, radix, end);
    size_ = std::max<std::size_t>(end, 2);
    // In Go, and in bytes of Python, it is a byte and no character.
    const bool is_byte = language_ == CodeLanguage::kGo || token_.is_bytes;
    return Utf8(is_byte && value >= 0x80 ? kReplacement : value);
  }
  std::string Unicode(std::size_t digits) {
    std::size_t end = 2;
    if (language_ == CodeLanguage::kTypescript && text_.size() > 2 && text_[2] == '{') {
      const std::uint32_t value = Number(3, 8, 16, end);
      size_ = end < text_.size() && text_[end] == '}' ? end + 1 : end;
      return Utf8(value);
    }
    std::uint32_t value = Number(2, digits, 16, end);
    size_ = end;
    const bool is_high = value >= 0xD800 && value < 0xDC00;
    if (is_high && language_ == CodeLanguage::kTypescript && text_.substr(end).starts_with("\\u")) {
      std::size_t second = end + 2;
      const std::uint32_t low = Number(end + 2, 4, 16, second);
      if (low >= 0xDC00 && low < 0xE000) {
        size_ = second;
        value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
      }
    }
    return Utf8(value);
  }

  std::string_view text_;
  const CodeToken& token_;
  CodeLanguage language_;
  std::size_t size_ = 1;
  bool is_unknown_ = false;
};

}  // namespace

std::vector<DecodedPiece> DecodeCodeText(std::string_view bytes, const CodeToken& token,
                                         CodeLanguage language) {
  std::vector<DecodedPiece> out;
  const bool has_braces = language == CodeLanguage::kPython && token.kind == CodeToken::Kind::kText;
  std::uint32_t done = token.inside_begin;
  const auto put = [&](std::uint32_t begin, std::size_t size, std::string text) {
    if (begin > done) out.push_back({"", done, begin, true, false});
    done = begin + static_cast<std::uint32_t>(size);
    out.push_back({std::move(text), begin, done, false, false});
  };
  for (std::uint32_t at = token.inside_begin; at < token.inside_end; at = std::max(at + 1, done)) {
    const char byte = bytes[at];
    const std::string_view rest = bytes.substr(at, token.inside_end - at);
    if (byte == '\\' && !token.is_raw) {
      Escape escape(rest, token, language);
      std::string text = escape.Decode();
      put(at, escape.Size(), std::move(text));
      out.back().is_unknown = escape.IsUnknown();
    } else if (byte == '\r') {  // line ends in texts are one character
      put(at, 1, rest.starts_with("\r\n") || language == CodeLanguage::kGo ? "" : "\n");
    } else if (has_braces && (rest.starts_with("{{") || rest.starts_with("}}"))) {
      put(at, 2, std::string(1, byte));
    }
  }
  if (token.inside_end > done) out.push_back({"", done, token.inside_end, true, false});
  return out;
}

}  // namespace cagelint::syntax
