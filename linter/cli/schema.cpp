#include <algorithm>
#include <string>
#include <vector>

#include "linter/cli/option_table.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/driver/config_schema.h"
#include "linter/driver/model_schema.h"
#include "linter/output/output_schema.h"

namespace cagelint::cli {
namespace {

struct Schema {
  std::string_view name;
  std::string (*print)();
};

constexpr Schema kSchemas[] = {
    {"config", driver::ConfigSchema},
    {"output", output::OutputSchema},
    {"model", driver::ModelSchema},
};

int RunSchema(const Words& words) {
  std::vector<std::string_view> names;
  for (const Schema& schema : kSchemas) names.push_back(schema.name);
  std::string name;
  CLI::App app("Prints a JSON Schema of what cagelint reads or writes.", "schema");
  Offer(app.add_option("name", name, "config, output, model")->option_text("NAME"), names);
  app.footer(
      "config: of .cagelint.yaml\n"
      "output: of --format json; its #/$defs/line is of a line of jsonl\n"
      "model: of what `cagelint model` prints");
  if (const auto done = Parse(app, words)) return *done;
  if (name.empty()) return UsageError("schema", "no schema is named: config, output, model");
  const auto schema = std::find_if(std::begin(kSchemas), std::end(kSchemas),
                                   [&](const Schema& known) { return known.name == name; });
  if (schema == std::end(kSchemas)) return UsageError("schema", Unknown("schema", name, names));
  return Print(schema->print()) ? kClean : kFailed;
}

}  // namespace

extern const Command kSchemaCommand{"schema", "print a JSON Schema: config, output, model",
                                    RunSchema};

}  // namespace cagelint::cli
