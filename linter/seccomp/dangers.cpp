#include "linter/seccomp/dangers.h"

#include <cstddef>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/seccomp/table.h"

namespace cagelint::seccomp {
namespace {

// "N any M", "N any M to L", "N is A B"
void ReadArguments(std::string_view text, Danger& out) {
  if (text.empty()) return;
  const std::vector<std::string_view> words = base::Split(text, ' ');
  out.demand.argument = static_cast<unsigned>(NumberIn(words[0]));
  // s390 swaps the first two of clone.
  out.demand.argument_s390 = out.call == "clone" ? 1 : out.demand.argument;
  if (words[1] == "any") {
    out.demand.bits = NumberIn(words[2]);
    if (words.size() > 4) out.demand.limit = NumberIn(words[4]);
    return;
  }
  for (std::size_t i = 2; i < words.size(); ++i) out.values.push_back(NumberIn(words[i]));
}

std::vector<Danger> ReadTable() {
  const base::CsvTable table = base::ParseCsv(embedded::Find("rules/data/syscalls.csv"));
  std::vector<Danger> out(table.rows.size());
  for (std::size_t i = 0; i < out.size(); ++i) {
    const auto cell = [&](const char* column) { return table.rows[i][table.Column(column)]; };
    Danger& danger = out[i];
    danger.rule = cell("rule");
    danger.call = cell("call");
    danger.needs = cell("needs");
    danger.does = cell("does");
    danger.minor = cell("minor") == "yes";
    for (const std::string_view cve : base::Split(cell("cves"), ' '))
      if (!cve.empty()) danger.cves.emplace_back(cve);
    ReadArguments(cell("arguments"), danger);
    danger.demand.values = danger.values;
  }
  return out;
}

}  // namespace

const std::vector<Danger>& Dangers() {
  static const std::vector<Danger> kTable = ReadTable();
  return kTable;
}

const std::set<std::string_view>& NeededCapabilities() {
  static const std::set<std::string_view> kNeeded = [] {
    std::set<std::string_view> needed;
    for (const Danger& danger : Dangers())
      if (!danger.needs.empty()) needed.insert(danger.needs);
    return needed;
  }();
  return kNeeded;
}

std::vector<Exposure> ExposedFor(const Judgement& judgement, std::string_view rule) {
  std::vector<Call> calls;
  for (const Danger& danger : Dangers())
    if (danger.rule == rule &&
        (danger.needs.empty() || Has(judgement.environment.capabilities, danger.needs)))
      calls.push_back({danger.call, danger.does, danger.demand, danger.minor});
  return Exposed(judgement, calls);
}

}  // namespace cagelint::seccomp
