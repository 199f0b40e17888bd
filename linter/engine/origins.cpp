#include "linter/engine/origins.h"

#include <algorithm>

namespace cagelint::engine {

template <typename T>
void Origins::Note(const model::Setting<T>& setting) {
  if (setting.steps.empty()) return;
  for (const base::Span& span : {setting.value_span, setting.whole})
    if (span.IsValid()) Note(span, setting.steps);
}

// One word may hold several settings, each with an origin of its own.
void Origins::Note(const base::Span& span, const std::vector<model::Step>& steps) {
  const auto [at, is_new] = steps_.try_emplace(span, &steps);
  if (is_new || at->second == nullptr) return;
  const auto is_same = [](const model::Step& a, const model::Step& b) { return a.span == b.span; };
  if (!std::equal(steps.begin(), steps.end(), at->second->begin(), at->second->end(), is_same))
    at->second = nullptr;
}

Origins::Origins(const model::Document& document) {
  for (const model::Container& container : document.containers) {
#define SETTING(type, name, flag, key) Note(container.name);
#define LIST(type, name, flag, key) \
  for (const auto& item : container.name.items) Note(item);
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
    for (const auto& mount : container.mounts.items) Note(mount.value.source);
  }
}

const std::vector<model::Step>* Origins::StepsAt(const base::Span& span) const {
  const auto found = steps_.find(span);
  return found == steps_.end() ? nullptr : found->second;
}

void AddSteps(const std::vector<model::Step>* steps, const base::Span& span,
              std::vector<diagnostic::Label>& labels) {
  constexpr std::size_t kMost = 4;
  if (steps == nullptr) return;
  for (std::size_t i = 0; i < std::min(kMost, steps->size()); ++i) {
    const model::Step& step = (*steps)[i];
    const bool is_new = step.span.IsValid() && !step.span.IsEmpty() && step.span != span &&
                        std::none_of(labels.begin(), labels.end(),
                                     [&](const auto& label) { return label.span == step.span; });
    if (is_new) labels.push_back({step.span, step.text});
  }
}

}  // namespace cagelint::engine
