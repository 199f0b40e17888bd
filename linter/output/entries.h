// Findings and gaps as one list, for formats that have one shape for both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/engine/report.h"

namespace cagelint::output {

// Exactly one of the two is set; both belong to the report.
struct Entry {
  const diagnostic::Diagnostic* finding = nullptr;
  const diagnostic::Gap* gap = nullptr;

  const base::Span& Span() const { return finding != nullptr ? finding->span : gap->span; }
  // Of a gap: an error where the program that reads it refuses the input, otherwise a warning.
  diagnostic::Severity Severity() const;
  // The rule, or the kind of the gap.
  const std::string& Code() const { return finding != nullptr ? finding->rule : gap->kind; }
  // What it says, escaped, on one line; without what to do.
  std::string Message() const;
  // The file, not escaped.
  const std::string& Path(const base::SourceSet& sources) const;
  // "network-access in service `web`", escaped.
  std::string Title() const;
};

// In the order of the report, the gaps behind the findings.
enum class Suppression : std::uint8_t { kLeftOut, kKept };
std::vector<Entry> EntriesOf(const engine::Report& report, Suppression suppression);

// The same, errors first and otherwise in their order.
void SortWorstFirst(std::vector<Entry>& entries);

// Those of one file, in their order; the files sorted by path.
struct FileEntries {
  std::string path;  // not escaped
  std::vector<Entry> entries;
};
std::vector<FileEntries> ByFile(const std::vector<Entry>& entries, const base::SourceSet& sources);

// Both ends of a span that is valid, as people count: from 1, columns in code points, the last one
// behind what is meant.
struct Range {
  base::Position begin;
  base::Position end;
};
std::optional<Range> RangeOf(const base::Span& span, const base::SourceSet& sources);

// False for what was read from the command line or from standard input: "<stdin>".
bool NamesFile(std::string_view path);

}  // namespace cagelint::output
