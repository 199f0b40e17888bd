#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/cli/fixing.h"
#include "linter/cli/judge_options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/driver/overlay.h"

namespace cagelint::cli {
namespace {

// What becomes of the input, in full; an error where there is no such thing.
base::Result<std::string> Hardened(const driver::Fixing& fixing, const std::string& path,
                                   bool is_command) {
  const base::Source* source = fixing.after.sources->FindPath(path);
  if (source == nullptr) return base::Error{path + ": not a script, compose file or profile"};
  if (!is_command) return std::string(source->Bytes());
  const auto words = driver::WordsOf(source->Bytes());
  if (!words) return base::Error{"the command cannot be written as words"};
  std::string line;
  for (const std::string& word : *words) line += (line.empty() ? "" : " ") + base::ShellQuote(word);
  return line + "\n";
}

// The one input, by the path that its Source will have; an error where there are several.
base::Result<std::string> OneInput(const driver::Request& request, const base::FileSystem& files) {
  if (!request.arguments.empty()) return std::string(driver::kCommandLine);
  if (request.text) return base::ShownPath(request.text->name, files.working_directory);
  if (request.paths.size() != 1) return base::Error{"one file, or `-- docker run ...`"};
  if (files.kind(request.paths[0]) == base::FileKind::kDirectory)
    return base::Error{"`" + request.paths[0] + "` is a folder; `cagelint fix --unsafe` takes one"};
  return base::ShownPath(request.paths[0], files.working_directory);
}

// What the client or the loader would refuse is printed to nobody.
bool SayRefusals(const driver::Fixing& fixing, bool is_command) {
  bool refused = false;
  for (const diagnostic::Gap& gap : fixing.after.report.gaps) {
    if (gap.refused) Complain(gap.message);
    refused = refused || gap.refused;
  }
  return refused && is_command;
}

int RunHarden(const Words& words) {
  InputOptions input;
  JudgeOptions judge;
  OptionSet set("harden", "Prints a command or a file with every fix made, and writes nothing.");
  AddInputOptions(set, input);
  AddJudgeOptions(set, judge);
  set.Footer(
      "A command stands behind `--`: cagelint harden -- docker run alpine\n"
      "Fixes may break what a program needs; those that could not be made are named on "
      "standard error.");
  if (const auto done = Parse(set, words)) return *done;
  if (!words.has_dashes && input.paths.empty() && input.files.empty())
    return UsageError("harden", "a file, or a command behind `--`");
  auto made = MakeJudgeRequest(input, judge, words);
  if (!made.Ok()) return UsageError("harden", made.Message());
  const driver::Request request = std::move(made).Value();
  const base::FileSystem files = base::RealFiles();
  auto path = OneInput(request, files);
  if (!path.Ok()) return UsageError("harden", path.Message());
  const driver::Fixing fixing = driver::Fix(request, files, {.unsafe = true, .only = path.Value()});
  for (const std::string& error : fixing.after.report.errors) Complain(error);
  if (!fixing.after.report.errors.empty() || SayRefusals(fixing, words.has_dashes)) return kFailed;
  SayLeftOut(fixing);
  const auto text = Hardened(fixing, path.Value(), words.has_dashes);
  if (!text.Ok()) return Fail(text.Message());
  return Print(text.Value()) ? kClean : kFailed;
}

}  // namespace

extern const Command kHardenCommand{"harden", "print a command or a file with every fix made",
                                    RunHarden};

}  // namespace cagelint::cli
