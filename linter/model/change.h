// What would make a configuration better, in the terms of the model. A rule says it; the reader of
// the format turns it into bytes (input/editor.h).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::model {

struct Change {
  enum class Kind : std::uint8_t {
    // The single setting `member` of model::Container gets `value`. With "true" a switch is on, and
    // "false" takes what switches it on away.
    kSet,
    // The list `member` gets `value` as one more element.
    kAppend,
    // What is written at `at` goes: a whole flag with its value, a key with its value, an element.
    kRemove,
    // What is written at `at`, a value without its quotes, becomes `value`.
    kReplace,
  };
  Kind kind = Kind::kSet;
  std::string member = {};  // "read_only", "cap_drop"; "" for kRemove and kReplace
  std::string value = {};   // as on a command line: "512m", "ALL", "/tmp:size=64m"
  base::Span at = {};       // of kRemove and kReplace: Setting::whole and Setting::value_span
};

inline Change Set(std::string member, std::string value) {
  return {Change::Kind::kSet, std::move(member), std::move(value)};
}
// Of one element of a list: `part` is "mounts.read_only", "mounts.size" (of a tmpfs) or
// "ports.host_ip", `whole` that element's Setting::whole.
inline Change SetOf(std::string part, std::string value, const base::Span& whole) {
  return {Change::Kind::kSet, std::move(part), std::move(value), whole};
}
inline Change Append(std::string member, std::string value) {
  return {Change::Kind::kAppend, std::move(member), std::move(value)};
}
inline Change Remove(const base::Span& whole) { return {Change::Kind::kRemove, {}, {}, whole}; }
inline Change Replace(const base::Span& value_span, std::string value) {
  return {Change::Kind::kReplace, {}, std::move(value), value_span};
}

// One way to make a finding go away: all of its changes together.
struct Fix {
  std::string title;  // as diagnostic::Fix
  diagnostic::Safety safety = diagnostic::Safety::kUnsafe;
  std::string caveat = {};  // of an unsafe one: what may break
  std::vector<Change> changes;
};

inline Fix Safe(std::string title, std::vector<Change> changes) {
  return {std::move(title), diagnostic::Safety::kSafe, {}, std::move(changes)};
}
inline Fix Unsafe(std::string title, std::string caveat, std::vector<Change> changes) {
  return {std::move(title), diagnostic::Safety::kUnsafe, std::move(caveat), std::move(changes)};
}

}  // namespace cagelint::model
