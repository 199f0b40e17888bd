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
  for (std::string_view line : Split(text, '\n')) {
    line = Trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    std::vector<std::string> fields;
    fields.reserve(table.columns.size());
    if (!ParseCsvRecord(line, fields)) continue;
    if (table.columns.empty()) {
      table.columns = std::move(fields);
    } else {
      fields.resize(table.columns.size());
      table.rows.push_back(std::move(fields));
    }
  }
  return table;
}

}  // namespace cagelint::base
