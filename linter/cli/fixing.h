// What fix and harden share.
#pragma once

#include <string>
#include <string_view>

#include "linter/driver/fix.h"

namespace cagelint::cli {

// Says which fixes were left out, and which findings stay though a fix is known (the first twenty),
// and why.
void SayLeftOut(const driver::Fixing& fixing);

// "3 files", "1 fix".
std::string Counted(std::size_t n, std::string_view one, std::string_view many);

}  // namespace cagelint::cli
