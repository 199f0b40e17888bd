// GitLab's Code Quality report: a JSON array of issues, as the merge request shows them.
//
// - Suppressed findings are left out: the format knows none, and GitLab would show them as new.
// - Gaps are issues too, with their kind as the check's name; one without a place stands on line 1.
// - Errors are on standard error alone; the exit code fails the job.
// - What stands in no file has the path `<stdin>` or `<command line>`: listed, but without a link.
// - Paths are as the report has them, relative to the working directory: the root of the
//   repository, if GitLab is to find them. Messages are escaped, being shown on a page.
// - `fingerprint` is unique in the document and stays when lines move.
#include "linter/output/finding_json.h"
#include "linter/output/fingerprints.h"
#include "linter/output/plain_text.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;

std::string_view SeverityName(Severity severity) {
  if (severity == Severity::kError) return "critical";
  return severity == Severity::kWarning ? "major" : "info";
}

struct Issue {
  std::string_view name;
  std::string description;
  Severity severity;
  const base::Span& span;
  const std::string& path;
  const std::string& fingerprint;
};

Json Lines(const engine::Report& report, const base::Span& span) {
  if (!span.IsValid()) return {{"begin", 1}, {"end", 1}};
  const base::Source& source = report.sources->Get(span.file);
  const std::uint32_t last = span.IsEmpty() ? span.begin : span.end - 1;
  return {{"begin", source.PositionAt(span.begin).line}, {"end", source.PositionAt(last).line}};
}

void Add(const engine::Report& report, const Issue& issue, std::string& out) {
  out += out.empty() ? "[\n" : ",\n";
  out += Compact({{"type", "issue"},
                  {"check_name", issue.name},
                  {"description", issue.description},
                  {"categories", {"Security"}},
                  {"severity", SeverityName(issue.severity)},
                  {"fingerprint", FingerprintInFile(issue.path, issue.fingerprint)},
                  {"location", {{"path", issue.path}, {"lines", Lines(report, issue.span)}}}});
}

std::string Write(const engine::Report& report, const WriterOptions&) {
  std::string out;
  const auto findings = FindingFingerprints(report);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const diagnostic::Diagnostic& finding = report.findings[i];
    if (finding.suppressed) continue;
    Add(report,
        {finding.rule, FindingText(finding), finding.severity, finding.span,
         PathOf(report, finding.span), findings[i]},
        out);
  }
  const auto gaps = GapFingerprints(report);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    const diagnostic::Gap& gap = report.gaps[i];
    Add(report, {gap.kind, GapText(gap), Weight(gap), gap.span, PathOf(report, gap), gaps[i]}, out);
  }
  return out.empty() ? "[]\n" : out + "\n]\n";
}

}  // namespace

extern const Writer kGitlabWriter{"gitlab", "for GitLab: a Code Quality report", Write};

}  // namespace cagelint::output
