#include "linter/output/sarif_parts.h"

#include "linter/output/plain_text.h"
#include "linter/output/snippet.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;

// GitHub refuses a result with more than 1,000 locations, the own one among them.
constexpr std::size_t kMostRelated = 999;

Json Region(const base::Source& source, const base::Span& span) {
  const base::Position begin = source.PositionAt(span.begin);
  const base::Position end = source.PositionAt(span.end);
  return {{"startLine", begin.line}, {"startColumn", begin.column}, {"endLine", end.line},
          {"endColumn", end.column}, {"byteOffset", span.begin},    {"byteLength", span.Size()}};
}

Json ArtifactLocation(const std::string& path) {
  Json out = {{"uri", IsFile(path) ? UriReference(path) : FileUri(path, "")}};
  if (IsFile(path) && !path.starts_with('/')) out["uriBaseId"] = "%SRCROOT%";
  return out;
}

Json PhysicalLocation(const engine::Report& report, const base::Span& span) {
  return {{"artifactLocation", ArtifactLocation(PathOf(report, span))},
          {"region", Region(report.sources->Get(span.file), span)}};
}

std::string_view Level(Severity severity) {
  if (severity == Severity::kError) return "error";
  return severity == Severity::kWarning ? "warning" : "note";
}

Json FixJson(const engine::Report& report, const diagnostic::Fix& fix) {
  std::string title = fix.title;
  if (!fix.caveat.empty()) title += " (" + fix.caveat + ")";
  Json out = {{"description", SarifMessage(Printable(title))}, {"artifactChanges", Json::array()}};
  base::FileId file = base::kNoFile;
  Json& changes = out["artifactChanges"];
  for (const diagnostic::Edit& edit : fix.edits) {  // sorted by file
    if (edit.span.file != file)
      changes.push_back({{"artifactLocation", ArtifactLocation(PathOf(report, edit.span))},
                         {"replacements", Json::array()}});
    file = edit.span.file;
    Json replacement = {{"deletedRegion", Region(report.sources->Get(file), edit.span)}};
    if (!edit.text.empty()) replacement["insertedContent"] = {{"text", edit.text}};
    changes.back()["replacements"].push_back(std::move(replacement));
  }
  out["properties"] = {{"safety", Name(fix.safety)}};
  return out;
}

Json Suppression(const diagnostic::Suppressed& suppressed) {
  const bool in_source = suppressed.by == "comment" || suppressed.by == "x-cagelint";
  Json out = {{"kind", in_source ? "inSource" : "external"}, {"status", "accepted"}};
  out["justification"] = suppressed.reason.empty() ? "by " + suppressed.by + ", no reason given"
                                                   : Printable(suppressed.reason);
  return out;
}

}  // namespace

Json SarifMessage(std::string text) {
  // `[text](target)` is a link.
  for (std::size_t at = text.find("]("); at != std::string::npos; at = text.find("](", at))
    text.insert(at + 1, " ");
  // `{0}` is an argument, `{{` a brace. Others are left as they are: most who show a message that
  // has no arguments do not look for them.
  for (std::size_t at = text.find('{'); at != std::string::npos; at = text.find('{', at)) {
    const std::size_t end = text.find_first_not_of("0123456789", at + 1);
    const bool is_argument = end != std::string::npos && end > at + 1 && text[end] == '}';
    if (is_argument) {
      text.insert(end, "}");
      text.insert(at, "{");
      at = end + 2;
    }
    ++at;
  }
  return {{"text", std::move(text)}};
}

Json SarifResult(const engine::Report& report, const diagnostic::Diagnostic& finding,
                 const std::string& fingerprint, const SarifDescriptors& descriptors) {
  Json location = {{"physicalLocation", PhysicalLocation(report, finding.span)}};
  if (finding.subject) {
    const diagnostic::Subject& subject = *finding.subject;
    location["logicalLocations"].push_back(
        {{"name", Printable(subject.id.empty() ? subject.name : subject.id)},
         {"fullyQualifiedName", Printable(subject.name)}});
  }
  Json out = {{"ruleId", finding.rule},
              {"ruleIndex", descriptors.RuleIndex(finding.rule)},
              {"level", Level(finding.severity)},
              {"message", SarifMessage(FindingText(finding))},
              {"locations", Json::array({std::move(location)})}};
  std::size_t related = 0;
  for (const diagnostic::Label& label : finding.labels) {
    if (!label.span.IsValid() || related == kMostRelated) continue;
    out["relatedLocations"].push_back({{"id", ++related},
                                       {"physicalLocation", PhysicalLocation(report, label.span)},
                                       {"message", SarifMessage(Printable(label.message))}});
  }
  out["partialFingerprints"] = {{"cagelint/v1", fingerprint}};
  for (const diagnostic::Fix& fix : finding.fixes) out["fixes"].push_back(FixJson(report, fix));
  if (finding.suppressed) out["suppressions"].push_back(Suppression(*finding.suppressed));
  return out;
}

Json SarifNotification(const engine::Report& report, const diagnostic::Gap& gap,
                       const SarifDescriptors& descriptors) {
  Json place = {{"artifactLocation", ArtifactLocation(PathOf(report, gap))}};
  if (gap.span.IsValid()) place = PhysicalLocation(report, gap.span);
  return {{"descriptor", {{"id", gap.kind}, {"index", descriptors.KindIndex(gap.kind)}}},
          {"level", Level(Weight(gap))},
          {"message", SarifMessage(GapText(gap))},
          {"locations", Json::array({{{"physicalLocation", std::move(place)}}})}};
}

}  // namespace cagelint::output
