// A summary in Markdown that is no longer than it may be.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "linter/engine/report.h"
#include "linter/output/writers.h"

namespace cagelint::output {

// What a summary begins with.
inline constexpr std::string_view kMarkdownHead = "### cagelint: ";

// At most `limit` bytes, at least 2,000; what is left out is counted.
std::string MarkdownSummary(const engine::Report& report, std::size_t limit,
                            const WriterOptions& options = {});

}  // namespace cagelint::output
