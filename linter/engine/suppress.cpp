#include "linter/engine/suppress.h"

#include <algorithm>

#include "linter/base/text.h"

namespace cagelint::engine {

using model::Suppression;
using Reach = Suppression::Reach;

std::string_view Name(Suppression::By by) {
  if (by == Suppression::By::kComment) return "comment";
  return by == Suppression::By::kKey ? "x-cagelint" : "configuration";
}

Suppressions::Suppressions(std::span<const Suppression> own,
                           std::span<const Suppression> configured,
                           const std::function<std::string()>& today,
                           const base::SourceSet& sources)
    : own_(own.size()), today_(today), sources_(sources) {
  for (const auto& list : {own, configured})
    for (const Suppression& one : list) all_.push_back(&one);
  hidden_.resize(all_.size());
  for (std::size_t i = 0; i < all_.size(); ++i) Add(i);
  for (auto& [rule, of_rule] : by_rule_) {
    Nest(of_rule.places);
    Nest(of_rule.statements);
  }
}

// Asked only here: to find out costs a read of the time zone.
bool Suppressions::IsOver(const Suppression& one) const {
  return !one.until.empty() && today_ != nullptr && one.until < today_();
}

void Suppressions::Add(std::size_t index) {
  const Suppression& one = *all_[index];
  hidden_[index].resize(one.ids.size());
  if (!one.problem.empty() || IsOver(one)) return;
  for (std::size_t i = 0; i < one.ids.size(); ++i) {
    OfRule& of_rule = by_rule_[one.ids[i].text];
    const Entry entry{index, i, sources_.ToFile(one.covers)};
    if (one.reach == Reach::kWholeFile) {
      of_rule.files.emplace_back(sources_.ToFile(one.span).file, entry);
    } else if (one.reach == Reach::kContainer) {
      of_rule.containers.emplace(one.service, entry);
    } else {
      of_rule.places.push_back(entry);
      if (one.reach == Reach::kStatement) of_rule.statements.push_back(entry);
    }
  }
}

// Sorts, and links each to the one around it.
void Suppressions::Nest(std::vector<Entry>& entries) {
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    return std::tuple(a.covers.file, a.covers.begin, b.covers.end) <
           std::tuple(b.covers.file, b.covers.begin, a.covers.end);
  });
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    while (!open.empty() && !entries[open.back()].covers.Contains(entries[i].covers))
      open.pop_back();
    if (!open.empty()) entries[i].parent = open.back();
    open.push_back(i);
  }
}

const Suppressions::Entry* Suppressions::FindAround(const std::vector<Entry>& entries,
                                                    const base::Span& span) {
  const auto next = std::upper_bound(entries.begin(), entries.end(), span,
                                     [](const base::Span& place, const Entry& entry) {
                                       return std::tuple(place.file, place.begin) <
                                              std::tuple(entry.covers.file, entry.covers.begin);
                                     });
  if (next == entries.begin()) return nullptr;
  auto at = static_cast<std::size_t>(next - entries.begin()) - 1;
  for (; at != kNone; at = entries[at].parent)
    if (entries[at].covers.Contains(span)) return &entries[at];
  return nullptr;
}

const Suppressions::Entry* Suppressions::FindFor(const diagnostic::Diagnostic& finding) const {
  const auto found = by_rule_.find(finding.rule);
  if (found == by_rule_.end()) return nullptr;
  const OfRule& of_rule = found->second;
  // A finding that goes over several lines is on the line where it begins.
  const base::Span begin{finding.span.file, finding.span.begin, finding.span.begin};
  if (const Entry* entry = FindAround(of_rule.places, begin)) return entry;
  if (finding.subject && finding.subject->span.IsValid()) {
    if (const Entry* entry = FindAround(of_rule.statements, finding.subject->span)) return entry;
    const auto service = of_rule.containers.find(finding.subject->id);
    if (service != of_rule.containers.end()) return &service->second;
  }
  for (const auto& [file, entry] : of_rule.files)
    if (file == finding.span.file) return &entry;
  const auto all = of_rule.containers.find("");
  return all == of_rule.containers.end() ? nullptr : &all->second;
}

void Suppressions::Apply(std::span<diagnostic::Diagnostic> findings) {
  if (by_rule_.empty()) return;
  for (diagnostic::Diagnostic& finding : findings) {
    const Entry* entry = FindFor(finding);
    if (entry == nullptr) continue;
    const Suppression& one = *all_[entry->suppression];
    finding.suppressed = {std::string(Name(one.by)), one.reason};
    ++hidden_[entry->suppression][entry->id];
  }
}

std::vector<SuppressionUse> Suppressions::Uses(
    std::span<const Rule* const> rules,
    const std::function<bool(std::string_view)>& could_hide) const {
  std::vector<std::string_view> names;
  for (const Rule* rule : rules) names.push_back(rule->info.id);
  std::vector<SuppressionUse> out;
  for (std::size_t i = 0; i < own_; ++i) {
    const Suppression& one = *all_[i];
    SuppressionUse use{&one, IsOver(one), {}};
    for (std::size_t j = 0; j < one.ids.size(); ++j) {
      SuppressionUse::Id id{.id = &one.ids[j], .hidden = hidden_[i][j]};
      id.is_known = std::find(names.begin(), names.end(), one.ids[j].text) != names.end();
      if (!id.is_known) id.nearest = base::Suggest(one.ids[j].text, names);
      id.could_hide = id.is_known && !one.elsewhere && could_hide(one.ids[j].text);
      use.ids.push_back(std::move(id));
    }
    out.push_back(std::move(use));
  }
  return out;
}

}  // namespace cagelint::engine
