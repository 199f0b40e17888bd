// The options that several commands share.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/result.h"
#include "linter/cli/command.h"
#include "linter/cli/option_set.h"
#include "linter/cli/walk_options.h"
#include "linter/driver/lint.h"

namespace cagelint::cli {

// What to read, and what the user says about its surroundings: of check and model.
struct InputOptions {
  std::vector<std::string> paths;
  bool as_walked = false;
  std::vector<std::string> files;  // -f
  std::string stdin_filename;
  std::string carrier;
  std::string engine = "auto";
  std::vector<std::string> env_files;
  std::vector<std::string> env;
  bool use_env = false;
  WalkInput walk;
};

// Behind this flag a word that a file is called is that file, whatever it begins with.
inline constexpr std::string_view kAsWalked = "--as-walked";

void AddInputOptions(OptionSet& set, InputOptions& options);

// The request for `options`. Reads standard input where it is asked for, and nothing else.
base::Result<driver::Request> MakeRequest(const InputOptions& options, const Words& words);

// Adds --policy; driver::NamedPolicy reads it.
void AddPolicyOption(OptionSet& set, std::string& policy);

// The parts of comma lists. An id that no rule has is an error.
base::Result<std::vector<std::string>> RuleIds(const std::vector<std::string>& lists);

// "unknown rule `x`; did you mean `y`?"
std::string UnknownRule(std::string_view id);

}  // namespace cagelint::cli
