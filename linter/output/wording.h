// Sentences that formats for people have in common.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "linter/engine/report.h"
#include "linter/output/snippet.h"

namespace cagelint::output {

// "1 file", "2 files".
std::string Counted(std::size_t n, std::string_view one, std::string_view many);

// "2 errors, 1 warning"; what is zero is left out unless `all`.
std::string Counts(std::size_t errors, std::size_t warnings, std::size_t infos, bool all);

// What a gap says, escaped.
std::string GapMessage(const diagnostic::Gap& gap);

// "fixed: RULE in FILE (CONTAINER), 2 times", escaped, without the first word.
std::string FixedText(const engine::BaselineEntry& entry);

// The line that ends a report, escaped, without its line end.
std::string SummaryLine(const engine::Report& report, const Painter& painter);

// The runner of GitHub Actions carries out `##[command]` wherever it stands in a line of a log.
// `line` so that it reads no command in it.
std::string WithoutRunnerCommands(std::string line);

}  // namespace cagelint::output
