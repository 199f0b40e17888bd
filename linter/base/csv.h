// The tables under rules/data: one record a line, comma separated, RFC 4180 quotes within a line,
// `#` begins a comment line, the first other line names the columns.
#pragma once

#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cagelint::base {

struct CsvTable {
  using Row = std::span<const std::string_view>;

  std::vector<std::string_view> columns;
  std::vector<Row> rows;  // each as long as `columns`

  CsvTable() = default;
  CsvTable(CsvTable&&) = default;  // rows are views into the cells
  CsvTable& operator=(CsvTable&&) = default;

  // Index of a column. It is a bug to ask for one that is not there: asserted.
  std::size_t Column(std::string_view name) const;

 private:
  friend CsvTable ParseCsv(std::string_view text);

  std::vector<std::string_view> cells_;
  std::deque<std::string> unquoted_;
};

// Parses a table, which must outlive what is returned. A short row is padded with empty fields;
// further fields are dropped.
CsvTable ParseCsv(std::string_view text);

// One record as Go's encoding/csv reads it (docker's --mount, --gpus, --network): fields split at
// commas, a field that begins with `"` runs to its closing quote, `""` inside stands for one.
// Returns false for a bare quote in an unquoted field, or text behind a closing quote.
bool ParseCsvRecord(std::string_view line, std::vector<std::string>& fields);

}  // namespace cagelint::base
