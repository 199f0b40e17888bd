// Reviewdog's Diagnostic Format, the message DiagnosticResult: comments on a pull request.
//
// - Suppressed findings are left out: reviewdog would comment on them.
// - Gaps are diagnostics with their kind as the code; one without a place has no range.
// - Errors are on standard error alone.
// - What stands in no file has the path `<stdin>` or `<command line>`, which no diff has.
// - Columns count bytes of UTF-8 from 1.
// - A fix that edits one file is one suggestion: whoever takes it takes all of its edits, since
//   reviewdog offers each suggestion by itself. What stands between the edits is part of it. What
//   it may break is in the message.
#include "linter/base/text.h"
#include "linter/diagnostic/edits.h"
#include "linter/output/finding_json.h"
#include "linter/output/plain_text.h"
#include "linter/output/snippet.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;

std::string_view SeverityName(Severity severity) {
  if (severity == Severity::kError) return "ERROR";
  return severity == Severity::kWarning ? "WARNING" : "INFO";
}

Json Position(const base::Source& source, std::uint32_t offset) {
  const std::uint32_t line = source.PositionAt(offset).line;
  return {{"line", line}, {"column", offset - source.LineSpan(line).begin + 1}};
}

Json Range(const base::Source& source, const base::Span& span) {
  return {{"start", Position(source, span.begin)}, {"end", Position(source, span.end)}};
}

// Nothing for what a suggestion cannot say: edits of another file, or bytes that JSON cannot hold.
std::optional<Json> Suggestion(const base::Source& source, const diagnostic::Fix& fix) {
  if (fix.edits.empty()) return std::nullopt;
  for (const diagnostic::Edit& edit : fix.edits)
    if (edit.span.file != source.Id()) return std::nullopt;
  const base::Span whole{source.Id(), fix.edits.front().span.begin, fix.edits.back().span.end};
  std::string text;
  std::uint32_t at = whole.begin;
  for (const diagnostic::Edit& edit : fix.edits) {
    text += source.Text({source.Id(), at, edit.span.begin});
    text += edit.text;
    at = edit.span.end;
  }
  if (base::FindInvalidUtf8(text)) return std::nullopt;
  return Json{{"range", Range(source, whole)}, {"text", text}};
}

Json Location(const engine::Report& report, const std::string& path, const base::Span& span) {
  Json out = {{"path", path}};
  if (span.IsValid()) out["range"] = Range(report.sources->Get(span.file), span);
  return out;
}

Json Code(std::string_view name, const std::optional<std::string>& uri) {
  Json out = {{"value", name}};
  if (uri) out["url"] = *uri;
  return out;
}

Json FindingDiagnostic(const engine::Report& report, const diagnostic::Diagnostic& finding,
                       const WriterOptions& options) {
  std::string message = FindingText(finding);
  Json out = {{"message", message},
              {"location", Location(report, PathOf(report, finding.span), finding.span)},
              {"severity", SeverityName(finding.severity)},
              {"code", Code(finding.rule, RuleUri(finding.rule, options))}};
  const base::Source& source = report.sources->Get(finding.span.file);
  for (const diagnostic::Fix& fix : finding.fixes) {
    const auto suggestion = Suggestion(source, fix);
    if (!suggestion) continue;
    out["suggestions"].push_back(*suggestion);
    if (!fix.caveat.empty()) message += "; as suggested, " + Printable(fix.caveat);
  }
  out["message"] = message;
  return out;
}

Json GapDiagnostic(const engine::Report& report, const diagnostic::Gap& gap) {
  return {{"message", GapText(gap)},
          {"location", Location(report, PathOf(report, gap), gap.span)},
          {"severity", SeverityName(Weight(gap))},
          {"code", Code(gap.kind, std::nullopt)}};
}

std::string Write(const engine::Report& report, const WriterOptions& options) {
  std::string out = "{\"source\":{\"name\":\"cagelint\"},\"diagnostics\":[";
  const char* before = "\n";
  const auto add = [&](const Json& diagnostic) {
    out += before + Compact(diagnostic);
    before = ",\n";
  };
  for (const auto& finding : report.findings)
    if (!finding.suppressed) add(FindingDiagnostic(report, finding, options));
  for (const auto& gap : report.gaps) add(GapDiagnostic(report, gap));
  return out + "\n]}\n";
}

}  // namespace

extern const Writer kRdjsonWriter{"rdjson", "for reviewdog: diagnostics with suggestions", Write,
                                  true};

}  // namespace cagelint::output
