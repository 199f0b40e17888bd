// One comment line of a fixture: what the author of the fixture expects. The grammar stands in
// fixtures/README.md.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/result.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::test {

// Text in a file: [FILE:]`first`[..`last`] [#N].
struct Place {
  std::string file;  // "" is the file in which the directive stands
  std::string first;
  std::string last;  // "" when the place is `first` alone
  int nth = 1;       // counted from the directive on; -1 is the last one before it
};

struct Directive {
  enum class Kind { kRules, kExpect, kOk, kGap, kAs, kConfig, kLabel, kMessage, kHidden };
  Kind kind = Kind::kRules;
  std::vector<std::string> names =
      {};  // rules, ok: the ids; expect: the id; gap: its kind; config: key
  std::string text =
      {};  // message, label: the message; hidden: the reason; as: the name; config: the value
  std::optional<diagnostic::Severity> severity = {};  // expect
  bool refused = false;                               // gap
  std::optional<Place> place = {};                    // expect, gap, label
};

// `comment` is the line behind the comment sign. Nothing for a comment that is no directive, an
// error for one that looks like a directive and is not.
base::Result<std::optional<Directive>> ParseDirective(std::string_view comment);

// Whether a comment that follows an `expect` or `gap` refines it: at least two blanks, then
// `label`, `message` or `hidden`.
bool IsRefinement(std::string_view comment);
base::Result<std::optional<Directive>> ParseRefinement(std::string_view comment);

// `place` as a fixture would spell it.
std::string Spell(const Place& place);

}  // namespace cagelint::test
