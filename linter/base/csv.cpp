#include "linter/base/csv.h"

#include <algorithm>
#include <cassert>

#include "linter/base/text.h"

namespace cagelint::base {
namespace {

// Reads a quoted field; `at` stands behind the opening quote and ends behind the closing one.
bool ReadQuoted(std::string_view line, std::size_t& at, std::string& field) {
  while (at < line.size()) {
    if (line[at] != '"') {
      field += line[at++];
    } else if (at + 1 < line.size() && line[at + 1] == '"') {
      field += '"';
      at += 2;
    } else {
      ++at;
      return at == line.size() || line[at] == ',';
    }
  }
  return false;
}

}  // namespace

bool ParseCsvRecord(std::string_view line, std::vector<std::string>& fields) {
  fields.clear();
  for (std::size_t at = 0;;) {
    std::string field;
    if (at < line.size() && line[at] == '"') {
      ++at;
      if (!ReadQuoted(line, at, field)) return false;
    } else {
      const std::size_t end = std::min(line.find(',', at), line.size());
      field = line.substr(at, end - at);
      if (field.find('"') != std::string::npos) return false;
      at = end;
    }
    fields.push_back(std::move(field));
    if (at >= line.size()) return true;
    ++at;
  }
}

std::size_t CsvTable::Column(std::string_view name) const {
  const auto found = std::find(columns.begin(), columns.end(), name);
  assert(found != columns.end());
  return static_cast<std::size_t>(found - columns.begin());
}

CsvTable ParseCsv(std::string_view text) {
  CsvTable table;
  std::vector<std::string> fields;
  std::vector<std::string_view> cells;
  // An upper bound of both, so that nothing grows.
  table.cells_.reserve(static_cast<std::size_t>(std::count(text.begin(), text.end(), ',') +
                                                std::count(text.begin(), text.end(), '\n')) +
                       1);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    cells.clear();
    if (line.find('"') != std::string_view::npos) {
      if (!ParseCsvRecord(line, fields)) continue;
      for (std::string& field : fields)
        cells.push_back(table.unquoted_.emplace_back(std::move(field)));
    } else {
      for (std::size_t at = 0; at <= line.size();) {
        const std::size_t comma = std::min(line.find(',', at), line.size());
        cells.push_back(line.substr(at, comma - at));
        at = comma + 1;
      }
    }
    if (table.columns.empty()) {
      table.columns = cells;
    } else {
      cells.resize(table.columns.size());
      table.cells_.insert(table.cells_.end(), cells.begin(), cells.end());
    }
  }
  const std::span<const std::string_view> all(table.cells_);
  const std::size_t width = table.columns.size();
  for (std::size_t at = 0; at < all.size(); at += width)
    table.rows.push_back(all.subspan(at, width));
  return table;
}

}  // namespace cagelint::base
