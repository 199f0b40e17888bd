// The rules of a profile as libseccomp combines them, by ABI and number.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "linter/seccomp/abi.h"
#include "linter/seccomp/judgement.h"
#include "linter/seccomp/resolve.h"
#include "linter/seccomp/tree.h"

namespace cagelint::seccomp {

// A rule for one call on one ABI.
struct CallRule {
  const model::Word* name = nullptr;
  const model::SeccompEntry* entry = nullptr;
  Action action;
  std::vector<Comparison> comparisons;  // sorted by argument; at most one for each
};

// All rules for one call on one ABI.
struct CallRules {
  // The first rule without a condition hides every other one.
  std::optional<CallRule> always;
  // In file order, without repeats; whose action is taken where several hold, the tree knows.
  std::vector<CallRule> conditional;
  Tree tree;
};

struct AbiFilter {
  const Abi* abi = nullptr;
  std::unordered_map<int, CallRules> calls;
  // The runtime answers ENOSYS above this number, before the filter is asked; -1: it does not.
  int largest = -1;
  // libseccomp's filter does not look at the number of the call: all fall to the default action.
  bool blind = false;
};

struct Filter {
  std::vector<AbiFilter> abis;  // the native one first
  Action default_action;
  base::Span default_span;
  bool has_stub = false;
  bool knows_newer = false;  // calls that libseccomp 2.5.4 has no name for

  const AbiFilter* On(const Abi& abi) const;
};

// Fills `filter` with the rules of `resolved`. False with the reason when libseccomp refuses a
// rule: what it asks for has another action already (-EEXIST).
bool BuildFilter(const Resolved& resolved, const Environment& environment, Filter& filter,
                 Resolved& failure);

// Whether all comparisons of `rule` hold.
bool Matches(const CallRule& rule, const Abi& abi, const Arguments& arguments);

}  // namespace cagelint::seccomp
