#include "linter/lsp/text_document.h"

#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/lsp/surrogates.h"

namespace cagelint::lsp {
namespace {

// Bytes of the character at the begin of `rest`; a half counts as one character.
std::size_t SizeAt(std::string_view rest) {
  if (IsHighHalf(rest) || IsLowHalf(rest)) return 3;
  return base::DecodeUtf8(rest).size;
}

}  // namespace

TextDocument::TextDocument(std::string wtf8) { ReplaceAll(std::move(wtf8)); }

std::string TextDocument::Utf8() const { return WithoutHalves(bytes_); }

void TextDocument::ReplaceAll(std::string wtf8) {
  bytes_ = JoinHalves(wtf8);
  lines_.assign(1, 0);
  FindLines(0, bytes_.size(), lines_);
}

// Adds where lines begin of which the end's last byte stands in [begin, end).
void TextDocument::FindLines(std::size_t begin, std::size_t end,
                             std::vector<std::size_t>& out) const {
  for (std::size_t at = bytes_.find_first_of("\r\n", begin); at < end;
       at = bytes_.find_first_of("\r\n", at + 1)) {
    const bool is_half = bytes_[at] == '\r' && at + 1 < bytes_.size() && bytes_[at + 1] == '\n';
    if (!is_half) out.push_back(at + 1);
  }
}

std::size_t TextDocument::LineEnd(std::size_t line) const {
  if (line + 1 == lines_.size()) return bytes_.size();
  std::size_t end = lines_[line + 1] - 1;
  if (bytes_[end] == '\n' && end > lines_[line] && bytes_[end - 1] == '\r') --end;
  return end;
}

TextDocument::Place TextDocument::PlaceOf(LspPosition position, PositionEncoding encoding) const {
  if (position.line >= lines_.size()) return {bytes_.size(), false};
  const std::size_t end = LineEnd(position.line);
  std::size_t at = lines_[position.line];
  std::size_t units = 0;
  while (at < end && units < position.character) {
    const std::size_t size = SizeAt(std::string_view(bytes_).substr(at));
    std::size_t wide = 1;
    if (encoding == PositionEncoding::kUtf8) wide = size;
    if (encoding == PositionEncoding::kUtf16 && size == 4) wide = 2;
    if (units + wide > position.character) return {at, encoding == PositionEncoding::kUtf16};
    units += wide;
    at += size;
  }
  return {at, false};
}

std::size_t TextDocument::OffsetAt(LspPosition position, PositionEncoding encoding) const {
  return PlaceOf(position, encoding).offset;
}

void TextDocument::Replace(LspPosition begin, LspPosition end, std::string_view wtf8,
                           PositionEncoding encoding) {
  if (end < begin) std::swap(begin, end);
  Place from = PlaceOf(begin, encoding);
  Place to = PlaceOf(end, encoding);
  std::string middle(wtf8);
  if (from.is_inside)
    middle.insert(0,
                  HighHalf(base::DecodeUtf8(std::string_view(bytes_).substr(from.offset)).value));
  if (to.is_inside) {
    middle += LowHalf(base::DecodeUtf8(std::string_view(bytes_).substr(to.offset)).value);
    to.offset += 4;
  }
  // Halves on both sides may find theirs.
  const std::string_view bytes = bytes_;
  if (from.offset >= 3 && IsHighHalf(bytes.substr(from.offset - 3, 3))) {
    from.offset -= 3;
    middle.insert(0, bytes.substr(from.offset, 3));
  }
  if (IsLowHalf(bytes.substr(to.offset))) {
    middle += bytes.substr(to.offset, 3);
    to.offset += 3;
  }
  Splice(from.offset, to.offset, JoinHalves(middle));
}

void TextDocument::Splice(std::size_t begin, std::size_t end, std::string_view text) {
  // Lines up to the one that holds the byte in front stay: that may be a CR to which an LF comes.
  const auto kept = std::upper_bound(lines_.begin(), lines_.end(), begin == 0 ? 0 : begin - 1);
  const auto rest = std::upper_bound(lines_.begin(), lines_.end(), end);
  std::vector<std::size_t> tail(rest, lines_.end());
  lines_.erase(kept, lines_.end());
  bytes_.replace(begin, end - begin, text);
  const std::size_t now = begin + text.size();
  FindLines(lines_.back(), now, lines_);
  for (const std::size_t line : tail) lines_.push_back(line - end + now);
}

}  // namespace cagelint::lsp
