// Lints a fixture, and says where the outcome differs from what it expects.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/driver/lint.h"
#include "tests/support/fixture.h"

namespace cagelint::test {

// What a fixture asks to be linted, as the program would be asked. Mistakes in its `config` lines
// go to `errors`.
driver::Request RequestOf(const Fixture& fixture, std::vector<std::string>& errors);

// The virtual files, the first one being `first` bytes long.
base::FileSystem FilesOf(const Fixture& fixture, std::size_t first = std::string::npos);

// Makes each fix of each finding alone, and lints again by all rules. A line for each that has
// edits outside of a file or across characters, leaves its finding there, or makes something worse.
std::vector<std::string> BrokenFixes(const driver::Request& request, const base::FileSystem& files);

// The first file after all fixes.
std::string FixedBytes(const Fixture& fixture, const driver::Request& request);

// Every difference between what was found and what is expected, both ways, a line each; findings
// below `least` count only where they are expected.
std::vector<std::string> Differences(const Fixture& fixture, const driver::Outcome& outcome,
                                     diagnostic::Severity least = diagnostic::Severity::kInfo);

// What holds for every report whatever the input: spans stand in their file, are not empty (but
// those of gaps) and on UTF-8 boundaries; UTF-16 columns lead back to the same byte; messages are
// not empty. A line each for what does not hold.
std::vector<std::string> BrokenPromises(const engine::Report& report);

// Lets every output format write the report, plain and coloured, twice. A line for each that gives
// nothing, no final newline, other bytes the second time, or bytes that a terminal would obey.
std::vector<std::string> BrokenWriters(const engine::Report& report);

// All of a report, as text: equal texts are equal reports.
std::string Dump(const engine::Report& report);

// How a fixture would expect `finding`, seen from byte `from` of its file.
std::string ExpectLine(const Fixture& fixture, const engine::Report& report,
                       const diagnostic::Diagnostic& finding, std::size_t from);

// "line 3, column 5" of the fixture itself, for a place in one of its files.
std::string WhereIn(const Fixture& fixture, const Range& range);

// `span` with its file's name; file names of a fixture are unique.
Range RangeOf(const engine::Report& report, const base::Span& span);

}  // namespace cagelint::test
