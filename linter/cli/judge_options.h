// How findings are judged: of check and baseline.
#pragma once

#include <string>
#include <vector>

#include "linter/cli/options.h"

namespace cagelint::cli {

struct JudgeOptions {
  std::string policy;  // "": what the configuration says, or the default
  std::string config;
  bool no_config = false;
  bool no_ignores = false;
  std::vector<std::string> select, ignore;
  std::string min_severity = "info";
  bool strict = false;
};

void AddJudgeOptions(OptionSet& set, JudgeOptions& options);

// The request for both. Says what is wrong.
base::Result<driver::Request> MakeJudgeRequest(const InputOptions& input,
                                               const JudgeOptions& options, const Words& words);

// The day by the clock of this machine, in UTC: "2026-11-25".
std::string Today();

// The exit code of a run. `fail_on` is a severity, or "never".
int ExitCode(const engine::Report& report, const std::string& fail_on, bool allow_gaps);

}  // namespace cagelint::cli
