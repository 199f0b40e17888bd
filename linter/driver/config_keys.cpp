#include "linter/driver/config_keys.h"

namespace cagelint::driver {
namespace {

constexpr ConfigKey kPolicy{"policy", KeyKind::kPolicy,
                            "agent, service, baseline, cis-docker, or a policy file"};
constexpr ConfigKey kRules{"rules", KeyKind::kRules,
                           "a severity for a rule, or a mapping of severity and parameters"};
constexpr ConfigKey kIgnore{"ignore", KeyKind::kReasons,
                            "rules of which no finding counts, with the reason"};

constexpr ConfigKey kConfig[] = {
    kPolicy,
    {"engine", KeyKind::kEngine, "what runs the containers: auto, docker, podman, nerdctl"},
    {"exclude", KeyKind::kPatterns, "files and folders that a walk passes by"},
    {"baseline", KeyKind::kFile, "recorded findings, which fail nothing"},
    kRules,
    kIgnore,
    {"overrides", KeyKind::kOverrides, "other settings for some files, containers or carriers"},
};

constexpr ConfigKey kOverride[] = {
    {"files", KeyKind::kPatterns, "patterns of paths from the folder of this file"},
    {"containers", KeyKind::kPatterns, "patterns of the names of services and containers"},
    {"carriers", KeyKind::kCarriers,
     "what `check --list` says that a file is: shell, compose, markdown, mcp …"},
    kPolicy,
    kRules,
    kIgnore,
};

constexpr ConfigKey kPolicyFile[] = {
    {"extends", KeyKind::kPolicy, "the policy that this one begins with"},
    {"description", KeyKind::kText, "whom it is for"},
    kRules,
};

}  // namespace

std::span<const ConfigKey> ConfigKeys() { return kConfig; }
std::span<const ConfigKey> OverrideKeys() { return kOverride; }
std::span<const ConfigKey> PolicyKeys() { return kPolicyFile; }

}  // namespace cagelint::driver
