#include <string>
#include <utility>
#include <vector>

#include "linter/base/text.h"
#include "linter/base/write_file.h"
#include "linter/cli/fixing.h"
#include "linter/cli/judge_options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/output/unified_diff.h"
#include "linter/output/wording.h"

namespace cagelint::cli {
namespace {

using output::Counted;

// Findings that stay, each with a line.
constexpr std::size_t kMostUnmade = 20;

struct FixCommandOptions {
  InputOptions input;
  JudgeOptions judge;
  std::string baseline;
  bool unsafe = false;
  bool diff = false;
  bool check = false;
};

void AddFixOptions(OptionSet& set, FixCommandOptions& options) {
  AddInputOptions(set, options.input);
  AddJudgeOptions(set, options.judge);
  set.Group("Rules");
  set.Value("--baseline", options.baseline, "findings recorded there are left alone", "FILE");
  set.Group("Fixes");
  set.Flag("--unsafe", options.unsafe, "also what may break a program that is right");
  set.Flag("--diff", options.diff, "write nothing: print a unified diff");
  set.Flag("--check", options.check, "write nothing: exit with 1 where something would change");
}

// How many of what is there now was fixed and what else could be.
void Summarise(const driver::Fixing& fixing, const FixCommandOptions& options, std::size_t fixes,
               std::size_t files) {
  const bool writes = !options.diff && !options.check;
  std::string text = std::string(writes ? "made " : "would make ") +
                     Counted(fixes, "fix", "fixes") + " in " + Counted(files, "file", "files");
  if (fixing.unsafe_left > 0 && !options.unsafe)
    text += "; " + Counted(fixing.unsafe_left, "finding more has", "findings more have") +
            " a fix that may break something (--unsafe)";
  Complain(text);
}

// Writes what changed; false where a file could not be written. Counts those that were.
bool WriteAll(const driver::Fixing& fixing, const std::string& working_directory,
              std::size_t& fixes, std::size_t& files) {
  bool ok = true;
  for (const driver::FixedFile& file : fixing.files) {
    const auto error = base::ReplaceFile(file.path, file.before, file.after, working_directory);
    if (error) {
      Complain(file.path + ": not fixed: " + error->message);
      ok = false;
      continue;
    }
    fixes += file.fixes;
    ++files;
  }
  return ok;
}

int ShowOnly(const driver::Fixing& fixing, const FixCommandOptions& options) {
  std::string out;
  std::size_t fixes = 0;
  for (const driver::FixedFile& file : fixing.files) {
    fixes += file.fixes;
    if (options.diff) {
      out += output::UnifiedDiff(file.path, file.before, file.after);
    } else {
      out += base::Escape(file.path) + "\n";
    }
  }
  if (!Print(out)) return kFailed;
  Summarise(fixing, options, fixes, fixing.files.size());
  if (!fixing.after.report.errors.empty()) return kFailed;
  return fixing.files.empty() ? kClean : kFindings;
}

int RunFix(const Words& words) {
  FixCommandOptions options;
  OptionSet set("fix", "Makes the safe fixes of what `check` finds, in the files.");
  AddFixOptions(set, options);
  set.Footer(
      "A file that changed meanwhile is left alone. Exits as `check` would afterwards; with "
      "--diff or --check with 1 where something would change.");
  if (const auto done = Parse(set, words)) return *done;
  auto made = MakeJudgeRequest(options.input, options.judge, words);
  if (!made.Ok()) return UsageError("fix", made.Message());
  driver::Request request = std::move(made).Value();
  request.baseline = options.baseline;
  if (request.text && !options.diff && !options.check)
    return UsageError("fix", "`-` is no file to write to; `cagelint harden -` prints the text");
  const base::FileSystem files = base::RealFiles();
  const driver::Fixing fixing =
      driver::Fix(request, files, {.unsafe = options.unsafe, .identity = base::FileIdentity});
  for (const std::string& error : fixing.after.report.errors) Complain(error);
  SayLeftOut(fixing);
  if (options.diff || options.check) return ShowOnly(fixing, options);
  std::size_t fixes = 0, written = 0;
  const bool ok = WriteAll(fixing, files.working_directory, fixes, written);
  Summarise(fixing, options, fixes, written);
  return ok ? ExitCode(fixing.after.report, "warning", false) : kFailed;
}

}  // namespace

void SayLeftOut(const driver::Fixing& fixing) {
  for (const driver::LeftOut& one : fixing.left_out) Complain(one.path + ": " + one.message);
  std::size_t said = 0;
  for (const driver::LeftOut& one : fixing.unmade)
    if (++said <= kMostUnmade) Complain(one.path + ": " + one.message);
  if (said > kMostUnmade) Complain("and " + std::to_string(said - kMostUnmade) + " more");
}

extern const Command kFixCommand{"fix", "make the fixes of what check finds, in the files", RunFix};

}  // namespace cagelint::cli
