// What the runners of other programs share.
#pragma once

#include <string>
#include <vector>

namespace cagelint::test {

// A variable of the environment; "" where it is not set.
std::string Variable(const char* name);

// argv or envp for exec. Points into `texts`.
std::vector<char*> Pointers(const std::vector<std::string>& texts);

// Reads all of `descriptor`; false when nothing comes for 30 seconds.
bool ReadAll(int descriptor, std::string& out);

}  // namespace cagelint::test
