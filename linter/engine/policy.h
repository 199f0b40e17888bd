// Which rules count, and how much. A policy holds no logic.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "linter/diagnostic/diagnostic.h"

namespace cagelint::engine {

// Of ids, looked up by parts of other texts.
struct IdHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view id) const { return std::hash<std::string_view>()(id); }
};

struct Policy {
  std::string name;
  std::string description;
  // By rule id. A rule that is not named is off.
  std::unordered_map<std::string, diagnostic::Severity, IdHash, std::equal_to<>> severities;
  // By rule id, then by parameter.
  std::map<std::string, std::map<std::string, std::vector<std::string>, std::less<>>, std::less<>>
      parameters;

  diagnostic::Severity SeverityOf(std::string_view rule) const {
    const auto found = severities.find(rule);
    return found == severities.end() ? diagnostic::Severity::kOff : found->second;
  }
};

// What the user asked for on top of the policy.
struct Selection {
  std::vector<std::string> select;  // rule ids; empty: all
  std::vector<std::string> ignore;
  diagnostic::Severity min_severity = diagnostic::Severity::kInfo;

  bool Takes(std::string_view rule) const;
};

}  // namespace cagelint::engine
