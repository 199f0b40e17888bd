#include "linter/syntax/toml_string.h"

#include <cstdint>
#include <optional>
#include <string>
#include <utility>

namespace cagelint::syntax {
namespace {

constexpr const char* kNeverClosed = "the string that begins here is never closed";

void AppendUtf8(std::uint32_t point, std::string& out) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xC0 | (point >> 6));
    put(0x80 | (point & 0x3F));
  } else if (point < 0x10000) {
    put(0xE0 | (point >> 12));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  } else {
    put(0xF0 | (point >> 18));
    put(0x80 | ((point >> 12) & 0x3F));
    put(0x80 | ((point >> 6) & 0x3F));
    put(0x80 | (point & 0x3F));
  }
}

class Scanner {
 public:
  Scanner(std::string_view bytes, std::size_t at)
      : bytes_(bytes), begin_(at), at_(at), quote_(bytes[at]) {}

  TomlString Do() {
    const std::string three(3, quote_);
    is_long_ = bytes_.substr(at_).starts_with(three);
    at_ += is_long_ ? 3 : 1;
    if (is_long_) SkipLineEnd();
    while (out_.error == nullptr && !Closes()) Step();
    Flush(at_);
    if (out_.error == nullptr) at_ += is_long_ ? 3 : 1;
    out_.end = at_;
    return std::move(out_);
  }

 private:
  char Peek(std::size_t ahead = 0) const {
    return at_ + ahead < bytes_.size() ? bytes_[at_ + ahead] : '\0';
  }
  void SkipLineEnd() {
    if (Peek() == '\r' && Peek(1) == '\n') ++at_;
    if (Peek() == '\n') ++at_;
    copied_ = at_;
  }
  // Up to two quotes may stand before the three that close.
  bool Closes() {
    if (Peek() != quote_) return false;
    if (!is_long_) return true;
    std::size_t count = 0;
    while (Peek(count) == quote_) ++count;
    if (count < 3) return false;
    at_ += count < 6 ? count - 3 : 2;
    return true;
  }

  void Step() {
    const char byte = Peek();
    if (at_ >= bytes_.size() || (!is_long_ && (byte == '\n' || byte == '\r')))
      return Fail(kNeverClosed, begin_);
    const auto code = static_cast<unsigned char>(byte);
    const bool is_line_end = byte == '\n' || (byte == '\r' && Peek(1) == '\n');
    if ((code < 0x20 && byte != '\t' && !is_line_end) || code == 0x7F)
      return Fail("a control character in a string", at_);
    if (byte == '\\' && quote_ == '"') return Escape();
    ++at_;
  }

  void Escape() {
    const std::size_t begin = at_;
    const char kind = Peek(1);
    if (is_long_ && IsFold()) return Fold();
    constexpr std::string_view kNames = "btnfre\"\\";
    constexpr std::string_view kMeant = "\b\t\n\f\r\x1B\"\\";
    const std::size_t named = kind == '\0' ? std::string_view::npos : kNames.find(kind);
    std::string text;
    if (named != std::string_view::npos) {
      text = kMeant[named];
      at_ += 2;
    } else if (kind == 'u' || kind == 'U') {
      const std::size_t digits = kind == 'u' ? 4 : 8;
      const auto point = Hex(at_ + 2, digits);
      if (!point) return Fail("an escape that is none in TOML", begin);
      AppendUtf8(*point, text);
      at_ += 2 + digits;
    } else {
      return Fail("an escape that is none in TOML", begin);
    }
    Put(std::move(text), begin);
  }

  std::optional<std::uint32_t> Hex(std::size_t at, std::size_t digits) const {
    std::uint32_t point = 0;
    for (std::size_t i = at; i < at + digits; ++i) {
      if (i >= bytes_.size()) return std::nullopt;
      const std::size_t digit = std::string_view("0123456789abcdefABCDEF").find(bytes_[i]);
      if (digit == std::string_view::npos || point > 0xFFFFFF) return std::nullopt;
      point = point * 16 + static_cast<std::uint32_t>(digit < 16 ? digit : digit - 6);
    }
    const bool is_surrogate = point >= 0xD800 && point <= 0xDFFF;
    return point > 0x10FFFF || is_surrogate ? std::nullopt : std::optional(point);
  }

  // A backslash at the end of a line leaves out all blanks and line ends behind it.
  bool IsFold() const {
    std::size_t next = at_ + 1;
    while (next < bytes_.size() && (bytes_[next] == ' ' || bytes_[next] == '\t')) ++next;
    return next < bytes_.size() && (bytes_[next] == '\n' || bytes_[next] == '\r');
  }
  void Fold() {
    Flush(at_);
    ++at_;
    while (at_ < bytes_.size() &&
           std::string_view(" \t\r\n").find(bytes_[at_]) != std::string::npos)
      ++at_;
    copied_ = at_;
  }

  void Put(std::string text, std::size_t begin) {
    Flush(begin);
    out_.pieces.push_back({std::move(text), static_cast<std::uint32_t>(begin),
                           static_cast<std::uint32_t>(at_), false});
    copied_ = at_;
  }
  void Flush(std::size_t end) {
    if (copied_ < end)
      out_.pieces.push_back({std::string(bytes_.substr(copied_, end - copied_)),
                             static_cast<std::uint32_t>(copied_), static_cast<std::uint32_t>(end),
                             true});
    copied_ = end;
  }
  void Fail(const char* error, std::size_t at) {
    out_.error = error;
    out_.error_at = at;
  }

  std::string_view bytes_;
  std::size_t begin_;
  std::size_t at_;
  char quote_;
  bool is_long_ = false;
  std::size_t copied_ = begin_ + 1;
  TomlString out_;
};

}  // namespace

TomlString ScanTomlString(std::string_view bytes, std::size_t at) {
  return Scanner(bytes, at).Do();
}

std::vector<TomlPiece> TomlPieces(const base::Source& source, const Node& string) {
  return ScanTomlString(source.Bytes(), string.span.begin).pieces;
}

}  // namespace cagelint::syntax
