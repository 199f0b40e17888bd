// What follows from another finding is a label of that, so that one cause is one finding.
#pragma once

#include <vector>

#include "linter/diagnostic/diagnostic.h"

namespace cagelint::engine {

// Takes out of `findings` those about something absent that another finding about the same
// container already says: under `privileged` a missing `cap_drop` changes nothing. What the author
// wrote is always kept, and so is what somebody suppressed.
void Fold(std::vector<diagnostic::Diagnostic>& findings);

}  // namespace cagelint::engine
