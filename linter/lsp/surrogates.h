// Halves of surrogate pairs that stand alone. Editors count in UTF-16 and may cut a pair; such a
// text is no UTF-8, and yet the positions of all later edits count in it. It is kept as WTF-8: a
// half is three bytes, as UTF-8 would have them if it had any.
#pragma once

#include <string>
#include <string_view>

namespace cagelint::lsp {

// JSON in which no escape is a half that stands alone, so that a parser takes it. Each such half
// has become one character of a block that `json` does not use, and `block` says which; where it
// uses all of them, U+FFFD.
struct Replaced {
  std::string json;
  char32_t block = 0;  // the character of U+D800; 0: none was replaced by one
};
Replaced ReplaceHalves(std::string_view json);

// A string of that JSON, with each character of the block as a half in WTF-8.
std::string RestoreHalves(std::string_view text, char32_t block);

// Halves that meet become the character that they are.
std::string JoinHalves(std::string_view wtf8);
// UTF-8 of the same length: each half is U+FFFD.
std::string WithoutHalves(std::string_view wtf8);

// The half that a 4-byte character begins or ends with, as WTF-8.
std::string HighHalf(char32_t point);
std::string LowHalf(char32_t point);

// Whether three bytes of WTF-8 are a half, and which.
bool IsHighHalf(std::string_view bytes);
bool IsLowHalf(std::string_view bytes);

}  // namespace cagelint::lsp
