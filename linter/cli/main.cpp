#include <cstdio>
#include <cstdlib>

#include "linter/cli/run.h"

int main(int argc, char** argv) {
  const int code = cagelint::cli::Run(argc, argv);
#if defined(__SANITIZE_ADDRESS__)
  return code;  // what leaks is found behind this
#else
  // Memory goes with the process; to give it back piece by piece would only take time.
  std::fflush(nullptr);
  std::_Exit(code);
#endif
}
