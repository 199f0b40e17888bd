#include "linter/output/entries.h"

#include <algorithm>
#include <map>

#include "linter/output/snippet.h"
#include "linter/output/wording.h"

namespace cagelint::output {

diagnostic::Severity Entry::Severity() const {
  if (finding != nullptr) return finding->severity;
  return gap->refused ? diagnostic::Severity::kError : diagnostic::Severity::kWarning;
}

std::string Entry::Message() const {
  return finding != nullptr ? Printable(finding->message) : GapMessage(*gap);
}

const std::string& Entry::Path(const base::SourceSet& sources) const {
  return Span().IsValid() ? sources.Get(Span().file).Path() : gap->path;
}

std::string Entry::Title() const {
  if (gap != nullptr) return "gap " + Printable(gap->kind);
  std::string title = Printable(finding->rule);
  if (finding->subject) title += " in " + Printable(finding->subject->name);
  return title;
}

std::vector<Entry> EntriesOf(const engine::Report& report, Suppression suppression) {
  std::vector<Entry> entries;
  entries.reserve(report.findings.size() + report.gaps.size());
  for (const diagnostic::Diagnostic& finding : report.findings)
    if (!finding.suppressed || suppression == Suppression::kKept)
      entries.push_back({&finding, nullptr});
  for (const diagnostic::Gap& gap : report.gaps) entries.push_back({nullptr, &gap});
  return entries;
}

void SortWorstFirst(std::vector<Entry>& entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const Entry& a, const Entry& b) { return a.Severity() > b.Severity(); });
}

std::vector<FileEntries> ByFile(const std::vector<Entry>& entries, const base::SourceSet& sources) {
  std::map<std::string_view, std::size_t> known;
  for (const Entry& entry : entries) known.emplace(entry.Path(sources), 0);
  std::vector<FileEntries> files;
  for (auto& [path, index] : known) {
    index = files.size();
    files.push_back({std::string(path), {}});
  }
  for (const Entry& entry : entries)
    files[known.find(entry.Path(sources))->second].entries.push_back(entry);
  return files;
}

std::optional<Range> RangeOf(const base::Span& span, const base::SourceSet& sources) {
  if (!span.IsValid()) return std::nullopt;
  const base::Source& source = sources.Get(span.file);
  return Range{source.PositionAt(span.begin), source.PositionAt(span.end)};
}

bool NamesFile(std::string_view path) { return path != "<command line>" && path != "<stdin>"; }

}  // namespace cagelint::output
