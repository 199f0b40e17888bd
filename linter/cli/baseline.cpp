#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/cli/judge_options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/driver/baseline_file.h"

namespace cagelint::cli {
namespace {

struct BaselineOptions {
  InputOptions input;
  JudgeOptions judge;
  std::string output{driver::kBaselineName};
  bool prune = false;
};

std::size_t Total(const engine::Baseline& baseline) {
  std::size_t total = 0;
  for (const engine::BaselineEntry& entry : baseline.entries) total += entry.count;
  return total;
}

int Save(OutputFile& file, const engine::Baseline& baseline, const std::string& path) {
  if (!file.Append(driver::BaselineJson(baseline))) return kFailed;
  const std::size_t total = Total(baseline);
  return Print(base::Escape(path) + ": " + std::to_string(total) +
               (total == 1 ? " finding\n" : " findings\n"))
             ? kClean
             : kFailed;
}

int RunBaseline(const Words& words) {
  BaselineOptions options;
  OptionSet set("baseline", "Records today's findings, so that only new ones fail.");
  AddInputOptions(set, options.input);
  AddJudgeOptions(set, options.judge);
  set.Group("Output");
  set.Value("--output", options.output, "the baseline (default: " + options.output + ")", "FILE");
  set.Flag("--prune", options.prune, "only take out what is fixed; record nothing new");
  if (const auto done = Parse(set, words)) return *done;
  auto made = MakeJudgeRequest(options.input, options.judge, words);
  if (!made.Ok()) return UsageError("baseline", made.Message());
  driver::Request request = std::move(made).Value();
  const base::FileSystem files = base::RealFiles();
  std::vector<std::string> errors;
  engine::Baseline known;
  if (options.prune) {
    known = driver::ReadBaseline(options.output, files, errors);
    request.baseline = options.output;
  } else {
    request.no_baseline = true;
  }
  if (!errors.empty()) return Fail(errors.front());
  const driver::Outcome outcome = driver::Lint(request, files);
  for (const std::string& error : outcome.report.errors) Complain(error);
  if (!outcome.report.errors.empty()) return Fail("nothing is recorded");
  auto file = OutputFile::Open(options.output);
  if (!file.Ok()) return Fail(file.Message());
  OutputFile opened = std::move(file).Value();
  const engine::Baseline baseline =
      options.prune
          ? engine::Pruned(known, outcome.report)
          : engine::RecordBaseline(outcome.report, driver::PathsFrom(options.output, files));
  return Save(opened, baseline, options.output);
}

}  // namespace

extern const Command kBaselineCommand{"baseline", "record today's findings: only new ones fail",
                                      RunBaseline};

}  // namespace cagelint::cli
