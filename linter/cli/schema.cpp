#include <string>
#include <vector>

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
  OptionSet set("schema", "Prints a JSON Schema of what cagelint reads or writes.");
  set.Argument(name, Listed(names), "NAME").Offer(names);
  set.Footer(
      "config: of .cagelint.yaml\n"
      "output: of --format json; its #/$defs/line is of a line of jsonl\n"
      "model: of what `cagelint model` prints");
  if (const auto done = Parse(set, words)) return *done;
  const auto named = Named("schema", name, names);
  if (!named.Ok()) return UsageError("schema", named.Message());
  return Print(kSchemas[named.Value()].print()) ? kClean : kFailed;
}

}  // namespace

extern const Command kSchemaCommand{"schema", "print a JSON Schema: config, output, model",
                                    RunSchema};

}  // namespace cagelint::cli
