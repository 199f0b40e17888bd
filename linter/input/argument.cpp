#include "linter/input/argument.h"

#include <algorithm>
#include <cassert>

namespace cagelint::input {

bool IsLiteralText(std::string_view text) {
  return std::none_of(text.begin(), text.end(), IsSymbol);
}

bool Argument::IsLiteral() const { return !is_list && IsLiteralText(text); }

namespace {

// The first piece that ends at `at` or behind it: pieces are in order.
std::vector<Piece>::const_iterator FirstEndingAt(const std::vector<Piece>& pieces, std::size_t at) {
  return std::lower_bound(
      pieces.begin(), pieces.end(), at,
      [](const Piece& piece, std::size_t place) { return piece.begin + piece.size < place; });
}

}  // namespace

base::Span Argument::SpanOf(std::size_t begin, std::size_t end) const {
  base::Span result, around;
  std::size_t pieces_seen = 0;
  for (auto it = FirstEndingAt(pieces, begin); it != pieces.end() && it->begin <= end; ++it) {
    const Piece& piece = *it;
    const std::size_t first = std::max<std::size_t>(begin, piece.begin);
    const std::size_t last = std::min<std::size_t>(end, piece.begin + piece.size);
    const bool touches =
        begin == end ? piece.begin <= begin && begin <= piece.begin + piece.size : first < last;
    if (!touches) continue;
    base::Span part = piece.span;
    if (piece.span.Size() == piece.size && !piece.origin.IsValid()) {
      part.end = part.begin + static_cast<std::uint32_t>(last - piece.begin);
      part.begin += static_cast<std::uint32_t>(first - piece.begin);
    }
    if (begin == end) return {part.file, part.begin, part.begin};
    result = base::Cover(result, part);
    around = base::Cover(around, piece.around.IsValid() ? piece.around : part);
    if (++pieces_seen > 1) result = around;
  }
  if (result.IsValid()) return result;
  return begin == end ? base::Span{span.file, span.begin, span.begin} : span;
}

base::Span Argument::SpanOf(std::string_view part) const {
  assert(part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size());
  const auto begin = static_cast<std::size_t>(part.data() - text.data());
  return SpanOf(begin, begin + part.size());
}

std::string Argument::Written(std::size_t begin, std::size_t end) const {
  std::string out;
  end = std::min(end, text.size());
  auto piece = FirstEndingAt(pieces, begin);
  for (std::size_t i = begin; i < end; ++i) {
    while (piece != pieces.end() && piece->begin + piece->size <= i) ++piece;
    if (!IsSymbol(text[i]))
      out += text[i];
    else if (piece != pieces.end() && piece->begin <= i)
      out += piece->written;
  }
  return out;
}

void AppendPart(Argument& to, const Argument& from, std::size_t begin, std::size_t end) {
  const auto shift = static_cast<std::uint32_t>(to.text.size());
  for (auto it = FirstEndingAt(from.pieces, begin); it != from.pieces.end() && it->begin < end;
       ++it) {
    const std::size_t first = std::max<std::size_t>(begin, it->begin);
    const std::size_t last = std::min<std::size_t>(end, it->begin + it->size);
    if (first >= last) continue;
    Piece piece = *it;
    piece.begin = shift + static_cast<std::uint32_t>(first - begin);
    piece.size = static_cast<std::uint32_t>(last - first);
    if (it->span.Size() == it->size && !it->origin.IsValid()) piece.span = from.SpanOf(first, last);
    to.pieces.push_back(std::move(piece));
  }
  to.text += from.text.substr(begin, end - begin);
}

Argument Argument::Literal(std::string text, base::Span span) {
  Argument argument;
  argument.span = span;
  if (!text.empty())
    argument.pieces.push_back({0, static_cast<std::uint32_t>(text.size()), span, {}, {}});
  argument.text = std::move(text);
  return argument;
}

}  // namespace cagelint::input
