#include "linter/input/yaml_before.h"

#include <utility>

#include "linter/syntax/yaml.h"

namespace cagelint::input {

syntax::Tree ParseBefore(const base::Source& source, std::span<const std::size_t> cuts) {
  constexpr std::size_t kMostBytes = std::size_t{4} << 20;
  syntax::Tree best;
  // A part parses up to the error and not beyond it: the last one that does is found by halving.
  std::size_t low = 0, high = cuts.size();
  for (std::size_t parsed = 0; low < high && parsed < kMostBytes;) {
    const std::size_t middle = low + (high - low) / 2;
    parsed += cuts[middle] + 1;
    syntax::Tree tree = syntax::ParseYaml(source.Bytes().substr(0, cuts[middle]), source.Id());
    if (tree.errors.empty()) {
      best = std::move(tree);
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return best;
}

}  // namespace cagelint::input
