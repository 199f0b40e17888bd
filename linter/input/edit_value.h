// Values that an editor writes into YAML and JSON, and how they are spelled there.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/syntax/node.h"

namespace cagelint::input {

struct NewValue {
  enum class Kind : std::uint8_t {
    kString,  // quoted where it would be read as another type
    kPlain,   // a number, a switch, a size: not quoted where that can be
    kList,
    kMap,
  };
  Kind kind = Kind::kString;
  std::string text = {};  // of a scalar; one line
  // Of a map, and of a list, whose keys are empty.
  std::vector<std::pair<std::string, NewValue>> children = {};

  bool IsScalar() const { return kind == Kind::kString || kind == Kind::kPlain; }
  static NewValue String(std::string text) { return {Kind::kString, std::move(text)}; }
  static NewValue Plain(std::string text) { return {Kind::kPlain, std::move(text)}; }
  static NewValue List(std::vector<NewValue> items);
  static NewValue Map(std::string key, NewValue value);
  // What `other` holds as well: elements behind, keys beside, scalars instead. False where the two
  // are of different kinds.
  bool Join(NewValue other);
};

// How much of a file's style a value takes over.
struct Spelling {
  syntax::ScalarStyle style = syntax::ScalarStyle::kPlain;  // that of its neighbours
  bool flow = false;                                        // inside of brackets
  bool json = false;  // as JSON: every string in double quotes
};

// Whether YAML reads `text` without quotes as exactly this text.
bool IsPlainText(std::string_view text, bool flow);
// `text`, and nothing between its quotes ends them.
std::string DoubleQuoted(std::string_view text);
// A scalar in the quotes of `spelling.style` where these can hold it.
std::string ScalarText(const NewValue& value, const Spelling& spelling);
// Any value, in brackets.
std::string FlowText(const NewValue& value, bool json);

struct BlockStyle {
  std::uint32_t step = 2;         // how much deeper a map stands than its key
  std::uint32_t list_offset = 2;  // how much deeper a dash stands than its key: 0 or more
  std::string_view new_line = "\n";
};

// The lines of `key: value`, the first of them at `column`; no line end behind the last.
std::string BlockText(std::string_view key, const NewValue& value, std::uint32_t column,
                      const BlockStyle& style);

}  // namespace cagelint::input
