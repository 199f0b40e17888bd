#include "linter/engine/config.h"

#include <algorithm>

#include "linter/base/glob.h"

namespace cagelint::engine {

void Apply(const RuleSettings& settings, Policy& policy) {
  for (const auto& [rule, setting] : settings) {
    if (setting.severity) policy.severities[rule] = *setting.severity;
    for (const auto& [name, values] : setting.parameters) policy.parameters[rule][name] = values;
  }
}

bool Section::FitsFile(std::string_view path, std::string_view carrier) const {
  const bool fits = std::any_of(files.begin(), files.end(), [&](const std::string& pattern) {
    return base::MatchesGlob(pattern, path);
  });
  const bool carried = std::find(carriers.begin(), carriers.end(), carrier) != carriers.end();
  return (files.empty() || fits) && (carriers.empty() || carried);
}

bool Section::FitsContainer(std::string_view name) const {
  if (containers.empty()) return true;
  return !name.empty() &&
         std::any_of(containers.begin(), containers.end(),
                     [&](const std::string& pattern) { return base::MatchesName(pattern, name); });
}

}  // namespace cagelint::engine
