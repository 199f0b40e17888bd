// Values of a service → settings of the model.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/compose_value.h"
#include "linter/input/compose_variables.h"
#include "linter/model/container.h"
#include "linter/model/setting.h"

namespace cagelint::input::compose {

// What readers of settings share: problems go here.
struct Findings {
  std::vector<Problem> problems;
  bool in_use = true;  // the service that is read: in no profile, or in one that is asked for
  void Say(std::string message, base::Span span) {
    problems.push_back({"invalid-compose", std::move(message), span});
  }
  // What Compose looks at only in services that are in use.
  void SayInUse(std::string message, base::Span span) {
    if (in_use) Say(std::move(message), span);
  }
};

// An absent setting for an empty view; dynamic where the value cannot be known. Whatever the schema
// refuses is absent: it was said already.
model::Setting<std::string> StringOf(const View& view);
model::Setting<bool> BooleanOf(const View& view);
model::Setting<std::int64_t> IntegerOf(const View& view);
model::Setting<double> NumberSettingOf(const View& view);
// Bytes with docker's units (go-units RAMInBytes): "64m", "1.5g", 1048576. A number with a fraction
// or an exponent that stands without quotes is nothing to compose-go: it counts as zero.
model::Setting<std::int64_t> BytesOf(const View& view, Findings& findings);
// Seconds, rounded up: "1m30s".
model::Setting<std::int64_t> SecondsOf(const View& view);

// The items of a list, or the one string.
model::List<std::string> StringsOf(const View& view);
// The same; of items that are equal up to an equals sign only the last (compose-go,
// override/uncity.go, keyValueIndexer).
model::List<std::string> UniqueStringsOf(const View& view);
// The keys of a map, or the items of a list.
model::List<std::string> NamesOf(const View& view);
// `K=V` items or a map; a later key replaces an earlier one.
model::List<model::KeyValue> KeyValuesOf(const View& view);
// A string is split as go-shellwords does it.
model::List<std::string> CommandOf(const View& view, Findings& findings);

// A known or dynamic setting of `value`, written as `view` says.
template <typename T>
model::Setting<T> SettingOf(const View& view, T value) {
  base::Span place = view.Text();
  if (!place.IsValid() || place.IsEmpty()) place = view.Whole();
  auto setting = view->IsDynamic()
                     ? model::Setting<T>::Dynamic(view->text.Written(), view.Whole(), place)
                     : model::Setting<T>::Known(std::move(value), view.Whole(), place);
  setting.steps = Joined(view.steps, view->steps);
  return setting;
}

// An empty list that is said: known, with no items.
template <typename T>
model::List<T> ListOf(const View& view) {
  model::List<T> list;
  list.state = model::State::kKnown;
  list.whole = view.Whole();
  return list;
}

// Reads "1.5g" as go-units does; false when it cannot.
bool ParseBytes(std::string_view text, std::int64_t& bytes);

}  // namespace cagelint::input::compose
