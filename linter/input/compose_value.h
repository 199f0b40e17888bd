// The values of a compose file after aliases, merge keys and variables: what the loader merges.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/input/argument.h"
#include "linter/model/setting.h"
#include "linter/syntax/node.h"

namespace cagelint::input::compose {

// As go-yaml resolves them (YAML 1.2 core types with 1.1 octals).
enum class Kind : std::uint8_t { kNull, kBool, kInt, kFloat, kTime, kString, kMap, kList };

std::string_view Name(Kind kind);  // "null", "a boolean", "an integer", …

struct Value;
// Values never change once made, so that an alias or an `extends` base is shared, not copied.
using ValuePtr = std::shared_ptr<const Value>;
using Steps = std::vector<model::Step>;

// An entry of a map, or an item of a list.
struct Slot {
  std::string key;      // "" in a list
  base::Span key_span;  // invalid in a list
  ValuePtr value;       // never null
  Steps steps;          // how everything below it came here
};

struct Value {
  Kind kind = Kind::kNull;
  Argument text;            // of a scalar: its canonical text; symbols for what cannot be known
  std::vector<Slot> slots;  // of a map or a list
  base::Span span;          // where it is written, quotes included
  int folder = 0;           // the folder that relative paths in it begin at; see Loader
  Steps steps;              // variables that it is made of

  bool IsMap() const { return kind == Kind::kMap; }
  bool IsList() const { return kind == Kind::kList; }
  bool IsNull() const { return kind == Kind::kNull; }
  bool IsString() const { return kind == Kind::kString; }
  bool IsScalar() const { return !IsMap() && !IsList(); }
  // A string with a part that cannot be known.
  bool IsDynamic() const { return IsString() && !IsLiteralText(text.text); }
  // The first slot with this key; null when there is none.
  const Slot* Find(std::string_view key) const;
};

// What a plain scalar without a tag is. `text` becomes canonical where the type has a canonical
// form
// ("0x10" is "16", "TRUE" is "true"), as Go's fmt prints the value.
Kind ResolvePlain(std::string& text);

// The number that an integer's or a float's canonical text stands for.
double NumberOf(const Value& value);

// A value with everything that is known of how it came to be where it is. Never null inside.
struct View {
  ValuePtr value;  // null: there is no such key
  std::string key;
  base::Span key_span;
  Steps steps;

  explicit operator bool() const { return value != nullptr; }
  const Value* operator->() const { return value.get(); }
  // The entry of a map; an empty view when this is no map, or has no such key, or a null there.
  View Get(std::string_view key) const;
  std::vector<View> Children() const;
  // Children of a map, which all have a key; none of a list.
  std::vector<View> Entries() const;
  // From the key (or the item) to the end of the value.
  base::Span Whole() const;
  // The text without quotes; the whole value where it is none.
  base::Span Text() const;
  // Of part of the text.
  base::Span Text(std::size_t begin, std::size_t end) const;
};

View ViewOf(ValuePtr value);

// Steps of `a` followed by those of `b`: as many as one can follow, for a chain of thousands would
// be kept with every value that comes through it.
inline constexpr std::size_t kMostSteps = 6;
Steps Joined(const Steps& a, const Steps& b);

}  // namespace cagelint::input::compose
