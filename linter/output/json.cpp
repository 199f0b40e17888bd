#include "linter/output/finding_json.h"
#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

void Value(const Json& value, int depth, std::string& out) {
  for (const char byte : Indented(value)) {
    out += byte;  // a line end is always the layout's: strings have them escaped
    if (byte == '\n') out.append(static_cast<std::size_t>(depth) * 2, ' ');
  }
}

void Key(std::string_view name, std::string& out) { out += ",\n  \"" + std::string(name) + "\": "; }

void Member(std::string_view name, const Json& value, std::string& out) {
  Key(name, out);
  Value(value, 1, out);
}

template <typename Items, typename Make>
void List(std::string_view name, const Items& items, Make make, std::string& out) {
  Key(name, out);
  const char* before = "[\n    ";
  for (const auto& item : items) {
    out += before;
    Value(make(item), 2, out);
    before = ",\n    ";
  }
  out += items.empty() ? "[]" : "\n  ]";
}

// One document, but never one tree: ten thousands of findings would take ten times the memory of
// what is written.
std::string Write(const engine::Report& report, const WriterOptions&) {
  std::string out = "{\n  \"version\": 1";
  Member("tool", {{"name", "cagelint"}, {"version", CAGELINT_VERSION}}, out);
  const auto finding = [&](const auto& each) { return FindingJson(report, each); };
  const auto gap = [&](const auto& each) { return GapJson(report, each); };
  List("findings", report.findings, finding, out);
  List("gaps", report.gaps, gap, out);
  if (!report.fixed.empty()) List("fixed", report.fixed, FixedJson, out);
  Member("summary", SummaryJson(report), out);
  return out + "\n}\n";
}

}  // namespace

extern const Writer kJsonWriter{"json", "for programs: one JSON document", Write, true};

}  // namespace cagelint::output
