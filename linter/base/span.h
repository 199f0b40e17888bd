// A place in a source file.
#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace cagelint::base {

// Index of a file in its SourceSet.
using FileId = std::uint32_t;
inline constexpr FileId kNoFile = UINT32_MAX;

// Half-open range of bytes, [begin, end), counted from 0 in the bytes of `file` as they are on
// disk. Lines, columns and UTF-16 units exist only in Source, output/ and lsp/.
struct Span {
  FileId file = kNoFile;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  // False for a place that does not exist in any file (a value the author did not write).
  bool IsValid() const { return file != kNoFile; }
  bool IsEmpty() const { return begin == end; }
  std::uint32_t Size() const { return end - begin; }
  bool Contains(const Span& other) const {
    return file == other.file && begin <= other.begin && other.end <= end;
  }
  bool Overlaps(const Span& other) const {
    return file == other.file && begin < other.end && other.begin < end;
  }
  auto operator<=>(const Span&) const = default;
};

// The smallest span that holds both. An invalid span is the neutral element; spans of different
// files give `a`.
inline Span Cover(const Span& a, const Span& b) {
  if (!a.IsValid()) return b;
  if (!b.IsValid() || a.file != b.file) return a;
  return {a.file, std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

}  // namespace cagelint::base
