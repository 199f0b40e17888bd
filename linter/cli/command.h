// The commands of the program. A new one is a file that defines its Command, and a line in run.cpp.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cagelint::cli {

struct CommandRow;  // option_table.h

// What stands behind the name of a command.
struct Words {
  std::vector<std::string> own;        // before `--`
  std::vector<std::string> arguments;  // behind the first `--`
  bool has_dashes = false;
  // Where somebody wants to know what the command takes: it is told, and nothing is done.
  CommandRow* described = nullptr;
};

struct Command {
  std::string_view name;
  std::string_view summary;  // for --help: lower case, no full stop
  int (*run)(const Words&);  // → exit code
};

// Those that --help shows.
std::span<const Command> Commands();
// Whether a command to lint may stand behind `--`.
bool TakesCommand(const Command& command);

extern const Command kCheckCommand;
extern const Command kFixCommand;
extern const Command kHardenCommand;
extern const Command kModelCommand;
extern const Command kBaselineCommand;
extern const Command kInitCommand;
extern const Command kSchemaCommand;
extern const Command kCompletionCommand;
extern const Command kManualCommand;
extern const Command kRulesCommand;
extern const Command kExplainCommand;
extern const Command kSeccompCommand;
extern const Command kLspCommand;

}  // namespace cagelint::cli
