// Justfiles as assignments, settings and recipes with places (casey/just, GRAMMAR.md). Nothing is
// evaluated.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"

namespace cagelint::syntax {

struct JustAssignment {  // `name := value`, `set name := value`
  std::string name;
  base::Span span;
  base::Span value;  // an expression; may be empty
};

struct JustParameter {
  std::string name;
  bool variadic = false;
};

struct JustRecipe {
  std::string name;
  base::Span span;  // from its attributes to the end of its body
  std::vector<std::string> attributes;
  std::vector<JustParameter> parameters;
  // Without indentation and line end; empty lines are left out.
  std::vector<base::Span> lines;
};

struct JustTree {
  std::vector<JustAssignment> assignments;
  std::vector<JustAssignment> settings;
  std::vector<JustRecipe> recipes;
  std::vector<base::Span> comments;  // also those that are all of a line of a recipe
  base::Span unclosed;               // a string or bracket that is never closed; else invalid
};

// `bytes` passed the byte gate. Takes time linear in its size.
JustTree ParseJustfile(std::string_view bytes, base::FileId file);

// The end of the string (in quotes or backticks, one or three) that begins at `at`; npos where it
// is never closed.
std::size_t JustStringEnd(std::string_view bytes, std::size_t at);

// The terms of an expression that `+` and `/` join, with these signs between them; what stands in
// strings and brackets stays whole.
std::vector<std::string_view> JustTerms(std::string_view expression);

// What an expression that is one string holds; nothing for any other, and for strings over several
// lines.
std::optional<std::string> JustString(std::string_view expression);

}  // namespace cagelint::syntax
