#include "linter/engine/report.h"

#include <algorithm>
#include <tuple>

namespace cagelint::engine {
namespace {

std::string_view PathOf(const base::SourceSet& sources, const base::Span& span) {
  return span.IsValid() ? std::string_view(sources.Get(span.file).Path()) : std::string_view();
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
  const auto key = [&](const diagnostic::Diagnostic& d) {
    return std::tuple(PathOf(*report.sources, d.span), d.span.begin, d.span.end,
                      std::string_view(d.rule), std::string_view(d.message));
  };
  const auto gap_key = [&](const diagnostic::Gap& g) {
    return std::tuple(g.span.IsValid() ? PathOf(*report.sources, g.span) : std::string_view(g.path),
                      g.span.begin, std::string_view(g.kind), std::string_view(g.message));
  };
  // Of repeats, that with the most labels is kept: a profile's finding that names the container.
  // Before all, one that nobody suppressed, and the most severe: what is meant for one service is
  // not for another.
  std::stable_sort(report.findings.begin(), report.findings.end(),
                   [](const auto& a, const auto& b) {
                     return std::tuple(a.suppressed.has_value(), b.severity, b.labels.size()) <
                            std::tuple(b.suppressed.has_value(), a.severity, a.labels.size());
                   });
  const auto tidy = [](auto& list, const auto& key_of) {
    std::stable_sort(list.begin(), list.end(),
                     [&](const auto& a, const auto& b) { return key_of(a) < key_of(b); });
    list.erase(std::unique(list.begin(), list.end(),
                           [&](const auto& a, const auto& b) { return key_of(a) == key_of(b); }),
               list.end());
  };
  // What several services share (an anchor, an `extends` base) is said once, with who has it.
  auto& all = report.findings;
  std::stable_sort(all.begin(), all.end(),
                   [&](const auto& a, const auto& b) { return key(a) < key(b); });
  for (std::size_t kept = 0, next = 1; next < all.size(); ++next) {
    if (key(all[kept]) != key(all[next])) {
      kept = next;
      continue;
    }
    constexpr std::size_t kMostShown = 4;
    const auto& subject = all[next].subject;
    const bool same = !subject || !all[kept].subject || !subject->span.IsValid() ||
                      subject->span == all[kept].subject->span;
    const bool meant = all[next].suppressed && !all[kept].suppressed;
    if (!same && !meant && all[kept].labels.size() < kMostShown)
      all[kept].labels.push_back({subject->span, "has it too"});
  }
  tidy(report.findings, key);
  tidy(report.gaps, gap_key);
}

}  // namespace cagelint::engine
