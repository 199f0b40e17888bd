#include "linter/cli/run.h"

#include <algorithm>
#include <array>
#include <csignal>
#include <string>
#include <string_view>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/cli/command.h"
#include "linter/cli/options.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"

namespace cagelint::cli {
namespace {

constexpr std::string_view kVersion = "cagelint " CAGELINT_VERSION "\n";

// All of it fits a terminal of 80 columns and 24 lines.
constexpr std::string_view kHead =
    "cagelint: does the cage hold? Lints how containers are run, and repairs it.\n"
    "Usage: cagelint [check] [PATH]... [OPTION]...    default: the working directory\n"
    "       cagelint [check] [OPTION]... -- docker run ...\n"
    "       cagelint COMMAND ... | --help | --version\n"
    "\n"
    "Commands (`cagelint COMMAND --help` says more):\n";

constexpr std::string_view kTail =
    "\n"
    "Exit codes: 0  every input was understood, and nothing was found\n"
    "            1  something was found\n"
    "            2  wrong usage, a named file that cannot be read, no way to write\n"
    "            3  nothing was found, but part of an input cannot be judged (a gap)\n";

std::string MainHelp() {
  std::string out(kHead);
  for (const Command& command : Commands()) {
    const std::size_t pad = 12 - std::min<std::size_t>(command.name.size(), 11);
    out += "  " + std::string(command.name) + std::string(pad, ' ') + std::string(command.summary) +
           "\n";
  }
  return out + std::string(kTail);
}

// Hooks put the names of files behind all options, with no `--` between: in somebody's pull request
// a file may be called `--policy=mine.yaml`.
void KeepFileNames(std::vector<std::string>& words) {
  const auto flag = std::find(words.begin(), words.end(), kAsWalked);
  if (flag == words.end()) return;
  const base::FileSystem files = base::RealFiles();
  std::for_each(flag + 1, words.end(), [&](std::string& word) {
    if (word.starts_with('-') && files.kind(word) != base::FileKind::kMissing) word.insert(0, "./");
  });
}

Words Split(std::vector<std::string> words) {
  KeepFileNames(words);
  Words out;
  const auto dashes = std::find(words.begin(), words.end(), "--");
  out.has_dashes = dashes != words.end();
  out.own.assign(words.begin(), dashes);
  if (out.has_dashes) out.arguments.assign(dashes + 1, words.end());
  return out;
}

// A word that is neither a command nor looks like a path is a mistyped command.
bool BeginsCheck(const std::string& word) {
  if (word.starts_with('-') || word.find_first_of("./") != std::string::npos) return true;
  return base::RealFiles().kind(word) != base::FileKind::kMissing;
}

int RunCommand(const Command& command, const Words& words) {
  if (words.has_dashes && !TakesCommand(command))
    return UsageError(command.name, "`--` means nothing here");
  if (words.has_dashes && words.arguments.empty())
    return UsageError(command.name, "`--` has no command behind it: `-- docker run ...`");
  return command.run(words);
}

// A standard stream that is closed fails when it is used. Left closed, its number would go to the
// next file that is opened, and what is meant for the stream into that file.
void HoldStandardStreams() {
  for (const int stream : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO})
    if (fcntl(stream, F_GETFD) < 0)
      static_cast<void>(open("/dev/null", stream == STDIN_FILENO ? O_WRONLY : O_RDONLY));
}

}  // namespace

std::span<const Command> Commands() {
  static const std::array<Command, 12> kCommands{
      kCheckCommand,    kFixCommand,   kHardenCommand, kInitCommand,
      kBaselineCommand, kModelCommand, kRulesCommand,  kExplainCommand,
      kSeccompCommand,  kLspCommand,   kSchemaCommand, kCompletionCommand};
  return kCommands;
}

bool TakesCommand(const Command& command) {
  return command.run == kCheckCommand.run || command.run == kModelCommand.run ||
         command.run == kHardenCommand.run;
}

int Run(int argc, char** argv) {
  // A reader that goes away is seen as EPIPE by the write, instead of ending the program.
  std::signal(SIGPIPE, SIG_IGN);
  HoldStandardStreams();
  std::vector<std::string> words(argv + std::min(argc, 1), argv + argc);
  const std::string first = words.empty() ? "" : words.front();
  if (first == "--help" || first == "-h") return Print(MainHelp()) ? kClean : kFailed;
  if (first == "--version") return Print(kVersion) ? kClean : kFailed;
  for (const Command& command : Commands()) {
    if (first != command.name) continue;
    words.erase(words.begin());
    return RunCommand(command, Split(std::move(words)));
  }
  if (first == kManualCommand.name) {
    words.erase(words.begin());
    return RunCommand(kManualCommand, Split(std::move(words)));
  }
  if (words.empty() || BeginsCheck(first))
    return RunCommand(kCheckCommand, Split(std::move(words)));
  std::vector<std::string_view> names;
  for (const Command& command : Commands()) names.push_back(command.name);
  return UsageError("", "neither a file nor a command: " + Unknown("command", first, names));
}

}  // namespace cagelint::cli
