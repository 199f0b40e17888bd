#include <array>
#include <string>

#include "linter/cli/option_table.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/driver/config_schema.h"

namespace cagelint::cli {
namespace {

constexpr std::array<std::string_view, 1> kSchemas{"config"};

int RunSchema(const Words& words) {
  std::string name;
  CLI::App app("Prints a JSON Schema: of configuration files.", "schema");
  Offer(app.add_option("name", name, "config")->option_text("NAME"), kSchemas);
  if (const auto done = Parse(app, words)) return *done;
  if (name != kSchemas[0]) return UsageError("schema", Unknown("schema", name, kSchemas));
  return Print(driver::ConfigSchema()) ? kClean : kFailed;
}

}  // namespace

extern const Command kSchemaCommand{"schema", "print a JSON Schema: config", RunSchema};

}  // namespace cagelint::cli
