// What changes in a file, as `diff -u` writes it.
#pragma once

#include <string>
#include <string_view>

namespace cagelint::output {

// What `patch -p1` and `git apply` take, with three lines around each change; "" where nothing
// changes. Exact rather than printable: the lines are those of the file, whatever stands in them.
// Not always the shortest: what is long and differs throughout is shown as replaced.
std::string UnifiedDiff(std::string_view path, std::string_view before, std::string_view after);

}  // namespace cagelint::output
