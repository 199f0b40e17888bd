// The tables under rules/data: one record a line, comma separated, RFC 4180 quotes within a line,
// `#` begins a comment line, the first other line names the columns.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cagelint::base {

struct CsvTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  // each as long as `columns`

  // Index of a column. It is a bug to ask for one that is not there: asserted.
  std::size_t Column(std::string_view name) const;
};

// Parses a table. A short row is padded with empty fields; further fields are dropped.
CsvTable ParseCsv(std::string_view text);

// One record as Go's encoding/csv reads it (docker's --mount, --gpus, --network): fields split at
// commas, a field that begins with `"` runs to its closing quote, `""` inside stands for one.
// Returns false for a bare quote in an unquoted field, or text behind a closing quote.
bool ParseCsvRecord(std::string_view line, std::vector<std::string>& fields);

}  // namespace cagelint::base
