// Several conditions on one argument of an entry.
#pragma once

#include <vector>

#include "linter/seccomp/filter.h"
#include "linter/seccomp/flaws.h"

namespace cagelint::seccomp {

// Adds a flaw for each entry that lets a call through, has several conditions on one argument, and
// so lets arguments through that it reads as if it kept out. Not those whose conditions together
// hold always: AddConditionFlaws says so.
void AddRepeatedIndexFlaws(const Filter& filter, const model::SeccompProfile& profile,
                           std::vector<Flaw>& out);

}  // namespace cagelint::seccomp
