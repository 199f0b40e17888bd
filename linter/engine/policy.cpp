#include "linter/engine/policy.h"

#include <algorithm>

namespace cagelint::engine {

bool Selection::Takes(std::string_view rule) const {
  const auto names = [&](const std::string& id) { return id == rule; };
  if (std::any_of(ignore.begin(), ignore.end(), names)) return false;
  return select.empty() || std::any_of(select.begin(), select.end(), names);
}

}  // namespace cagelint::engine
