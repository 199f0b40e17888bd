// The command line: arguments in, exit code out. The only module that prints.
#pragma once

namespace cagelint::cli {

// Exit codes as in the contract: 0 nothing found, 1 findings, 2 could not work, 3 gaps only.
int Run(int argc, char** argv);

}  // namespace cagelint::cli
