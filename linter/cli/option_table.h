// What the commands take, as data: for completions and the manual.
#pragma once

#include <vector>

#include "linter/cli/option_set.h"

namespace cagelint::cli {

// The commands that --help shows, in its order.
std::vector<CommandRow> OptionTable();

}  // namespace cagelint::cli
