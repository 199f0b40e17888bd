// What words mean that stand in configurations: tables of rules/data, for those who point at one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/model/container.h"

namespace cagelint::lsp {

struct Meaning {
  std::string name;      // "--cap-add", "cap_add", "CAP_SYS_ADMIN", "mount"
  std::string kind;      // "flag", "key", "capability", "system call"
  std::string does;      // a sentence without a subject and a full stop
  std::string fallback;  // what the engine does where nothing is said; "" where that means nothing
  std::vector<std::string> rules;  // that speak about it
};

// `word` is a long flag of docker run with its dashes, or a short one ("-v").
std::optional<Meaning> MeaningOfFlag(std::string_view word);
// A key of a service in Compose.
std::optional<Meaning> MeaningOfKey(std::string_view word);
// With `CAP_` or without, in capitals or not.
std::optional<Meaning> MeaningOfCapability(std::string_view word, model::Engine engine);
// A call that Linux has on some architecture.
std::optional<Meaning> MeaningOfCall(std::string_view word);

}  // namespace cagelint::lsp
