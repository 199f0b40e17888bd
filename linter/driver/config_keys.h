// The keys of a configuration file and of a policy file: read, checked and published as a schema
// from one table.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cagelint::driver {

enum class KeyKind : std::uint8_t {
  kText,
  kPolicy,     // the name of a policy that is built in, or a file
  kEngine,     // auto, docker, podman, nerdctl
  kFile,       // a path from the folder of the file
  kPatterns,   // a text or a list of them
  kCarriers,   // a name or a list of them
  kRules,      // rule → severity, or a mapping of severity and parameters
  kReasons,    // rule → reason
  kOverrides,  // a list of mappings with the keys of OverrideKeys()
};

struct ConfigKey {
  std::string_view name;
  KeyKind kind;
  std::string_view meaning;  // one line, for the schema and for `cagelint init`
};

std::span<const ConfigKey> ConfigKeys();    // of .cagelint.yaml
std::span<const ConfigKey> OverrideKeys();  // of an item of its `overrides`
std::span<const ConfigKey> PolicyKeys();    // of a policy file

// What a configuration file is called.
inline constexpr std::string_view kConfigName = ".cagelint.yaml";

}  // namespace cagelint::driver
