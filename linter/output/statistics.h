// How often what was found where: `--statistics`.
#pragma once

#include <string>

#include "linter/engine/report.h"

namespace cagelint::output {

// Three tables (rules, files, containers), the most frequent first; what is suppressed is not
// counted. Safe to print.
std::string StatisticsText(const engine::Report& report);

}  // namespace cagelint::output
