#include "linter/driver/parts.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "linter/base/hash.h"

namespace cagelint::driver {
namespace {

std::uint64_t KeyOf(const diagnostic::Diagnostic& finding) {
  const std::string place = std::to_string(finding.span.file) + ":" +
                            std::to_string(finding.span.begin) + ":" +
                            std::to_string(finding.span.end) + ":";
  return base::HashOf(finding.message, base::HashOf(finding.rule, base::HashOf(place)));
}

// Moves those that `stands_here` takes from `from` to `to`.
template <typename Item, typename Test>
void MoveIf(std::vector<Item>& from, std::vector<Item>& to, const Test& stands_here) {
  const auto rest = std::stable_partition(from.begin(), from.end(),
                                          [&](const Item& item) { return !stands_here(item); });
  to.insert(to.end(), std::make_move_iterator(rest), std::make_move_iterator(from.end()));
  from.erase(rest, from.end());
}

}  // namespace

void Parts::HandOn(base::FileId own) {
  engine::Report part;
  part.sources = whole_.sources;
  const auto is_own = [&](const auto& item) {
    return item.span.IsValid() && item.span.file == own;
  };
  MoveIf(whole_.findings, part.findings, is_own);
  MoveIf(whole_.gaps, part.gaps,
         [&](const diagnostic::Gap& gap) { return is_own(gap) || !gap.span.IsValid(); });
  for (diagnostic::Diagnostic& finding : whole_.findings)
    waiting_.emplace_back(own, std::move(finding));
  whole_.findings.clear();
  engine::Finish(part);
  Emit(std::move(part));
}

void Parts::Return() {
  const auto path = [&](const auto& each) {
    return std::string_view(whole_.sources->Get(each.first).Path());
  };
  std::stable_sort(waiting_.begin(), waiting_.end(),
                   [&](const auto& a, const auto& b) { return path(a) < path(b); });
  for (auto& [own, finding] : waiting_) whole_.findings.push_back(std::move(finding));
  waiting_.clear();
}

void Parts::HandOnRest() {
  engine::Report part;
  part.sources = whole_.sources;
  part.findings = std::exchange(whole_.findings, {});
  part.gaps = std::exchange(whole_.gaps, {});
  Emit(std::move(part));
}

void Parts::Emit(engine::Report part) {
  std::erase_if(part.findings, [&](const diagnostic::Diagnostic& finding) {
    return !said_.insert(KeyOf(finding)).second;
  });
  divide_(part);
  if (part.findings.empty() && part.gaps.empty()) return;
  using diagnostic::Severity;
  for (const Severity severity : {Severity::kInfo, Severity::kWarning, Severity::kError})
    whole_.told.by_severity[static_cast<std::size_t>(severity)] += part.Count(severity);
  whole_.told.suppressed += part.Suppressed();
  whole_.told.gaps += part.gaps.size();
  on_part_(part);
}

}  // namespace cagelint::driver
