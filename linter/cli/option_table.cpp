#include "linter/cli/option_table.h"

#include <utility>

#include "linter/cli/command.h"

namespace cagelint::cli {

std::vector<CommandRow> OptionTable() {
  std::vector<CommandRow> table;
  for (const Command& command : Commands()) {
    CommandRow row;
    Words words;
    words.described = &row;
    static_cast<void>(command.run(words));
    row.summary = command.summary;
    row.takes_command = TakesCommand(command);
    table.push_back(std::move(row));
  }
  return table;
}

}  // namespace cagelint::cli
