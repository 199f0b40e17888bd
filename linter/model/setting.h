// One thing that an author can set on a container: absent, known or dynamic.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "linter/base/span.h"

namespace cagelint::model {

enum class State : std::uint8_t {
  kAbsent,   // the author said nothing
  kKnown,    // the value is certain
  kDynamic,  // said, but not knowable before it runs: `$VAR`, a command's output, branches that
             // differ
};

// How a value got to where it stands: an override, an `extends` base, a merge key, a variable.
// Becomes a label.
struct Step {
  base::Span span;
  std::string text;  // "`LIMIT` is set here"
};

// A rule asks Is(value), or IsAbsent(); a dynamic setting satisfies neither.
template <typename T>
struct Setting {
  State state = State::kAbsent;
  T value{};
  base::Span whole;  // all the author wrote for it: `--cap-add=ALL`, `privileged: true`
  base::Span
      value_span;      // the value alone: `ALL`, `true`; a bare flag's own span where there is none
  std::string source;  // the text of a dynamic value as written: "${UID}"
  std::vector<Step> steps;

  bool IsAbsent() const { return state == State::kAbsent; }
  bool IsKnown() const { return state == State::kKnown; }
  bool IsDynamic() const { return state == State::kDynamic; }
  bool Is(const T& expected) const { return IsKnown() && value == expected; }

  static Setting Known(T value, base::Span whole, base::Span value_span) {
    Setting setting;
    setting.state = State::kKnown;
    setting.value = std::move(value);
    setting.whole = whole;
    setting.value_span = value_span;
    return setting;
  }
  static Setting Dynamic(std::string source, base::Span whole, base::Span value_span) {
    Setting setting;
    setting.state = State::kDynamic;
    setting.source = std::move(source);
    setting.whole = whole;
    setting.value_span = value_span;
    return setting;
  }
};

// A setting that holds several values. Known and dynamic elements may stand side by side.
//   kAbsent   the author said nothing: no items
//   kKnown    the items are all there is (there may be none: `cap_drop: []`)
//   kDynamic  there may be further elements that cannot be known; `items` holds those that are
//   known
template <typename T>
struct List {
  State state = State::kAbsent;
  std::vector<Setting<T>> items;
  base::Span whole;    // compose: key to last item; a command: the first item's flag
  std::string source;  // as in Setting

  bool IsAbsent() const { return state == State::kAbsent; }
  bool IsKnown() const { return state == State::kKnown; }
  bool IsDynamic() const { return state == State::kDynamic; }
  // True when the list, or any element of it, cannot be known.
  bool HasUnknown() const {
    if (IsDynamic()) return true;
    for (const auto& item : items)
      if (item.IsDynamic()) return true;
    return false;
  }
  // The first known element that equals `expected`; null when there is none.
  const Setting<T>* Find(const T& expected) const {
    for (const auto& item : items)
      if (item.Is(expected)) return &item;
    return nullptr;
  }
  // Appends an element and makes an absent list known.
  void Add(Setting<T> item) {
    if (IsAbsent()) {
      state = State::kKnown;
      whole = item.whole;
    }
    items.push_back(std::move(item));
  }
};

}  // namespace cagelint::model
