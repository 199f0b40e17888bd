// Files of the repository that are part of the program, as linter/CMakeLists.txt lists them.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace cagelint::embedded {

// The bytes of `name`, a path from the repository root ("rules/data/images.csv"); empty when there
// is no such file. The bytes live as long as the program.
std::string_view Find(std::string_view name);

// The names that begin with `prefix`, sorted.
std::vector<std::string_view> List(std::string_view prefix);

}  // namespace cagelint::embedded
