// What the commands take, as data: for completions and the manual. It is what the commands read by,
// so that neither can say something else.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <CLI/CLI.hpp>

#include "linter/cli/command.h"

namespace cagelint::cli {

// What a value can be. Several may hold: a policy is a name or a file.
struct Values {
  std::vector<std::string> words;
  bool are_listed = false;  // several, with commas between
  bool are_rules = false;   // the ids of the rules
  bool are_files = false;
};

struct OptionRow {
  std::vector<std::string> names;  // "-f", "--file"; empty for an argument
  std::string value;               // "FILE", "[PATH]..."; "" where a flag takes none
  std::string help;
  std::string group;  // "" for one that --help does not show
  bool repeats = false;
  Values values;
};

struct CommandRow {
  std::string name;
  std::string summary;
  std::string description;
  std::string footer;
  bool takes_command = false;  // behind `--`
  std::vector<OptionRow> options;
};

// The commands that --help shows, in its order.
std::vector<CommandRow> OptionTable();

// The row of a command whose options `app` reads.
CommandRow RowOf(const CLI::App& app);

// Says what the value of `option` can be, beside what its name says (FILE, RULE,...).
CLI::Option* Offer(CLI::Option* option, std::span<const std::string_view> words);

}  // namespace cagelint::cli
