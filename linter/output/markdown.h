// A summary in Markdown that is no longer than it may be.
#pragma once

#include <cstddef>
#include <string>

#include "linter/engine/report.h"

namespace cagelint::output {

// At most `limit` bytes, at least 2,000; what is left out is counted.
std::string MarkdownSummary(const engine::Report& report, std::size_t limit);

}  // namespace cagelint::output
