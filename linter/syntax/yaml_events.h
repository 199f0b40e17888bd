// What libyaml reads, event by event, with places in bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "linter/syntax/node.h"

namespace cagelint::syntax {

struct YamlEvent {
  enum class Kind : std::uint8_t { kDocument, kAlias, kScalar, kList, kMap, kEnd, kLast, kFailure };
  Kind kind = Kind::kLast;
  ScalarStyle style = ScalarStyle::kPlain;  // of a scalar
  bool flow = false;                        // of a list or map: in brackets
  std::uint32_t begin = 0, end = 0;         // tag and anchor included
  std::string anchor;                       // its name, or the one that an alias stands for
  std::string tag;                          // "" when none is written, or a lone `!`
  bool tagged = false;                      // of a list or map: a tag is written
  std::string value;                        // of a scalar, decoded; of a failure, why
};

class YamlEvents {
 public:
  // `bytes` is UTF-8 without a byte order mark, and must outlive the object.
  explicit YamlEvents(std::string_view bytes);
  ~YamlEvents();
  YamlEvents(const YamlEvents&) = delete;
  YamlEvents& operator=(const YamlEvents&) = delete;

  // kEnd closes lists and maps; documents end with the next one. Not to be called again after kLast
  // or kFailure, whose `begin` is the place and `end` the end of its line.
  YamlEvent Next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cagelint::syntax
