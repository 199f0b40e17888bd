#include "linter/output/lsp_json.h"

#include "linter/base/text.h"
#include "linter/output/plain_text.h"
#include "linter/output/snippet.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;

// DiagnosticSeverity: Error, Warning, Information.
int Number(Severity severity) {
  if (severity == Severity::kError) return 1;
  return severity == Severity::kWarning ? 2 : 3;
}

Json PositionJson(LspPosition position) {
  return {{"line", position.line}, {"character", position.character}};
}

Json RangeJson(LspPosition begin, LspPosition end) {
  return {{"start", PositionJson(begin)}, {"end", PositionJson(end)}};
}

}  // namespace

LspPosition LspPositionAt(const base::Source& source, std::uint32_t offset) {
  return {source.PositionAt(offset).line - 1, source.Utf16ColumnAt(offset)};
}

std::uint32_t OffsetAt(const base::Source& source, LspPosition position) {
  if (position.line >= source.LineCount()) return source.Whole().end;
  const base::Span line = source.LineSpan(position.line + 1);
  // The last character that begins at `position.character` or before it stands in [low, high].
  const std::string_view bytes = source.Bytes();
  std::uint32_t low = line.begin;
  std::uint32_t high = line.end;
  while (low < high) {
    std::uint32_t middle = low + (high - low + 1) / 2;
    while (middle < high && base::IsContinuation(bytes[middle])) ++middle;
    if (source.Utf16ColumnAt(middle) <= position.character) {
      low = middle;
      continue;
    }
    high = middle - 1;
    while (high > low && base::IsContinuation(bytes[high])) --high;
  }
  return low;
}

Json LspRange(const base::Source& source, const base::Span& span) {
  return RangeJson(LspPositionAt(source, span.begin), LspPositionAt(source, span.end));
}

Json LspDiagnostic(const engine::Report& report, const diagnostic::Diagnostic& finding,
                   const WriterOptions& options) {
  Json out = {{"range", LspRange(report.sources->Get(finding.span.file), finding.span)},
              {"severity", Number(finding.severity)},
              {"code", finding.rule}};
  if (const auto uri = RuleUri(finding.rule, options)) out["codeDescription"] = {{"href", *uri}};
  out["source"] = "cagelint";
  out["message"] = FindingText(finding);
  for (const diagnostic::Label& label : finding.labels) {
    if (!label.span.IsValid()) continue;
    const base::Source& source = report.sources->Get(label.span.file);
    out["relatedInformation"].push_back(
        {{"location",
          {{"uri", FileUri(source.Path(), options.working_directory)},
           {"range", LspRange(source, label.span)}}},
         {"message", Printable(label.message)}});
  }
  return out;
}

Json LspDiagnostic(const engine::Report& report, const diagnostic::Gap& gap) {
  return {{"range", gap.span.IsValid() ? LspRange(report.sources->Get(gap.span.file), gap.span)
                                       : RangeJson({}, {})},
          {"severity", Number(Weight(gap))},
          {"code", gap.kind},
          {"source", "cagelint"},
          {"message", GapText(gap)}};
}

}  // namespace cagelint::output
