#include <array>

#include "linter/cli/manual.h"
#include "linter/driver/config_keys.h"
#include "linter/driver/lint.h"

namespace cagelint::cli {
namespace {

using driver::ConfigKey;
using driver::KeyKind;

constexpr std::string_view kHead = R"(cagelint-config(5) "cagelint )" CAGELINT_VERSION
                                   R"(" "File Formats"

# NAME

cagelint-config - settings of a project for cagelint

# SYNOPSIS

_.cagelint.yaml_

# DESCRIPTION

A YAML file. For each file that is linted, the nearest one counts, from the folder of the file up to that of its repository. *cagelint init* writes a first one; *cagelint schema config* prints its JSON Schema.

A key, rule or value that is not known is an error with its place, and nothing is judged. What the command line says comes first, then the service (*x-cagelint* in a compose file), the project, the configuration.

# KEYS
)";

constexpr std::string_view kExample = R"(
# EXAMPLES

```
policy: agent
exclude: [vendor]
rules: {fat-image: off}
overrides:
  - files: [deploy/**]
    policy: service
```

# SEE ALSO

*cagelint*(1)
)";

// What stands behind a key.
std::string_view Form(KeyKind kind) {
  switch (kind) {
    case KeyKind::kText:
      return "a text";
    case KeyKind::kPolicy:
      return "the name of a policy, or a file";
    case KeyKind::kEngine:
      return "*auto*, *docker*, *podman*, *nerdctl*";
    case KeyKind::kFile:
      return "a path from the folder of this file";
    case KeyKind::kPatterns:
      return "a pattern, or a list of them";
    case KeyKind::kCarriers:
      return "the name of a format, or a list of them";
    case KeyKind::kRules:
      return "a mapping: rule to severity, or to its settings";
    case KeyKind::kReasons:
      return "a mapping: rule to reason";
    case KeyKind::kOverrides:
      return "a list of mappings";
  }
  return "";
}

std::string Keys(std::span<const ConfigKey> keys) {
  std::string out;
  for (const ConfigKey& key : keys)
    out += "\n*" + PageText(key.name) + "*: " + std::string(Form(key.kind)) + "\n\t" +
           PageText(key.meaning) + "\n";
  return out;
}

}  // namespace

std::string ConfigPage() {
  std::string policies;
  for (const std::string& name : driver::PolicyNames())
    policies += (policies.empty() ? "*" : ", *") + PageText(name) + "*";
  return std::string(kHead) + Keys(driver::ConfigKeys()) + "\n# OVERRIDES\n" +
         "\nAn item of *overrides* speaks of the containers that fit all it says; later ones "
         "win.\n" +
         Keys(driver::OverrideKeys()) + "\n# POLICIES\n\nBuilt in: " + policies +
         ". Another policy is a YAML file of its own (*--policy* _FILE_):\n" +
         Keys(driver::PolicyKeys()) + std::string(kExample);
}

}  // namespace cagelint::cli
