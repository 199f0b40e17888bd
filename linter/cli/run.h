// The command line: arguments in, exit code out. The only module that prints.
#pragma once

namespace cagelint::cli {

// Exit codes, where several apply in the order 2, 1, 3.
enum Exit : int {
  kClean = 0,     // every input was understood, nothing at the level of --fail-on
  kFindings = 1,  // findings at that level
  kFailed = 2,    // could not do its work: usage, a named file that cannot be read, I/O
  kGaps = 3,      // nothing found at that level, but part of an input could not be judged
};

int Run(int argc, char** argv);

}  // namespace cagelint::cli
