// The normalised model as JSON: what the linter understood, with places.
#pragma once

#include <string>

#include "linter/driver/lint.h"

namespace cagelint::driver {

// The document of `cagelint model`, indented by two, with a final newline. A setting that the
// author did not write is left out. Never throws; bytes that are not UTF-8 become U+FFFD.
std::string ModelJson(const Outcome& outcome);

}  // namespace cagelint::driver
