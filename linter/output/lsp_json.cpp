#include "linter/output/lsp_json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

#include "linter/base/text.h"
#include "linter/output/plain_text.h"
#include "linter/output/snippet.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;

// DiagnosticSeverity: Error, Warning, Information.
std::uint32_t Number(Severity severity) {
  if (severity == Severity::kError) return 1;
  return severity == Severity::kWarning ? 2 : 3;
}

// An object or array of JSON at the end of a text, which is whole when this ends: members are added
// in their order, by key or without.
class Members {
 public:
  Members(std::string& out, char open, char close) : out_(out), open_(open), close_(close) {}
  Members(const Members&) = delete;
  Members& operator=(const Members&) = delete;
  ~Members() {
    if (open_ != ',') out_ += open_;
    out_ += close_;
  }

  // What is added to the text next is the value of `key`, which needs no escapes.
  std::string& Key(std::string_view key) {
    Next() += '"';
    out_ += key;
    return out_ += "\":";
  }
  // The same in an array.
  std::string& Next() { return out_ += std::exchange(open_, ','); }

 private:
  std::string& out_;
  char open_, close_;
};

void AppendNumber(std::uint32_t number, std::string& out) {
  std::array<char, 10> digits;
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  out.append(digits.data(), static_cast<std::size_t>(end - digits.data()));
}

// Most of what an editor is told is ranges.
void AppendRange(LspPosition begin, LspPosition end, std::string& out) {
  out += R"({"start":{"line":)";
  AppendNumber(begin.line, out);
  out += R"(,"character":)";
  AppendNumber(begin.character, out);
  out += R"(},"end":{"line":)";
  AppendNumber(end.line, out);
  out += R"(,"character":)";
  AppendNumber(end.character, out);
  out += "}}";
}

void AppendRange(const base::Source& source, const base::Span& span, PositionEncoding encoding,
                 std::string& out) {
  AppendRange(LspPositionAt(source, span.begin, encoding),
              LspPositionAt(source, span.end, encoding), out);
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

void AppendRelated(const engine::Report& report, const diagnostic::Label& label,
                   const WriterOptions& options, const LspTelling& telling, std::string& out) {
  const base::Source& source = report.sources->Get(label.span.file);
  Members related(out, '{', '}');
  {
    Members location(related.Key("location"), '{', '}');
    AppendString(UriOf(source.Path(), options, telling), location.Key("uri"));
    AppendRange(source, label.span, telling.encoding, location.Key("range"));
  }
  AppendString(Printable(label.message), related.Key("message"));
}

void AppendDiagnostic(const engine::Report& report, const diagnostic::Diagnostic& finding,
                      const WriterOptions& options, const LspTelling& telling, std::string& out) {
  Members members(out, '{', '}');
  AppendRange(report.sources->Get(finding.span.file), finding.span, telling.encoding,
              members.Key("range"));
  AppendNumber(Number(finding.severity), members.Key("severity"));
  AppendString(finding.rule, members.Key("code"));
  if (const auto uri = telling.descriptions ? RuleUri(finding.rule, options) : std::nullopt) {
    Members description(members.Key("codeDescription"), '{', '}');
    AppendString(*uri, description.Key("href"));
  }
  AppendString("cagelint", members.Key("source"));
  AppendString(FindingText(finding), members.Key("message"));
  const std::vector<int> tags = telling.tags ? LspTags(finding.rule) : std::vector<int>();
  if (!tags.empty()) {
    Members list(members.Key("tags"), '[', ']');
    for (const int tag : tags) AppendNumber(static_cast<std::uint32_t>(tag), list.Next());
  }
  const auto is_told = [&](const diagnostic::Label& label) {
    return telling.related && label.span.IsValid();
  };
  if (std::any_of(finding.labels.begin(), finding.labels.end(), is_told)) {
    Members list(members.Key("relatedInformation"), '[', ']');
    for (const diagnostic::Label& label : finding.labels)
      if (is_told(label)) AppendRelated(report, label, options, telling, list.Next());
  }
  if (telling.kept) members.Key("data") += "{\"kept\":true}";
}

void AppendDiagnostic(const engine::Report& report, const diagnostic::Gap& gap,
                      const LspTelling& telling, std::string& out) {
  Members members(out, '{', '}');
  if (gap.span.IsValid())
    AppendRange(report.sources->Get(gap.span.file), gap.span, telling.encoding,
                members.Key("range"));
  else
    AppendRange({}, {}, members.Key("range"));
  AppendNumber(Number(Weight(gap)), members.Key("severity"));
  AppendString(gap.kind, members.Key("code"));
  AppendString("cagelint", members.Key("source"));
  AppendString(GapText(gap), members.Key("message"));
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
  std::string out;
  AppendRange(source, span, encoding, out);
  return Written(out);
}

std::vector<int> LspTags(std::string_view rule) {
  std::vector<int> tags;
  for (const Tagged& tagged : kTagged)
    if (tagged.rule == rule) tags.push_back(tagged.tag);
  return tags;
}

std::string LspDiagnostic(const engine::Report& report, const diagnostic::Diagnostic& finding,
                          const WriterOptions& options, const LspTelling& telling) {
  constexpr std::size_t kMostOften = 768;
  std::string out;
  out.reserve(kMostOften);
  AppendDiagnostic(report, finding, options, telling, out);
  return out;
}

std::string LspDiagnostic(const engine::Report& report, const diagnostic::Gap& gap,
                          const LspTelling& telling) {
  std::string out;
  AppendDiagnostic(report, gap, telling, out);
  return out;
}

}  // namespace cagelint::output
