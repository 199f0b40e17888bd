#include "linter/engine/report.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

namespace cagelint::engine {
namespace {

// The place of each file when they are ordered by path.
class PathOrder {
 public:
  PathOrder(const Report& report, const base::SourceSet& sources) {
    std::map<std::string_view, std::vector<base::FileId>> files;
    const auto add = [&](const base::Span& span) {
      if (span.IsValid() && places_.emplace(span.file, 0).second)
        files[sources.Get(span.file).Path()].push_back(span.file);
    };
    for (const diagnostic::Diagnostic& finding : report.findings) add(finding.span);
    std::size_t place = 0;
    for (const auto& [path, same] : files) {
      ++place;
      for (const base::FileId file : same) places_[file] = place;
    }
  }
  // 0 for what stands in no file.
  std::size_t Of(const base::Span& span) const {
    return span.IsValid() ? places_.at(span.file) : 0;
  }

 private:
  std::unordered_map<base::FileId, std::size_t> places_;
};

// What a finding is ordered by. It is large, and would be moved a dozen times itself.
struct Key {
  // What says the same at one place is one finding.
  std::tuple<std::size_t, std::uint32_t, std::uint32_t, std::string_view, std::string_view> said;
  // Of repeats, that with the most labels is kept: a profile's finding that names the container.
  // Before all, one that nobody suppressed, and the most severe: what is meant for one service is
  // not for another.
  std::tuple<bool, int, std::ptrdiff_t> kept;
  std::size_t index = 0;

  bool operator<(const Key& other) const {
    return std::tie(said, kept, index) < std::tie(other.said, other.kept, other.index);
  }
};

std::vector<Key> InOrder(const Report& report) {
  const PathOrder paths(report, *report.sources);
  std::vector<Key> keys(report.findings.size());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const diagnostic::Diagnostic& d = report.findings[i];
    keys[i].said = {paths.Of(d.span), d.span.begin, d.span.end, d.rule, d.message};
    keys[i].kept = {d.suppressed.has_value(), -static_cast<int>(d.severity),
                    -static_cast<std::ptrdiff_t>(d.labels.size())};
    keys[i].index = i;
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

// What several services share (an anchor, an `extends` base) is said once, with who has it.
void AddSharer(diagnostic::Diagnostic& kept, const diagnostic::Diagnostic& repeat) {
  constexpr std::size_t kMostShown = 4;
  const auto& subject = repeat.subject;
  const bool same =
      !subject || !kept.subject || !subject->span.IsValid() || subject->span == kept.subject->span;
  const bool meant = repeat.suppressed && !kept.suppressed;
  if (!same && !meant && kept.labels.size() < kMostShown)
    kept.labels.push_back({subject->span, "has it too"});
}

void FinishGaps(Report& report) {
  const auto key = [&](const diagnostic::Gap& g) {
    return std::tuple(g.span.IsValid() ? std::string_view(report.sources->Get(g.span.file).Path())
                                       : std::string_view(g.path),
                      g.span.begin, std::string_view(g.kind), std::string_view(g.message));
  };
  auto& gaps = report.gaps;
  std::stable_sort(gaps.begin(), gaps.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  gaps.erase(std::unique(gaps.begin(), gaps.end(),
                         [&](const auto& a, const auto& b) { return key(a) == key(b); }),
             gaps.end());
}

}  // namespace

std::size_t Report::Count(diagnostic::Severity severity) const {
  return told.by_severity[static_cast<std::size_t>(severity)] +
         static_cast<std::size_t>(
             std::count_if(findings.begin(), findings.end(), [&](const diagnostic::Diagnostic& d) {
               return d.severity == severity && !d.suppressed;
             }));
}

std::size_t Report::Suppressed() const {
  return told.suppressed +
         static_cast<std::size_t>(std::count_if(
             findings.begin(), findings.end(),
             [](const diagnostic::Diagnostic& d) { return d.suppressed.has_value(); }));
}

void Finish(Report& report) {
  // Keys are views into findings: these are moved when no key is needed any more.
  const std::vector<Key> keys = InOrder(report);
  std::vector<std::size_t> kept;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0 && keys[i].said == keys[i - 1].said) {
      AddSharer(report.findings[kept.back()], report.findings[keys[i].index]);
    } else {
      kept.push_back(keys[i].index);
    }
  }
  std::vector<diagnostic::Diagnostic> findings;
  findings.reserve(kept.size());
  for (const std::size_t index : kept) findings.push_back(std::move(report.findings[index]));
  report.findings = std::move(findings);
  FinishGaps(report);
}

}  // namespace cagelint::engine
