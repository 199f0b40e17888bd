#include "linter/output/groups.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace cagelint::output {

using diagnostic::Diagnostic;

std::vector<Group> GroupsOf(const engine::Report& report, Suppression suppression) {
  // The report is sorted by path, so that the files of the groups stay in its order.
  using Key = std::tuple<base::FileId, diagnostic::Subject>;
  std::map<Key, std::size_t> known;
  std::vector<Group> groups;
  for (const Diagnostic& finding : report.findings) {
    if (finding.suppressed && suppression == Suppression::kLeftOut) continue;
    const Key key{finding.span.file, finding.subject ? *finding.subject : diagnostic::Subject{}};
    const auto [at, added] = known.emplace(key, groups.size());
    if (added) groups.push_back({finding.subject.get(), {}});
    groups[at->second].findings.push_back(&finding);
  }
  return groups;
}

std::vector<std::vector<const Diagnostic*>> PlacesOf(const Group& group) {
  std::vector<std::vector<const Diagnostic*>> places;
  for (const Diagnostic* finding : group.findings) {
    if (places.empty() || places.back().front()->span != finding->span) places.emplace_back();
    places.back().push_back(finding);
  }
  for (auto& place : places)
    std::stable_sort(place.begin(), place.end(), [](const Diagnostic* a, const Diagnostic* b) {
      return a->severity > b->severity;
    });
  return places;
}

}  // namespace cagelint::output
