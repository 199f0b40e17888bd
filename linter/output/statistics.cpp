#include "linter/output/statistics.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "linter/base/text.h"

namespace cagelint::output {
namespace {

// By severity: info, warning, error.
using Counts = std::array<std::size_t, 4>;

std::string Table(std::string_view title, const std::map<std::string, Counts>& counts) {
  std::vector<std::pair<std::string, Counts>> rows(counts.begin(), counts.end());
  const auto total = [](const Counts& one) { return one[1] + one[2] + one[3]; };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const auto& a, const auto& b) { return total(a.second) > total(b.second); });
  std::string out = "  total   error warning    info  " + std::string(title) + "\n";
  const auto cell = [](std::size_t n) {
    const std::string text = std::to_string(n);
    return std::string(8 - std::min<std::size_t>(text.size(), 7), ' ') + text;
  };
  for (const auto& [name, one] : rows)
    out += cell(total(one)).substr(1) + cell(one[3]) + cell(one[2]) + cell(one[1]) + "  " +
           base::Escape(name) + "\n";
  return out;
}

}  // namespace

std::string StatisticsText(const engine::Report& report) {
  std::map<std::string, Counts> rules;
  std::map<std::string, Counts> files;
  std::map<std::string, Counts> containers;
  for (const diagnostic::Diagnostic& finding : report.findings) {
    if (finding.suppressed) continue;
    const auto severity = static_cast<std::size_t>(finding.severity);
    const std::string& path = report.sources->Get(finding.span.file).Path();
    ++rules[finding.rule][severity];
    ++files[path][severity];
    if (!finding.subject) continue;
    const std::uint32_t line = finding.subject->span.IsValid()
                                   ? report.sources->Get(finding.subject->span.file)
                                         .PositionAt(finding.subject->span.begin)
                                         .line
                                   : 0;
    ++containers[finding.subject->name + " in " + path + ":" + std::to_string(line)][severity];
  }
  if (rules.empty()) return "";
  return Table("rule", rules) + "\n" + Table("file", files) + "\n" + Table("container", containers);
}

}  // namespace cagelint::output
