// Compares the model that was printed with what a fixture expects of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace cagelint::test {

// Both are JSON. Every key of `expected` must be in `actual` with that value, keys that `expected`
// does not name may be anything; `null` stands for a key that is not there. Lists must have the
// same length. A line for each difference, with its path.
std::vector<std::string> ModelDifferences(std::string_view expected, std::string_view actual);

}  // namespace cagelint::test
