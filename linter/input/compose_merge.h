// How a compose file (or a service that extends another) is laid over what is there. Facts:
// compose-go 2.9.1, override/merge.go and override/uncity.go.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linter/input/compose_convert.h"
#include "linter/input/compose_value.h"

namespace cagelint::input::compose {

// What merging may cost in all, in copied entries: projects whose services all extend a huge one.
struct MergeBudget {
  std::int64_t left = 2'000'000;
};

// `over` laid over `base`; both are values at `path`. What cannot be merged is a problem, and
// `over` is taken. Lists are only appended: repeats are settled where they are read (KeepLast).
ValuePtr Merge(const ValuePtr& base, const ValuePtr& over, const Path& path, MergeBudget& budget,
               std::vector<Problem>& problems);

// `value` without what stands at `paths`; "*" in a path is not special.
ValuePtr WithoutPaths(const ValuePtr& value, const std::vector<Path>& paths);

// Drops what a later item with the same key replaces; the later one takes the earlier one's place.
template <typename T, typename KeyOf>
std::vector<T> KeepLast(std::vector<T> items, KeyOf key_of) {
  std::vector<T> kept;
  kept.reserve(items.size());
  std::unordered_map<std::string, std::size_t> at;
  for (T& item : items) {
    const auto [found, fresh] = at.emplace(key_of(item), kept.size());
    if (fresh) {
      kept.push_back(std::move(item));
    } else {
      kept[found->second] = std::move(item);
    }
  }
  return kept;
}

}  // namespace cagelint::input::compose
