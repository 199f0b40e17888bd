#include "linter/output/finding_json.h"

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <utility>

#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

Json Place(const base::Source& source, std::uint32_t offset) {
  const base::Position position = source.PositionAt(offset);
  return {{"line", position.line}, {"column", position.column}, {"offset", offset}};
}

Json Range(const engine::Report& report, const base::Span& span) {
  if (!span.IsValid()) return Json::object();
  const base::Source& source = report.sources->Get(span.file);
  return {{"start", Place(source, span.begin)}, {"end", Place(source, span.end)}};
}

Json FixJson(const engine::Report& report, const diagnostic::Fix& fix) {
  Json out = {{"title", fix.title}, {"safety", Name(fix.safety)}};
  if (!fix.caveat.empty()) out["caveat"] = fix.caveat;
  out["edits"] = Json::array();
  for (const diagnostic::Edit& edit : fix.edits)
    out["edits"].push_back({{"path", PathOf(report, edit.span)},
                            {"range", Range(report, edit.span)},
                            {"text", edit.text}});
  return out;
}

std::string Dumped(const Json& value) {
  return value.dump(-1, ' ', true, Json::error_handler_t::replace);
}

// How many bytes at the front of `text` stand in a string of JSON for themselves.
std::size_t UnescapedSize(std::string_view text) {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  std::size_t at = 0;
  // As base::PlainSize; also one that is the same as a quote or a backslash sets a topmost bit.
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof(word));
    const std::uint64_t quote = (word ^ (kEach * '"')) - kEach;
    const std::uint64_t backslash = (word ^ (kEach * '\\')) - kEach;
    if (((word | (word - kEach * ' ') | (word + kEach) | quote | backslash) & (kEach * 0x80)) != 0)
      break;
  }
  while (at < text.size() && text[at] >= ' ' && text[at] <= '~' && text[at] != '"' &&
         text[at] != '\\')
    ++at;
  return at;
}

void WriteCompact(const Json& value, std::string& out) {
  if (value.is_string()) return AppendString(value.get_ref<const std::string&>(), out);
  if (value.is_binary()) {
    const auto& json = value.get_binary();
    out.append(reinterpret_cast<const char*>(json.data()), json.size());
    return;
  }
  if (!value.is_structured()) {
    const bool counts = value.is_number_unsigned();
    out += counts ? std::to_string(value.get<std::uint64_t>()) : Dumped(value);
    return;
  }
  const bool is_object = value.is_object();
  char before = is_object ? '{' : '[';
  if (value.empty()) out += before;
  for (auto item = value.begin(); item != value.end(); ++item) {
    out += std::exchange(before, ',');
    if (is_object) {
      AppendString(item.key(), out);
      out += ':';
    }
    WriteCompact(*item, out);
  }
  out += is_object ? '}' : ']';
}

}  // namespace

std::string Compact(const Json& value) {
  std::string out;
  WriteCompact(value, out);
  return out;
}

Json Written(std::string_view json) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(json.data());
  return Json::binary({bytes, bytes + json.size()});
}

// As Dumped, which looks at each byte for what UTF-8 it begins: nearly all texts are ASCII.
void AppendString(std::string_view text, std::string& out) {
  const std::size_t before = out.size();
  out += '"';
  for (std::size_t at = 0;; ++at) {
    const std::size_t plain = UnescapedSize(text.substr(at));
    out.append(text, at, plain);
    at += plain;
    if (at == text.size()) break;
    const char byte = text[at];
    if (byte != '"' && byte != '\\' && byte != '\n' && byte != '\t') {
      out.resize(before);
      out += Dumped(text);
      return;
    }
    out += '\\';
    out += byte == '\n' ? 'n' : byte == '\t' ? 't' : byte;
  }
  out += '"';
}

std::string Indented(const Json& value) {
  return value.dump(2, ' ', true, Json::error_handler_t::replace);
}

const std::string& PathOf(const engine::Report& report, const base::Span& span) {
  return report.sources->Get(span.file).Path();
}

const std::string& PathOf(const engine::Report& report, const diagnostic::Gap& gap) {
  return gap.span.IsValid() ? PathOf(report, gap.span) : gap.path;
}

Json FindingJson(const engine::Report& report, const diagnostic::Diagnostic& finding) {
  Json out;
  out["rule"] = finding.rule;
  out["severity"] = Name(finding.severity);
  out["message"] = finding.message;
  out["path"] = PathOf(report, finding.span);
  out["range"] = Range(report, finding.span);
  if (finding.subject) {
    Json container = {{"name", finding.subject->id}};
    const base::Span& place = finding.subject->span;
    if (place.IsValid() && place.file != finding.span.file)
      container["path"] = PathOf(report, place);
    container["range"] = Range(report, place);
    out["container"] = std::move(container);
  }
  for (const diagnostic::Label& label : finding.labels) {
    if (!label.span.IsValid()) continue;
    out["labels"].push_back({{"message", label.message},
                             {"path", PathOf(report, label.span)},
                             {"range", Range(report, label.span)}});
  }
  for (const diagnostic::Fix& fix : finding.fixes) out["fixes"].push_back(FixJson(report, fix));
  out["url"] = RuleUrl(finding.rule);
  if (finding.suppressed)
    out["suppressed"] = {{"by", finding.suppressed->by}, {"reason", finding.suppressed->reason}};
  return out;
}

Json GapJson(const engine::Report& report, const diagnostic::Gap& gap) {
  return {{"kind", gap.kind},
          {"message", gap.message},
          {"path", PathOf(report, gap)},
          {"range", Range(report, gap.span)},
          {"refused", gap.refused}};
}

Json FixedJson(const engine::BaselineEntry& entry) {
  return {{"rule", entry.rule},
          {"path", entry.path},
          {"container", entry.container},
          {"count", entry.count}};
}

Json SummaryJson(const engine::Report& report) {
  using diagnostic::Severity;
  return {{"files", report.files},
          {"containers", report.containers},
          {"profiles", report.profiles},
          {"error", report.Count(Severity::kError)},
          {"warning", report.Count(Severity::kWarning)},
          {"info", report.Count(Severity::kInfo)},
          {"suppressed", report.Suppressed()},
          {"gaps", report.Gaps()}};
}

}  // namespace cagelint::output
