// Parts of the page that shows a report.
#pragma once

#include <string>
#include <string_view>

#include "linter/base/source.h"
#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::output {

// A message, escaped and cut as Printable does it, with what stands in backticks as <code>.
std::string HtmlMessage(std::string_view message);

// The first and the last line of a valid span with their numbers, and what is meant as
// <mark class="kind">.
std::string HtmlSource(const base::SourceSet& sources, const base::Span& span,
                       std::string_view kind);

// The sources in quotes that a Content-Security-Policy allows `text` by: 'sha256-…'.
std::string ContentHash(std::string_view text);

}  // namespace cagelint::output
