// The system calls that a profile should keep out, by the rule that says so.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "linter/seccomp/judgement.h"

namespace cagelint::seccomp {

// A row of rules/data/syscalls.csv, which says what stands in it and where it comes from.
struct Danger {
  std::string rule;
  std::string call;
  std::string needs;  // a capability; "" for none
  std::string does;
  bool minor = false;
  std::vector<std::string> cves;
  Demand demand;
  std::vector<std::uint64_t> values;  // what demand.values points to
};

// In the order of the table. Lives as long as the program.
const std::vector<Danger>& Dangers();

// The capabilities that some call of the table needs.
const std::set<std::string_view>& NeededCapabilities();

// As Exposed: the calls of `rule` that the container's capabilities let the program make.
std::vector<Exposure> ExposedFor(const Judgement& judgement, std::string_view rule);

}  // namespace cagelint::seccomp
