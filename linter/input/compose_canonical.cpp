// `external: {name: X}`, the old way to write `external: true` and `name: X`. compose-go 2.9.1,
// transform/external.go: done after each document, so that a later one lies over the new form.
#include <algorithm>
#include <array>

#include "linter/input/compose_extends.h"
#include "linter/input/compose_settings.h"

namespace cagelint::input::compose {
namespace {

bool IsOld(const Slot& resource) {
  const Slot* external = resource.value->Find("external");
  return external != nullptr && external->value->IsMap();
}

ValuePtr Renewed(const Value& resource) {
  auto copy = std::make_shared<Value>(resource);
  Slot name;
  for (Slot& slot : copy->slots) {
    if (slot.key != "external") continue;
    if (const Slot* found = slot.value->Find("name")) name = *found;
    auto value = std::make_shared<Value>();
    value->kind = Kind::kBool;
    value->span = slot.value->span;
    value->folder = slot.value->folder;
    value->text = Argument::Literal("true", slot.value->span);
    slot.value = std::move(value);
  }
  if (name.value != nullptr && copy->Find("name") == nullptr) copy->slots.push_back(name);
  return copy;
}

}  // namespace

ValuePtr Loader::WithNewExternals(const ValuePtr& model) {
  constexpr std::array<std::string_view, 4> kKinds{"networks", "volumes", "secrets", "configs"};
  ValuePtr out = model;
  for (const std::string_view kind : kKinds) {
    const Slot* resources = model->Find(kind);
    if (resources == nullptr || !resources->value->IsMap()) continue;
    if (std::none_of(resources->value->slots.begin(), resources->value->slots.end(), IsOld))
      continue;
    auto renewed = std::make_shared<Value>(*resources->value);
    for (Slot& slot : renewed->slots) {
      if (!IsOld(slot)) continue;
      const View view = ViewOf(slot.value);
      const auto name = StringOf(view.Get("name"));
      const auto old = StringOf(view.Get("external").Get("name"));
      if (name.IsKnown() && old.IsKnown() && name.value != old.value)
        Say("invalid-compose", "`name` and `external` say different names", name.value_span);
      slot.value = Renewed(*slot.value);
    }
    auto copy = std::make_shared<Value>(*out);
    for (Slot& slot : copy->slots)
      if (slot.key == kind) slot.value = renewed;
    out = std::move(copy);
  }
  return out;
}

}  // namespace cagelint::input::compose
