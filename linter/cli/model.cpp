#include "linter/cli/options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/driver/model_json.h"

namespace cagelint::cli {
namespace {

int RunModel(const Words& words) {
  InputOptions options;
  OptionSet set("model", "Prints what the linter understood, as JSON.");
  AddInputOptions(set, options);
  set.Footer(
      "Exits with 2 where the client would refuse the command behind `--`, with 3 for gaps.");
  if (const auto done = Parse(set, words)) return *done;
  auto made = MakeRequest(options, words);
  if (!made.Ok()) return UsageError("model", made.Message());
  const driver::Request request = std::move(made).Value();
  // The policy stays empty: no rule runs.
  const driver::Outcome outcome = driver::Lint(request, base::RealFiles());
  if (!Print(driver::ModelJson(outcome))) return kFailed;
  for (const std::string& error : outcome.report.errors) Complain(error);
  bool refused = false;
  for (const diagnostic::Gap& gap : outcome.report.gaps) {
    if (!words.has_dashes || !gap.refused) continue;
    refused = true;
    Complain(gap.message);
  }
  if (refused || !outcome.report.errors.empty()) return kFailed;
  return outcome.report.gaps.empty() ? kClean : kGaps;
}

}  // namespace

extern const Command kModelCommand{"model", "print the configuration as it was understood (JSON)",
                                   RunModel};

}  // namespace cagelint::cli
