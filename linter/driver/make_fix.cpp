#include "linter/driver/make_fix.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "linter/input/editor.h"

namespace cagelint::driver {
namespace {

template <typename T>
bool Holds(const model::Setting<T>& setting, const base::Span& place) {
  return setting.whole.Contains(place);
}

template <typename T>
bool Holds(const model::List<T>& list, const base::Span& place) {
  return list.whole.Contains(place) ||
         std::any_of(list.items.begin(), list.items.end(),
                     [&](const auto& item) { return item.whole.Contains(place); });
}

// The members of `container` that are written at `place`.
void AddMembersAt(const model::Container& container, const base::Span& place,
                  std::vector<std::string>& out) {
#define SETTING(type, member, flag, key) \
  if (Holds(container.member, place)) out.emplace_back(#member);
#define LIST SETTING
#include "linter/model/settings.def"
#undef SETTING
#undef LIST
}

std::vector<std::string> MembersOf(const model::Container* container, const model::Fix& fix) {
  std::vector<std::string> out;
  for (const model::Change& change : fix.changes) {
    // One element that is changed stays one, and two changes of the same collide.
    if (!change.member.empty() && !change.at.IsValid()) out.push_back(change.member);
    if (change.kind == model::Change::Kind::kRemove && container != nullptr)
      AddMembersAt(*container, change.at, out);
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

}  // namespace

engine::FixMaker FixMakerFor(const model::Document& document, const base::SourceSet& sources) {
  // A FixMaker is copied, and an editor keeps trees.
  auto editor = std::make_shared<input::Editor>(document, sources);
  return [editor](const model::Container* container,
                  const model::Fix& fix) -> std::optional<diagnostic::Fix> {
    input::Edited edited = editor->Apply(container, fix.changes);
    diagnostic::Fix out;
    out.title = fix.title;
    if (edited.edits.empty()) {
      out.caveat = std::move(edited.refused);
      return out;
    }
    out.safety = edited.reaches.empty() ? fix.safety : diagnostic::Safety::kUnsafe;
    out.caveat = fix.caveat;
    if (!edited.reaches.empty()) out.caveat += (out.caveat.empty() ? "" : "; ") + edited.reaches;
    out.edits = std::move(edited.edits);
    out.settings = MembersOf(container, fix);
    return out;
  };
}

}  // namespace cagelint::driver
