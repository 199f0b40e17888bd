// The rules of a profile as libseccomp 2.5.4 combines them, by ABI and number.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "linter/seccomp/abi.h"
#include "linter/seccomp/judgement.h"
#include "linter/seccomp/resolve.h"

namespace cagelint::seccomp {

using Arguments = std::array<std::uint64_t, 6>;

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
  std::vector<CallRule> conditional;  // in file order
};

struct AbiFilter {
  const Abi* abi = nullptr;
  std::unordered_map<int, CallRules> calls;
  // The runtime answers ENOSYS above this number, before the filter is asked; -1: it does not.
  int largest = -1;
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
// rule: the same condition with two actions (-EEXIST).
bool BuildFilter(const Resolved& resolved, const Environment& environment, Filter& filter,
                 Resolved& failure);

// Whether all comparisons of `rule` hold.
bool Matches(const CallRule& rule, const Abi& abi, const Arguments& arguments);

// A step on the way through libseccomp's tree: one comparison of a 32-bit half of an argument.
struct Step {
  // What the comparison that it belongs to asks for: this orders the steps of one level.
  enum class Side : std::uint8_t { kEqual, kLess, kGreater };
  unsigned argument = 0;
  bool low = false;
  Operator op = Operator::kEq;  // kEq, kGe, kGt: the only ones that the tree has
  std::uint32_t mask = UINT32_MAX;
  std::uint32_t datum = 0;
  bool holds = true;  // the branch that is taken
  Side side = Side::kEqual;
  std::uint64_t whole = 0;  // the datum of both halves
};

// The steps that `rule`, which matches `arguments`, takes for them.
std::vector<Step> PathOf(const CallRule& rule, const Abi& abi, const Arguments& arguments);

// Whether libseccomp comes to the end of `a` before that of `b`, whose rule was added later.
bool Before(const std::vector<Step>& a, const std::vector<Step>& b);

}  // namespace cagelint::seccomp
