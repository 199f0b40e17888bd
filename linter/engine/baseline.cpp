#include "linter/engine/baseline.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <tuple>

#include <sha2.h>
#include <sys/types.h>

namespace cagelint::engine {
namespace {

constexpr std::size_t kFingerprintBytes = 16;

BaselineEntry EntryOf(const diagnostic::Diagnostic& finding, const base::SourceSet& sources,
                      const PathName& name) {
  return {finding.rule, name(sources.Get(finding.span.file).Path()),
          finding.subject ? finding.subject->id : "", Fingerprint(finding, sources), 1};
}

using Key = std::tuple<std::string, std::string, std::string, std::string>;

Key KeyOf(const BaselineEntry& entry) {
  return {entry.path, entry.rule, entry.container, entry.fingerprint};
}

Baseline Made(const std::map<Key, BaselineEntry>& entries) {
  Baseline out;
  for (const auto& [key, entry] : entries) out.entries.push_back(entry);
  return out;
}

}  // namespace

std::string Digest(std::span<const std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) {  // each behind its length
    text += std::to_string(part.size()) + ":";
    text += part;
  }
  std::array<char, SHA256_DIGEST_STRING_LENGTH> digest{};
  SHA256Data(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), digest.data());
  return {digest.data(), 2 * kFingerprintBytes};
}

std::string Fingerprint(const diagnostic::Diagnostic& finding, const base::SourceSet& sources) {
  const diagnostic::Subject* subject = finding.subject.get();
  const std::array<std::string_view, 4> parts{
      finding.rule, subject == nullptr ? std::string_view() : subject->name,
      subject == nullptr ? std::string_view() : subject->image, sources.Text(finding.span)};
  return Digest(parts);
}

Baseline RecordBaseline(const Report& report, const PathName& name) {
  std::map<Key, BaselineEntry> entries;
  for (const diagnostic::Diagnostic& finding : report.findings) {
    if (finding.suppressed) continue;
    BaselineEntry entry = EntryOf(finding, *report.sources, name);
    const auto [at, is_new] = entries.emplace(KeyOf(entry), entry);
    if (!is_new) ++at->second.count;
  }
  return Made(entries);
}

void ApplyBaseline(const Baseline& baseline, const PathName& name,
                   const std::function<bool(const BaselineEntry&)>& is_judged, Report& report) {
  std::map<Key, BaselineEntry> left;
  for (const BaselineEntry& entry : baseline.entries) left[KeyOf(entry)] = entry;
  for (diagnostic::Diagnostic& finding : report.findings) {
    if (finding.suppressed) continue;
    const auto known = left.find(KeyOf(EntryOf(finding, *report.sources, name)));
    if (known == left.end() || known->second.count == 0) continue;
    --known->second.count;
    finding.suppressed = diagnostic::Suppressed{std::string(kByBaseline), ""};
  }
  for (const auto& [key, entry] : left)
    if (entry.count > 0 && is_judged(entry)) report.fixed.push_back(entry);
}

Baseline Pruned(const Baseline& baseline, const Report& report) {
  std::map<Key, BaselineEntry> entries;
  for (const BaselineEntry& entry : baseline.entries) entries[KeyOf(entry)] = entry;
  for (const BaselineEntry& fixed : report.fixed) {
    const auto known = entries.find(KeyOf(fixed));
    if (known == entries.end()) continue;
    known->second.count -= std::min(known->second.count, fixed.count);
    if (known->second.count == 0) entries.erase(known);
  }
  return Made(entries);
}

}  // namespace cagelint::engine
