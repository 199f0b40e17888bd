#include "linter/base/csv.h"

#include <algorithm>
#include <cassert>
#include <utility>

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

// As ParseCsvRecord, for a line in which no field holds a quote: no copy is made. Adds to `fields`;
// false where the line is not one of these.
bool SplitLine(std::string_view line, std::vector<std::string_view>& fields) {
  const char* at = line.data();
  const char* const end = at + line.size();
  // Most lines have none. Fields are too short for a search to be quicker than a look at each byte.
  if (line.find('"') == std::string_view::npos) {
    for (const char* begin = at;; ++at) {
      if (at != end && *at != ',') continue;
      fields.emplace_back(begin, static_cast<std::size_t>(at - begin));
      if (at == end) return true;
      begin = at + 1;
    }
  }
  for (;; ++at) {
    const char* begin = at;
    if (at != end && *at == '"') {
      ++begin;
      for (++at; at != end && *at != '"';) ++at;
      if (at == end) return false;
      fields.emplace_back(begin, static_cast<std::size_t>(at - begin));
      ++at;
      if (at != end && *at != ',') return false;
    } else {
      for (; at != end && *at != ','; ++at)
        if (*at == '"') return false;
      fields.emplace_back(begin, static_cast<std::size_t>(at - begin));
    }
    if (at == end) return true;
  }
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
  constexpr std::size_t kBytesOfAField = 8;  // about
  CsvTable table;
  std::vector<std::string_view>& cells = table.cells_;
  std::vector<std::string> fields;
  cells.reserve(text.size() / kBytesOfAField);
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = Trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty() || line.starts_with('#')) continue;
    const std::size_t begin = cells.size();
    if (!SplitLine(line, cells)) {
      cells.resize(begin);
      if (!ParseCsvRecord(line, fields)) continue;
      for (std::string& field : fields)
        cells.push_back(table.unquoted_.emplace_back(std::move(field)));
    }
    if (table.columns.empty()) {
      table.columns = std::exchange(cells, {});
      cells.reserve(text.size() / kBytesOfAField);
    } else {
      cells.resize(begin + table.columns.size());
    }
  }
  const std::span<const std::string_view> all(cells);
  const std::size_t width = table.columns.size();
  if (width > 0) table.rows.reserve(all.size() / width);
  for (std::size_t at = 0; at < all.size(); at += width)
    table.rows.push_back(all.subspan(at, width));
  return table;
}

}  // namespace cagelint::base
