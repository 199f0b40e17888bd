#include "linter/base/source_map.h"

#include <algorithm>

namespace cagelint::base {

SourceMap SourceMap::Identity(FileId file, std::uint32_t outer_begin) {
  SourceMap map(file);
  const std::uint32_t size = UINT32_MAX - outer_begin;
  map.Append(size, outer_begin, outer_begin + size);
  return map;
}

void SourceMap::Append(std::uint32_t size, std::uint32_t outer_begin, std::uint32_t outer_end,
                       bool is_whole) {
  if (size == 0) return;
  segments_.push_back({length_, size, outer_begin, outer_end, is_whole});
  length_ += size;
}

void SourceMap::AppendSlice(const SourceMap& from, std::uint32_t begin, std::uint32_t end) {
  for (const Segment* segment = from.At(begin); begin < end && segment != nullptr;
       segment = from.At(begin)) {
    const std::uint32_t inside = begin - segment->inner;
    if (inside >= segment->size) return;
    const std::uint32_t size = std::min(segment->size - inside, end - begin);
    if (IsExact(*segment))
      Append(size, segment->outer_begin + inside, segment->outer_begin + inside + size);
    else
      Append(size, segment->outer_begin, segment->outer_end, true);
    begin += size;
  }
}

const SourceMap::Segment* SourceMap::At(std::uint32_t inner) const {
  const auto next =
      std::upper_bound(segments_.begin(), segments_.end(), inner,
                       [](std::uint32_t at, const Segment& segment) { return at < segment.inner; });
  return next == segments_.begin() ? nullptr : &*std::prev(next);
}

std::uint32_t SourceMap::BeginOf(std::uint32_t inner) const {
  const Segment* segment = At(inner);
  if (segment == nullptr) return outer_begin_;
  if (inner >= segment->inner + segment->size) return segment->outer_end;
  return IsExact(*segment) ? segment->outer_begin + (inner - segment->inner) : segment->outer_begin;
}

std::uint32_t SourceMap::EndBefore(std::uint32_t inner) const {
  const Segment* segment = inner == 0 ? nullptr : At(inner - 1);
  if (segment == nullptr) return BeginOf(0);
  const std::uint32_t inside = inner - segment->inner;
  return IsExact(*segment) && inside <= segment->size ? segment->outer_begin + inside
                                                      : segment->outer_end;
}

bool SourceMap::IsBoundary(std::uint32_t inner) const {
  const Segment* segment = At(inner);
  return segment == nullptr || IsExact(*segment) || inner == segment->inner ||
         inner >= segment->inner + segment->size;
}

Span SourceMap::ToOuter(std::uint32_t begin, std::uint32_t end) const {
  // Most texts are a whole file.
  if (segments_.size() == 1 && IsExact(segments_.front()) && begin < end && end <= length_)
    return {file_, segments_.front().outer_begin + begin, segments_.front().outer_begin + end};
  const std::uint32_t first = BeginOf(begin);
  if (end <= begin) return {file_, first, first};
  // Where a text is put together in another order than that of the file: the place of its first
  // piece.
  const std::uint32_t last = EndBefore(end);
  const Segment* segment = At(begin);
  if (last > first || segment == nullptr)
    return {file_, first, std::max({first, last, EndBefore(begin + 1)})};
  return {file_, first, std::max(first, EndBefore(std::min(end, segment->inner + segment->size)))};
}

}  // namespace cagelint::base
