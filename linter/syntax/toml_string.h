// The four kinds of strings of TOML.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "linter/syntax/toml.h"

namespace cagelint::syntax {

struct TomlString {
  std::vector<TomlPiece> pieces;  // with places in `bytes`
  std::size_t end = 0;            // behind the closing quotes
  // Where it is broken, and why: lower case, no full stop. Null: it is not.
  const char* error = nullptr;
  std::size_t error_at = 0;
};

// The string that begins at `at` with `"` or `'`.
TomlString ScanTomlString(std::string_view bytes, std::size_t at);

}  // namespace cagelint::syntax
