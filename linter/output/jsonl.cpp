// One JSON object a line, as soon as it is known: `{"finding": …}`, `{"gap": …}`, and when all is
// read `{"fixed": …}` and last `{"summary": …}`. What they hold is that of `json`.
//
// Suppressed findings are there, with who suppressed them. A gap without a place has an empty
// range. Errors are on standard error alone; the exit code says that there were some. What has no
// file is called `<stdin>` and `<command line>`, as in `json`.
#include "linter/output/finding_json.h"
#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

std::string Line(std::string_view name, const Json& value) {
  return "{\"" + std::string(name) + "\":" + Compact(value) + "}\n";
}

std::string WritePart(const engine::Report& report, const WriterOptions&) {
  std::string out;
  for (const auto& finding : report.findings) out += Line("finding", FindingJson(report, finding));
  for (const auto& gap : report.gaps) out += Line("gap", GapJson(report, gap));
  return out;
}

std::string WriteEnd(const engine::Report& report, const WriterOptions&) {
  std::string out;
  for (const auto& entry : report.fixed) out += Line("fixed", FixedJson(entry));
  return out + Line("summary", SummaryJson(report));
}

std::string Write(const engine::Report& report, const WriterOptions& options) {
  return WritePart(report, options) + WriteEnd(report, options);
}

}  // namespace

extern const Writer kJsonlWriter{
    "jsonl", "for programs: one JSON object a line", Write, true, WritePart, WriteEnd};

}  // namespace cagelint::output
