// TOML → tree, with the exact place of every key and value.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/syntax/node.h"

namespace cagelint::syntax {

// Tables, arrays and dotted keys may nest this deep; beyond it the file is an error of the tree.
inline constexpr int kDeepestToml = 100;

// Parses TOML 1.0. There is one root, a map. `[a.b]` and `a.b = 1` make maps in maps; the span of
// one reaches from the key that made it to the end of the section that it began, so that what other
// sections add to it may stand outside. `[[a]]` makes an item of a list. Strings are decoded; other
// values are scalars as written, of style kBool or kNumber (dates, too).
//
// The first thing that is wrong is the one error of the tree; reading goes on at the next line that
// begins with `[`. Linear in the size. An UTF-8 byte order mark is passed over.
Tree ParseToml(const base::Source& source);

// A stretch of a string's content, and what it is written as: bytes [begin, end) of the file.
struct TomlPiece {
  std::string text;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool is_copy = false;  // byte for byte, not an escape
};

// The content of `string`, a string of a TOML tree of `source`.
std::vector<TomlPiece> TomlPieces(const base::Source& source, const Node& string);

}  // namespace cagelint::syntax
