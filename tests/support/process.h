// Runs the built program as a user would.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/support/scratch.h"

namespace cagelint::test {

struct Ended {
  int code = -1;  // 128 and the signal where one ended it
  std::string out;
  std::string err;
};

struct Invocation {
  std::vector<std::string> arguments;
  std::string input = {};                     // standard input
  std::vector<std::string> environment = {};  // NAME=VALUE on top of PATH and HOME; nothing else
  std::string output_path = {};               // where standard output goes instead, "/dev/full"
};

// Runs CAGELINT_BINARY in the folder of `scratch` and waits for it. Throws where it cannot start.
Ended RunProgram(const Scratch& scratch, const Invocation& invocation);

}  // namespace cagelint::test
