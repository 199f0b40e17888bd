#include <nlohmann/json.hpp>

#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

using Json = nlohmann::ordered_json;

Json Place(const base::Source& source, std::uint32_t offset) {
  const base::Position position = source.PositionAt(offset);
  return {{"line", position.line}, {"column", position.column}, {"offset", offset}};
}

class JsonReport {
 public:
  explicit JsonReport(const engine::Report& report) : report_(report) {}

  // One document, but never one tree: ten thousands of findings would take ten times the memory of
  // what is written.
  std::string Whole() const {
    std::string out = "{\n  \"version\": 1";
    Member("tool", {{"name", "cagelint"}, {"version", CAGELINT_VERSION}}, out);
    List(
        "findings", report_.findings, [&](const auto& finding) { return Finding(finding); }, out);
    List(
        "gaps", report_.gaps, [&](const auto& gap) { return Gap(gap); }, out);
    if (!report_.fixed.empty())
      List(
          "fixed", report_.fixed, [](const auto& entry) { return Fixed(entry); }, out);
    Member("summary", Summary(), out);
    return out + "\n}\n";
  }

 private:
  static void Value(const Json& value, int depth, std::string& out) {
    const std::string text = value.dump(2, ' ', true, Json::error_handler_t::replace);
    for (const char byte : text) {  // a line end is always the layout's: strings have them escaped
      out += byte;
      if (byte == '\n') out.append(static_cast<std::size_t>(depth) * 2, ' ');
    }
  }
  static void Key(std::string_view name, std::string& out) {
    out += ",\n  \"" + std::string(name) + "\": ";
  }
  static void Member(std::string_view name, const Json& value, std::string& out) {
    Key(name, out);
    Value(value, 1, out);
  }
  template <typename Items, typename Make>
  static void List(std::string_view name, const Items& items, Make make, std::string& out) {
    Key(name, out);
    const char* before = "[\n    ";
    for (const auto& item : items) {
      out += before;
      Value(make(item), 2, out);
      before = ",\n    ";
    }
    out += items.empty() ? "[]" : "\n  ]";
  }

  // Of a file that could not be read there is no place: an empty object.
  Json Range(const base::Span& span) const {
    if (!span.IsValid()) return Json::object();
    const base::Source& source = report_.sources->Get(span.file);
    return {{"start", Place(source, span.begin)}, {"end", Place(source, span.end)}};
  }

  const std::string& Path(const base::Span& span) const {
    return report_.sources->Get(span.file).Path();
  }

  Json Finding(const diagnostic::Diagnostic& finding) const {
    Json out;
    out["rule"] = finding.rule;
    out["severity"] = Name(finding.severity);
    out["message"] = finding.message;
    out["path"] = Path(finding.span);
    out["range"] = Range(finding.span);
    if (finding.subject) {
      Json container = {{"name", finding.subject->id}};
      const base::Span& place = finding.subject->span;
      if (place.IsValid() && place.file != finding.span.file) container["path"] = Path(place);
      container["range"] = Range(place);
      out["container"] = std::move(container);
    }
    for (const diagnostic::Label& label : finding.labels) {
      if (!label.span.IsValid()) continue;
      out["labels"].push_back(
          {{"message", label.message}, {"path", Path(label.span)}, {"range", Range(label.span)}});
    }
    for (const diagnostic::Fix& fix : finding.fixes) out["fixes"].push_back(Fix(fix));
    out["url"] = RuleUrl(finding.rule);
    if (finding.suppressed)
      out["suppressed"] = {{"by", finding.suppressed->by}, {"reason", finding.suppressed->reason}};
    return out;
  }

  Json Fix(const diagnostic::Fix& fix) const {
    Json out = {{"title", fix.title}, {"safety", Name(fix.safety)}};
    if (!fix.caveat.empty()) out["caveat"] = fix.caveat;
    out["edits"] = Json::array();
    for (const diagnostic::Edit& edit : fix.edits)
      out["edits"].push_back(
          {{"path", Path(edit.span)}, {"range", Range(edit.span)}, {"text", edit.text}});
    return out;
  }

  Json Gap(const diagnostic::Gap& gap) const {
    return {{"kind", gap.kind},
            {"message", gap.message},
            {"path", gap.span.IsValid() ? Path(gap.span) : gap.path},
            {"range", Range(gap.span)},
            {"refused", gap.refused}};
  }

  // A finding of the baseline that is there no longer.
  static Json Fixed(const engine::BaselineEntry& entry) {
    return {{"rule", entry.rule},
            {"path", entry.path},
            {"container", entry.container},
            {"count", entry.count}};
  }

  Json Summary() const {
    using diagnostic::Severity;
    return {{"files", report_.files},
            {"containers", report_.containers},
            {"profiles", report_.profiles},
            {"error", report_.Count(Severity::kError)},
            {"warning", report_.Count(Severity::kWarning)},
            {"info", report_.Count(Severity::kInfo)},
            {"suppressed", report_.Suppressed()},
            {"gaps", report_.Gaps()}};
  }

  const engine::Report& report_;
};

std::string Write(const engine::Report& report, const WriterOptions&) {
  return JsonReport(report).Whole();
}

}  // namespace

extern const Writer kJsonWriter{"json", "for programs: one JSON document", Write, true};

}  // namespace cagelint::output
