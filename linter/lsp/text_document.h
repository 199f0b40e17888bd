// The text of a document that an editor has open, kept up by the editor's changes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/output/lsp_json.h"

namespace cagelint::lsp {

using output::LspPosition;
using output::PositionEncoding;

// Lines end at LF, CRLF or a CR alone, as in base::Source. Bytes are WTF-8 (surrogates.h).
class TextDocument {
 public:
  explicit TextDocument(std::string wtf8);

  const std::string& Bytes() const { return bytes_; }
  // The same as UTF-8, of the same length.
  std::string Utf8() const;
  std::size_t LineCount() const { return lines_.size(); }

  // The byte at `position`. A line that is not there is the end of the text, a character behind
  // the end of its line that end, one inside of a character the begin of that.
  std::size_t OffsetAt(LspPosition position, PositionEncoding encoding) const;

  // Puts `wtf8` in the place of what stands from `begin` to `end`, in whichever order. In UTF-16 a
  // surrogate pair may be cut: its halves stay, and become one when they meet again.
  void Replace(LspPosition begin, LspPosition end, std::string_view wtf8,
               PositionEncoding encoding);
  void ReplaceAll(std::string wtf8);

 private:
  struct Place {
    std::size_t offset = 0;
    bool is_inside = false;  // between the halves of the pair that begins at `offset`
  };
  Place PlaceOf(LspPosition position, PositionEncoding encoding) const;
  std::size_t LineEnd(std::size_t line) const;  // without what ends the line
  void Splice(std::size_t begin, std::size_t end, std::string_view text);
  void FindLines(std::size_t begin, std::size_t end, std::vector<std::size_t>& out) const;

  std::string bytes_;
  std::vector<std::size_t> lines_;  // where each begins; never empty
};

}  // namespace cagelint::lsp
