// One word of an argument vector, after the shell's quotes and expansions, and where each of its
// bytes stands in the file.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"

namespace cagelint::input {

// Parts of a word that are not literal stand in its text as one byte each that no UTF-8 text holds,
// so that the value grammars can split, search and compare plain strings. Readers must never let
// such a byte in from a file (the byte gate sees to that) or from the process's own arguments.
inline constexpr char kUnknownByte = '\xFF';           // cannot be known
inline constexpr char kWorkingDirectoryByte = '\xFE';  // $PWD, $(pwd): no slash at its end
inline constexpr char kHomeByte = '\xFD';              // $HOME, ~
inline constexpr char kUserIdByte = '\xFC';            // $(id -u), $UID
inline constexpr char kGroupIdByte = '\xFB';           // $(id -g)
inline constexpr char kFileDirectoryByte = '\xFA';     // $(dirname "$0"): the folder of the file

inline bool IsSymbol(char byte) { return static_cast<unsigned char>(byte) >= 0xFA; }

// Bytes [begin, begin + size) of a word's text and their place: byte for byte when the lengths are
// equal and there is no `origin`, otherwise as a whole (`$PWD`, an escape, a variable's value: then
// `span` is where the variable is used and `origin` where its value was written).
struct Piece {
  std::uint32_t begin = 0;
  std::uint32_t size = 0;
  base::Span span;
  base::Span origin;    // invalid when the bytes stand at `span` themselves
  std::string written;  // of a symbol: as the author wrote it, `${UID}`
  // Of a variable's default: all of `${NAME:-default}`. A place that goes beyond this piece has it
  // whole.
  base::Span around = {};
};

struct Argument {
  std::string text;           // literal bytes and symbol bytes
  std::vector<Piece> pieces;  // cover `text` without holes; none for an empty word
  base::Span span;            // the whole word as written, quotes included
  // May stand for any number of words: an unquoted `$OPTS`, `"${ARGS[@]}"`. `text` is then one
  // kUnknownByte.
  bool is_list = false;
  // Cannot be known, and on some way it is an option, or several.
  bool may_be_options = false;

  bool IsLiteral() const;
  // Where text [begin, end) stands. Quotes at the ends are not part of it. An empty range gives an
  // empty span at its place.
  base::Span SpanOf(std::size_t begin, std::size_t end) const;
  base::Span SpanOf(std::string_view part) const;  // `part` must point into `text`
  // Text [begin, end) for people: symbols as they were written.
  std::string Written(std::size_t begin, std::size_t end) const;
  std::string Written() const { return Written(0, text.size()); }

  // A word written literally at `span` (byte for byte when its length is the text's).
  static Argument Literal(std::string text, base::Span span);
};

// Adds text [begin, end) of `from` to `to`, with its places. `to.span` is left.
void AppendPart(Argument& to, const Argument& from, std::size_t begin, std::size_t end);

// True when no byte of `text` is a symbol.
bool IsLiteralText(std::string_view text);

}  // namespace cagelint::input
