// Which keys a compose file may have, and of which types: what the loader refuses before it looks
// at meanings.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "linter/input/compose_value.h"
#include "linter/input/compose_variables.h"

namespace cagelint::input::compose {

// What is said of one key of a map, or of the items of a list.
struct ShapeRule {
  std::string_view key;
  std::string_view kinds;
  std::string_view words;  // allowed values, `|` between them; empty: any
  int shape = -1;          // of its children, an index of ShapeAt; -1: nothing is said of them
  bool is_required = false;

  bool Has(char letter) const { return kinds.find(letter) != std::string_view::npos; }
  bool Allows(std::string_view text) const;
};

// The children of a map or list: words `KEY:KINDS[(ENUM)][:SHAPE]`. KEY is a name, `*` for any
// other name, `[]` for the items of a list; `^` before it says that it must be there. KINDS are n
// null, b boolean, i integer, f number, s string, m map, l list; then ! (items must differ), +
// (further keys of any kind), N (keys are plain names), W (2.0 is no integer); B, I, F, D, S, C or
// P where a string must be a boolean, an integer, a number, a duration, a size, a container's name
// or a pull policy; O where a number must be one of the kernel's scores. Only in what is there in
// the end counts U (a number must not be negative), K (no string after all) and, where L is said,
// B, I and F. SHAPE names the children. The shape "" is the whole file.
struct ShapeText {
  std::string_view name;
  std::string_view children;
};

// The rules of a shape, sorted by key. The texts are read when the program is compiled.
std::span<const ShapeRule> ShapeAt(int shape);
// The shape "".
int WholeFile();

// What the loader would refuse `root` for; at most 200 problems. `last`: nothing is laid over it,
// and its values are decoded.
std::vector<Problem> Validate(const Value& root, bool last);

// Whether services stand at the top, without `services:`, as before Compose knew versions; each
// slot there that is a mapping of a name of no other meaning is one.
bool IsFirstLayout(const Value& root);
bool IsService(const Slot& slot);

// As compose-go casts a string to a boolean: true, yes, y, on, false, no, n, off in any case.
// Returns false when `text` is none of these.
bool CastBoolean(std::string_view text, bool& value);
// Go's strconv.ParseInt(text, 10, 64).
bool CastInteger(std::string_view text, std::int64_t& value);
// Go's time.ParseDuration with days and weeks, in seconds.
bool CastDuration(std::string_view text, double& seconds);
// Go's strconv.ParseFloat.
bool CastNumber(std::string_view text, double& value);

}  // namespace cagelint::input::compose
