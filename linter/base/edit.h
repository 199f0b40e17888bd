// A change of a file's bytes.
#pragma once

#include <compare>
#include <string>

#include "linter/base/span.h"

namespace cagelint::base {

// Replaces the bytes of `span`, which may be empty, by `text`.
struct Edit {
  Span span;
  std::string text;
  auto operator<=>(const Edit&) const = default;
};

}  // namespace cagelint::base
