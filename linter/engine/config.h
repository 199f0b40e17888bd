// What a project says about how it is linted. Plain data; the driver reads it.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/diagnostic/diagnostic.h"
#include "linter/engine/policy.h"
#include "linter/model/container.h"
#include "linter/model/suppression.h"

namespace cagelint::engine {

// What is said of one rule; what is not said stays as the policy has it.
struct RuleSetting {
  std::optional<diagnostic::Severity> severity;
  std::map<std::string, std::vector<std::string>, std::less<>> parameters;
};
using RuleSettings = std::map<std::string, RuleSetting, std::less<>>;

// Puts `settings` on top of what `policy` says.
void Apply(const RuleSettings& settings, Policy& policy);

// Settings for some of the inputs: those that fit all lists that are not empty.
struct Section {
  std::vector<std::string> files;       // patterns (base/glob.h) from the configuration's folder
  std::vector<std::string> containers;  // patterns of a service's or a container's name
  std::vector<std::string> carriers;
  std::shared_ptr<const Policy> policy;  // null where nothing is said
  RuleSettings rules;
  std::vector<model::Suppression> ignores;

  // `path` is relative to the folder of the configuration.
  bool FitsFile(std::string_view path, std::string_view carrier) const;
  // Also whether it fits a container; "" (no name, or the file as a whole) fits where no names are
  // asked for.
  bool FitsContainer(std::string_view name) const;
};

struct Config {
  std::string path;    // as it is shown
  std::string folder;  // absolute
  // The first holds for all inputs; of those behind it the later ones win.
  std::vector<Section> sections;
  std::vector<std::string> exclude;  // patterns
  std::optional<model::Engine> engine;
  std::string baseline;  // absolute; "" without one
};

}  // namespace cagelint::engine
