#include "linter/engine/origins.h"

#include <algorithm>

namespace cagelint::engine {

template <typename T>
void Origins::Note(const model::Setting<T>& setting) {
  if (setting.steps.empty()) return;
  for (const base::Span& span : {setting.value_span, setting.whole})
    if (span.IsValid()) steps_.try_emplace(span, &setting.steps);
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

void Origins::AddLabels(const base::Span& span, std::vector<diagnostic::Label>& labels) const {
  constexpr std::size_t kMost = 4;
  const auto found = steps_.find(span);
  if (found == steps_.end()) return;
  for (std::size_t i = 0; i < std::min(kMost, found->second->size()); ++i) {
    const model::Step& step = (*found->second)[i];
    const bool is_new = step.span.IsValid() && !step.span.IsEmpty() && step.span != span &&
                        std::none_of(labels.begin(), labels.end(),
                                     [&](const auto& label) { return label.span == step.span; });
    if (is_new) labels.push_back({step.span, step.text});
  }
}

}  // namespace cagelint::engine
