#include "linter/input/embed_toml.h"

#include "linter/syntax/toml.h"

namespace cagelint::input {

EmbeddedText TomlText(const base::Source& source, const syntax::Node& string) {
  EmbeddedText out(source);
  for (const syntax::TomlPiece& piece : syntax::TomlPieces(source, string)) {
    if (piece.is_copy)
      out.Copy(piece.begin, piece.end);
    else
      out.Put(piece.text, piece.begin, piece.end);
  }
  return out;
}

}  // namespace cagelint::input
