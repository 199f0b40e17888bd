// How the scalars of YAML are decoded, piece by piece.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/syntax/node.h"

namespace cagelint::input {

// `text` is what [begin, end) of the bytes stands for; copied from there where `is_copy`.
struct ScalarPiece {
  std::string text;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  bool is_copy = false;
};

struct ScalarForm {
  syntax::ScalarStyle style = syntax::ScalarStyle::kPlain;
  std::size_t indent = 0;  // of a block: the blanks before each line that are not content
};

// The pieces of a scalar whose bytes, quotes or `|` included, `bytes` begins with; those of a block
// may go on behind the scalar. Ends when `most` bytes were decoded, or with the scalar. Follows
// libyaml's scanner; line ends other than LF and CRLF are not known.
std::vector<ScalarPiece> DecodeScalar(std::string_view bytes, const ScalarForm& form,
                                      std::size_t most);

// How far a block is indented that begins `bytes` and holds `text`; 0 where that cannot be told.
std::size_t BlockIndent(std::string_view bytes, std::string_view text);

}  // namespace cagelint::input
