#include <algorithm>

#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "linter/driver/strict_yaml.h"

namespace cagelint::driver {
namespace {

constexpr std::string_view kPrefix = "rules/policies/";
constexpr std::string_view kSuffix = ".yaml";

using base::Error;

// A severity, or `{severity: warning, parameter: value}`. Says what is wrong, or "".
std::string SetRule(std::string_view rule, std::string_view value, engine::Policy& policy) {
  if (value.starts_with('{') && value.ends_with('}')) {
    for (const std::string_view entry : base::Split(value.substr(1, value.size() - 2), ',')) {
      const std::size_t colon = std::min(entry.find(':'), entry.size());
      const std::string name(base::Trim(entry.substr(0, colon)));
      const std::string_view text = base::Trim(entry.substr(std::min(colon + 1, entry.size())));
      if (name == "severity") {
        value = text;
      } else {
        policy.parameters[std::string(rule)][name].emplace_back(text);
      }
    }
  }
  const auto severity = diagnostic::SeverityNamed(value);
  if (!severity)
    return "unknown severity `" + std::string(value) + "` of `" + std::string(rule) + "`";
  policy.severities.emplace(rule, *severity);
  return "";
}

// The built-in policies are flat: `key: value` at the top, `rule: severity` under `rules:`. They
// are ours, checked by the tests, and read without a YAML parser so that every start is quick.
base::Result<engine::Policy> Parse(std::string_view name, std::string_view text) {
  engine::Policy policy;
  policy.name = name;
  policy.severities.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')));
  bool in_rules = false;
  for (const std::string_view line : base::Split(text, '\n')) {
    const std::string_view content = base::Trim(line.substr(0, line.find(" #")));
    if (content.empty() || content.starts_with('#')) continue;
    const std::size_t colon = content.find(':');
    if (colon == std::string_view::npos)
      return Error{"policy " + std::string(name) + ": not `key: value`: " + std::string(content)};
    const std::string_view key = content.substr(0, colon);
    const std::string_view value = base::Trim(content.substr(colon + 1));
    if (!line.starts_with(' ')) {
      in_rules = key == "rules";
      if (key == "description") policy.description = value;
      continue;
    }
    if (!in_rules) continue;
    if (const std::string wrong = SetRule(key, value, policy); !wrong.empty())
      return Error{"policy " + std::string(name) + ": " + wrong};
  }
  return policy;
}

}  // namespace

std::vector<std::string> PolicyNames() {
  std::vector<std::string> names;
  for (const std::string_view path : embedded::List(kPrefix))
    names.emplace_back(path.substr(kPrefix.size(), path.size() - kPrefix.size() - kSuffix.size()));
  return names;
}

base::Result<engine::Policy> LoadPolicy(std::string_view name) {
  const std::vector<std::string> names = PolicyNames();
  if (std::find(names.begin(), names.end(), name) == names.end()) {
    const std::vector<std::string_view> candidates(names.begin(), names.end());
    return Error{UnknownWord("policy", name, candidates)};
  }
  return Parse(name, embedded::Find(std::string(kPrefix) + std::string(name) + ".yaml"));
}

}  // namespace cagelint::driver
