#include "linter/input/embed_pieces.h"

#include <algorithm>
#include <map>
#include <utility>

namespace cagelint::input {
namespace {

using base::Edit;
using base::Source;

// Gives each change to the writer of the piece that holds it whole.
class PiecesWriter : public base::EditWriter {
 public:
  explicit PiecesWriter(std::vector<PiecedText::Piece> pieces) : pieces_(std::move(pieces)) {}

  std::optional<std::vector<Edit>> Write(const Source& inner, const base::SourceMap& map,
                                         const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    std::map<std::size_t, std::vector<Edit>> shares;
    for (const Edit& edit : edits) {
      const std::size_t piece = PieceOf(edit);
      if (piece == pieces_.size()) return std::nullopt;
      // Behind a piece something may follow that stands elsewhere.
      const std::uint32_t at = edit.span.begin;
      if (at == pieces_[piece].end && map.BeginOf(at) != map.EndBefore(at)) return std::nullopt;
      shares[piece].push_back(edit);
    }
    std::vector<Edit> out;
    for (const auto& [piece, share] : shares) {
      auto written = pieces_[piece].writer->Write(inner, map, outer, share);
      if (!written) return std::nullopt;
      out.insert(out.end(), written->begin(), written->end());
    }
    return out;
  }

 private:
  // What goes between two pieces goes where the map says that a byte begins: into the second.
  std::size_t PieceOf(const Edit& edit) const {
    const auto behind = std::upper_bound(
        pieces_.begin(), pieces_.end(), edit.span.begin,
        [](std::uint32_t at, const PiecedText::Piece& piece) { return at < piece.begin; });
    if (behind == pieces_.begin()) return pieces_.size();
    const auto index = static_cast<std::size_t>(behind - pieces_.begin()) - 1;
    return edit.span.end <= pieces_[index].end ? index : pieces_.size();
  }

  std::vector<PiecedText::Piece> pieces_;
};

}  // namespace

void PiecedText::Append(const EmbeddedText& text, std::shared_ptr<const base::EditWriter> writer) {
  const std::uint32_t begin = text_.Size();
  text_.Append(text);
  if (writer != nullptr && text.Size() > 0)
    pieces_.push_back({begin, text_.Size(), std::move(writer)});
}

void PiecedText::Put(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  text_.Put(text, begin, end);
}

const Source& PiecedText::AddTo(base::SourceSet& sources) {
  return text_.AddTo(sources, std::make_shared<const PiecesWriter>(std::move(pieces_)));
}

}  // namespace cagelint::input
