// Conditions of entries that are always or never true, or never asked.
#pragma once

#include <unordered_set>
#include <vector>

#include "linter/seccomp/filter.h"
#include "linter/seccomp/flaws.h"

namespace cagelint::seccomp {

// Adds a flaw for each such condition of an entry that takes effect: one with a name in
// `effective`.
void AddConditionFlaws(const Filter& filter, const Resolved& resolved,
                       const std::unordered_set<const model::Word*>& effective,
                       std::vector<Flaw>& out);

// Adds a flaw for each denial with a condition whose arguments all meet another entry before it,
// which lets them through. Only where all conditions on the call compare one argument by its size.
void AddOutranked(const Filter& filter, std::vector<Flaw>& out);

// Whether one of `alternatives`, comparisons of one argument, holds for every value on `abi`. May
// say no where several masks together cover all values.
bool AlwaysTogether(const std::vector<Comparison>& alternatives, const Abi& abi);

}  // namespace cagelint::seccomp
