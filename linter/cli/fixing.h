// What fix and harden share.
#pragma once

#include "linter/driver/fix.h"

namespace cagelint::cli {

// Says which fixes were left out, and which findings stay though a fix is known (the first twenty),
// and why.
void SayLeftOut(const driver::Fixing& fixing);

}  // namespace cagelint::cli
