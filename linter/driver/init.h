// A first configuration, made from what stands in a tree.
#pragma once

#include <string>

#include "linter/driver/lint.h"

namespace cagelint::driver {

// The text of a commented configuration for what `outcome` read: each input with the policy that is
// proposed for it, and why. Nothing is suppressed in it. Paths are those of the outcome: it is for
// the working directory.
std::string InitialConfig(const Outcome& outcome);

}  // namespace cagelint::driver
