// Scripts that complete command lines in shells, made from the table of options.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/cli/option_table.h"

namespace cagelint::cli {

// What a script is made from. Names and words are ours: letters, digits, `-`, `.`, `_`.
struct Completed {
  std::vector<CommandRow> commands;
  std::vector<std::string> rules;  // ids
};

std::string BashCompletion(const Completed& table);
std::string ZshCompletion(const Completed& table);
std::string FishCompletion(const Completed& table);

// The words with blanks between.
std::string Spaced(const std::vector<std::string>& words);
// "'…'" for all three shells. A backslash stays one, but for fish, where two of them are one.
std::string SingleQuoted(std::string_view text);
// Whether the first word of the command line may be the name of `command`, or anything else.
inline bool IsDefault(const CommandRow& command) { return command.name == "check"; }

}  // namespace cagelint::cli
