// The options that say which files of a tree are looked at, and how.
#pragma once

#include <string>

#include "linter/base/result.h"
#include "linter/cli/option_set.h"
#include "linter/driver/lint.h"

namespace cagelint::cli {

struct WalkInput {
  std::string files_from;
  std::string shard;
  std::string jobs;
  std::string cache;
  bool hidden = false;
  bool no_ignore_vcs = false;
};

void AddWalkOptions(OptionSet& set, WalkInput& options);

// Puts `options` into `request`. Reads the list of --files-from, and standard input where that is
// `-`.
base::Result<driver::Request> WithWalkOptions(const WalkInput& options, driver::Request request);

}  // namespace cagelint::cli
