// Text for people: UTF-8, escapes, widths, did-you-mean.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cagelint::base {

// One decoded code point. An invalid sequence gives its first byte as {0xFFFD, 1, false}.
struct CodePoint {
  char32_t value = 0xFFFD;
  std::uint32_t size = 1;  // bytes
  bool valid = false;
};

// Decodes the first code point of `text`, which must not be empty. Overlong forms, surrogates and
// values above U+10FFFF are invalid (Unicode 15, table 3-7).
CodePoint DecodeUtf8(std::string_view text);

// The offset of the first byte that is not valid UTF-8.
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

// Columns that `point` takes on a terminal: 0 for combining marks, 2 for wide East Asian characters
// and emoji, otherwise 1. An approximation without locale tables.
int DisplayWidth(char32_t point);

// `text` with everything that can steer a terminal or deceive a reader made visible: control
// characters and bytes that are not UTF-8 as \xNN, bidirectional controls, invisible characters and
// line separators as \u{NNNN}. LF and TAB become \n and \t. A backslash stays as it is: the result
// is for reading, not for decoding.
std::string Escape(std::string_view text);

// True for a code point that Escape does not print as it is.
bool IsUnsafe(char32_t point);

// The candidate nearest to `word` by edit distance (a swap of neighbours is one edit), when it is
// near enough to be meant (a third of its length, at least 1); the first of equals. Empty when none
// is. Bounded: words over 64 bytes have no neighbours.
std::string_view Suggest(std::string_view word, std::span<const std::string_view> candidates);

// A byte of a UTF-8 character behind its first.
constexpr bool IsContinuation(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0) == 0x80;
}

// Bytes of a variable's name, as the shell, compose files and Dockerfiles have them.
constexpr bool IsNameStart(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}
constexpr bool IsNameByte(char c) { return IsNameStart(c) || (c >= '0' && c <= '9'); }

std::string ToLower(std::string_view text);
std::string ToUpper(std::string_view text);
std::vector<std::string_view> Split(std::string_view text, char separator);
std::string_view Trim(std::string_view text);  // blanks, tabs, CR and LF on both sides

// `text` as one word of a POSIX shell, quoted only where needed.
std::string ShellQuote(std::string_view text);

}  // namespace cagelint::base
