// The loop behind Fix: all inputs of a request together.
#pragma once

#include "linter/driver/fix.h"

namespace cagelint::driver {

// As Fix, and bounded for all inputs together: what one of them needs is not left for another.
Fixing FixTogether(const Request& request, const base::FileSystem& files,
                   const FixOptions& options);

// What a change is judged by: `request` for all rules, everything for itself.
Request Unfolded(const Request& request);

// Counts `safe_left` and `unsafe_left` from `after`.
void CountLeft(Fixing& fixing);

}  // namespace cagelint::driver
