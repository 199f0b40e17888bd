#include "linter/base/source_map.h"

#include <algorithm>

namespace cagelint::base {

SourceMap SourceMap::Identity(FileId file, std::uint32_t outer_begin) {
  SourceMap map(file);
  const std::uint32_t size = UINT32_MAX - outer_begin;
  map.Append(size, outer_begin, outer_begin + size);
  return map;
}

void SourceMap::Append(std::uint32_t size, std::uint32_t outer_begin, std::uint32_t outer_end) {
  if (size == 0) return;
  segments_.push_back({length_, size, outer_begin, outer_end});
  length_ += size;
}

const SourceMap::Segment* SourceMap::At(std::uint32_t inner) const {
  const auto next =
      std::upper_bound(segments_.begin(), segments_.end(), inner,
                       [](std::uint32_t at, const Segment& segment) { return at < segment.inner; });
  return next == segments_.begin() ? nullptr : &*std::prev(next);
}

std::uint32_t SourceMap::Begin(std::uint32_t inner) const {
  const Segment* segment = At(inner);
  if (segment == nullptr) return 0;
  if (inner >= segment->inner + segment->size) return segment->outer_end;
  if (segment->outer_end - segment->outer_begin != segment->size) return segment->outer_begin;
  return segment->outer_begin + (inner - segment->inner);
}

Span SourceMap::ToOuter(std::uint32_t begin, std::uint32_t end) const {
  const std::uint32_t first = Begin(begin);
  if (end <= begin) return {file_, first, first};
  const Segment* last = At(end - 1);
  if (last == nullptr) return {file_, first, first};
  const bool exact = last->outer_end - last->outer_begin == last->size;
  const std::uint32_t inside = end - 1 - last->inner;
  const std::uint32_t outer_end =
      exact && inside < last->size ? last->outer_begin + inside + 1 : last->outer_end;
  return {file_, first, std::max(first, outer_end)};
}

}  // namespace cagelint::base
