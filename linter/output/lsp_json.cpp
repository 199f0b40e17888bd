#include "linter/output/lsp_json.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <utility>

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

// An editor gets some hundred diagnostics with each letter that is typed, and JSON was half of the
// time until they are there. In braces an object would first be arrays of arrays; here members are
// put where they stay.
class Object {
 public:
  explicit Object(std::size_t members) { json_.get_ref<Json::object_t&>().reserve(members); }
  Object& Add(const char* name, Json value) {
    json_.get_ref<Json::object_t&>().emplace_back(name, std::move(value));
    return *this;
  }
  Json Take() { return std::move(json_); }

 private:
  Json json_ = Json::object();
};

Json PositionJson(LspPosition position) {
  return Object(2).Add("line", position.line).Add("character", position.character).Take();
}

Json RangeJson(LspPosition begin, LspPosition end) {
  return Object(2).Add("start", PositionJson(begin)).Add("end", PositionJson(end)).Take();
}

// What stands there does nothing, or is a form that its readers are giving up.
struct Tagged {
  std::string_view rule;
  int tag;
};
constexpr int kUnnecessary = 1, kDeprecated = 2;
constexpr Tagged kTagged[] = {
    {"deprecated-option", kDeprecated},    {"expired-suppression", kUnnecessary},
    {"ignored-option", kUnnecessary},      {"legacy-link", kDeprecated},
    {"obsolete-version-key", kDeprecated}, {"obsolete-version-key", kUnnecessary},
    {"unused-suppression", kUnnecessary},  {"v1-layout", kDeprecated},
};

// Units of `encoding` before `offset` in its line.
std::uint32_t ColumnAt(const base::Source& source, std::uint32_t offset,
                       PositionEncoding encoding) {
  if (encoding == PositionEncoding::kUtf16) return source.Utf16ColumnAt(offset);
  const base::Position position = source.PositionAt(offset);
  if (encoding == PositionEncoding::kUtf32) return position.column - 1;
  return std::min(offset, source.Whole().end) - source.LineSpan(position.line).begin;
}

std::string UriOf(const std::string& path, const WriterOptions& options,
                  const LspTelling& telling) {
  return telling.uri_of ? telling.uri_of(path) : FileUri(path, options.working_directory);
}

Json RelatedOf(const engine::Report& report, const diagnostic::Label& label,
               const WriterOptions& options, const LspTelling& telling) {
  const base::Source& source = report.sources->Get(label.span.file);
  return Object(2)
      .Add("location", Object(2)
                           .Add("uri", UriOf(source.Path(), options, telling))
                           .Add("range", LspRange(source, label.span, telling.encoding))
                           .Take())
      .Add("message", Printable(label.message))
      .Take();
}

}  // namespace

LspPosition LspPositionAt(const base::Source& source, std::uint32_t offset,
                          PositionEncoding encoding) {
  return {source.PositionAt(offset).line - 1, ColumnAt(source, offset, encoding)};
}

std::uint32_t OffsetAt(const base::Source& source, LspPosition position,
                       PositionEncoding encoding) {
  if (position.line >= source.LineCount()) return source.Whole().end;
  const base::Span line = source.LineSpan(position.line + 1);
  // The last character that begins at `position.character` or before it stands in [low, high].
  const std::string_view bytes = source.Bytes();
  std::uint32_t low = line.begin;
  std::uint32_t high = line.end;
  while (low < high) {
    std::uint32_t middle = low + (high - low + 1) / 2;
    while (middle < high && base::IsContinuation(bytes[middle])) ++middle;
    if (ColumnAt(source, middle, encoding) <= position.character) {
      low = middle;
      continue;
    }
    high = middle - 1;
    while (high > low && base::IsContinuation(bytes[high])) --high;
  }
  return low;
}

Json LspRange(const base::Source& source, const base::Span& span, PositionEncoding encoding) {
  return RangeJson(LspPositionAt(source, span.begin, encoding),
                   LspPositionAt(source, span.end, encoding));
}

std::vector<int> LspTags(std::string_view rule) {
  std::vector<int> tags;
  for (const Tagged& tagged : kTagged)
    if (tagged.rule == rule) tags.push_back(tagged.tag);
  return tags;
}

Json LspDiagnostic(const engine::Report& report, const diagnostic::Diagnostic& finding,
                   const WriterOptions& options, const LspTelling& telling) {
  const base::Source& source = report.sources->Get(finding.span.file);
  constexpr std::size_t kMost = 8;
  Object out(kMost);
  out.Add("range", LspRange(source, finding.span, telling.encoding))
      .Add("severity", Number(finding.severity))
      .Add("code", finding.rule);
  auto uri = telling.descriptions ? RuleUri(finding.rule, options) : std::nullopt;
  if (uri) out.Add("codeDescription", Object(1).Add("href", std::move(*uri)).Take());
  out.Add("source", "cagelint").Add("message", FindingText(finding));
  const std::vector<int> tags = telling.tags ? LspTags(finding.rule) : std::vector<int>();
  if (!tags.empty()) out.Add("tags", tags);
  Json related = Json::array();
  for (const diagnostic::Label& label : finding.labels)
    if (telling.related && label.span.IsValid())
      related.push_back(RelatedOf(report, label, options, telling));
  if (!related.empty()) out.Add("relatedInformation", std::move(related));
  return out.Take();
}

Json LspDiagnostic(const engine::Report& report, const diagnostic::Gap& gap,
                   const LspTelling& telling) {
  return {{"range", gap.span.IsValid()
                        ? LspRange(report.sources->Get(gap.span.file), gap.span, telling.encoding)
                        : RangeJson({}, {})},
          {"severity", Number(Weight(gap))},
          {"code", gap.kind},
          {"source", "cagelint"},
          {"message", GapText(gap)}};
}

}  // namespace cagelint::output
