#include "linter/input/shell_prefixes.h"

#include <algorithm>
#include <iterator>

#include "linter/input/docker_cli.h"
#include "linter/input/shell_mcp.h"
#include "linter/input/shell_runners.h"

namespace cagelint::input {
namespace {

struct Wrapper {
  std::string_view name;
  std::string_view value_letters;  // short options whose value is the next word
  // Long options whose value is the next word, each between blanks.
  std::string_view value_names = "";
  std::size_t operands = 0;        // words before the program: the duration of `timeout`
  bool takes_assignments = false;  // A=b before the program
};

constexpr Wrapper kWrappers[] = {
    {"!", ""},
    {"$", ""},  // a prompt that was copied with its command: what is meant is read
    {"%", ""},
    {"builtin", ""},
    {"busybox", ""},
    {"caffeinate", "tw"},
    {"chronic", ""},
    {"chrt", "TPD", " --sched-runtime --sched-period --sched-deadline ", 1},
    {"command", ""},
    {"cross-env", "", "", 0, true},
    {"dbus-run-session", ""},
    {"do", ""},
    {"doas", "Cu"},
    {"dumb-init", "r"},
    {"else", ""},
    {"env", "uC", " --unset --chdir ", 0, true},
    {"exec", "a"},
    {"flock", "wE", " --timeout --conflict-exit-code ", 1},
    {"gosu", "", "", 1},
    {"ionice", "cn", " --class --classdata "},
    {"nice", "n", " --adjustment "},
    {"noglob", ""},
    {"nohup", ""},
    {"parallel", "jPNnIas", " --jobs --max-procs --colsep --arg-file "},
    {"runuser", "ugG", " --user --group "},
    {"screen", "SctehpsT"},
    {"setpriv", "", " --reuid --regid --groups --inh-caps --ambient-caps --bounding-set "},
    {"setsid", ""},
    {"stdbuf", "ioe", " --input --output --error "},
    {"sudo", "ugpCDRTUrthc",
     " --user --group --prompt --chdir --chroot --role --type --host --other-user "
     "--command-timeout --close-from ",
     0, true},
    {"strace", "aebeEopPsSuX"},
    {"systemd-cat", "tp"},
    {"systemd-inhibit", ""},
    {"systemd-run", "HMptuE", " --unit --property --description --slice --uid --gid --setenv "},
    {"taskset", "", "", 1},
    {"then", ""},
    {"time", "fo", " --format --output "},
    {"timeout", "sk", " --signal --kill-after ", 1},
    {"tini", "p"},
    {"unbuffer", ""},
    {"watch", "n", " --interval "},
    {"winpty", ""},
    {"wsl", "du", " --distribution --user --cd --shell-type "},
    {"wsl.exe", "du", " --distribution --user --cd --shell-type "},
    {"xargs", "ILnPsadE",
     " --max-args --max-lines --max-procs --max-chars --arg-file --delimiter "},
    {"{", ""},
};

bool IsAssignment(std::string_view text) {
  const std::size_t equal = text.find('=');
  return equal != std::string_view::npos && equal > 0 && text.find('/') > equal &&
         text.front() != '-';
}

// The index behind the option at `index`.
std::size_t SkipOption(const Wrapper& wrapper, std::span<const Argument> words, std::size_t index) {
  const std::string_view text = words[index].text;
  bool value_follows = false;
  if (text.starts_with("--")) {
    const std::string padded = " " + std::string(text) + " ";
    value_follows = wrapper.value_names.find(padded) != std::string_view::npos;
  } else {
    const std::size_t letter = text.find_first_of(wrapper.value_letters, 1);
    value_follows = letter != std::string_view::npos && letter + 1 == text.size();
  }
  return std::min(index + (value_follows ? 2 : 1), words.size());
}

const Wrapper* WrapperNamed(const Argument& word) {
  if (!word.IsLiteral()) return nullptr;
  const std::string_view name = ProgramName(word.text);
  const auto* found = std::find_if(std::begin(kWrappers), std::end(kWrappers),
                                   [&](const Wrapper& wrapper) { return wrapper.name == name; });
  return found == std::end(kWrappers) ? nullptr : found;
}

// `xargs -I {}`, `-I{}`, `-i`, `--replace=R`.
void NoteReplaced(std::span<const Argument> words, std::size_t index, ShellProgram& program) {
  const std::string_view text = words[index].text;
  if (text == "-I" && index + 1 < words.size())
    program.replaced = words[index + 1].text;
  else if (text.starts_with("-I") || text.starts_with("-i"))
    program.replaced = text.size() > 2 ? text.substr(2) : "{}";
  else if (text.starts_with("--replace"))
    program.replaced = text.find('=') == std::string_view::npos ? "{}" : text.substr(10);
}

// `command -v docker` asks where docker is.
bool OnlyAsks(const Wrapper& wrapper, std::string_view option) {
  return (wrapper.name == "command" && option.find_first_of("vV") != std::string_view::npos) ||
         (wrapper.name == "sudo" && (option == "-l" || option == "-v" || option == "-e"));
}

// `-s KILL`, `-s9`, `--signal=SIGKILL` of timeout. `option` is the word, `value` the next one.
bool IsKill(std::string_view option, std::string_view value) {
  if (option.starts_with("--signal="))
    value = option.substr(9);
  else if (option.starts_with("-s") && option.size() > 2)
    value = option.substr(2);
  else if (option != "-s" && option != "--signal")
    return false;
  if (value.starts_with("SIG")) value.remove_prefix(3);
  return value == "KILL" || value == "9";
}

bool HasText(std::span<const Argument> words) {
  return std::any_of(words.begin(), words.end(), [](const Argument& word) {
    return word.text == "-c" || word.text == "--command";
  });
}

}  // namespace

std::string_view ProgramName(std::string_view word) {
  const std::size_t slash = word.find_last_of('/');
  return slash == std::string_view::npos ? word : word.substr(slash + 1);
}

ShellProgram FindProgram(std::span<const Argument> words) {
  ShellProgram program;
  std::size_t& index = program.index;
  while (index < words.size()) {
    const Wrapper* wrapper = WrapperNamed(words[index]);
    // `runuser -l me -c TEXT` runs a shell, `runuser -u me docker` a program.
    if (wrapper != nullptr && wrapper->name == "runuser" && HasText(words.subspan(index)))
      return program;
    if (wrapper == nullptr) {
      if (const std::size_t server = FindMcpServer(words.subspan(index)); server > 0) {
        index += server;
        continue;
      }
      if (const std::size_t known = FindPackageProgram(words.subspan(index)); known > 0) {
        index += known;
        continue;
      }
      const bool skips = !words[index].IsLiteral() && index + 1 < words.size() &&
                         (WrapperNamed(words[index + 1]) != nullptr ||
                          (words[index + 1].IsLiteral() && NamesEngine(words[index + 1].text)));
      if (!skips) return program;
      ++index;
      continue;
    }
    program.through_xargs =
        program.through_xargs || wrapper->name == "xargs" || wrapper->name == "parallel";
    program.joins = wrapper->name == "watch";
    if (wrapper->name == "parallel") program.replaced = "{}";
    const std::size_t first = index++;
    while (index < words.size()) {
      const std::string_view text = words[index].text;
      if (text == "--") {
        ++index;
        break;
      }
      if (text.size() > 1 && text.front() == '-') {
        if (wrapper->name == "env" && (text == "-S" || text == "--split-string")) {
          program.joins = true;
          ++index;
          return program;
        }
        if (wrapper->name == "xargs") NoteReplaced(words, index, program);
        if (OnlyAsks(*wrapper, text)) return {.index = words.size()};
        if (wrapper->name == "timeout" && index + 1 < words.size())
          program.timeout.kills = program.timeout.kills || IsKill(text, words[index + 1].text);
        index = SkipOption(*wrapper, words, index);
      } else if (wrapper->takes_assignments && IsAssignment(text)) {
        ++index;
      } else {
        break;
      }
    }
    index = std::min(index + wrapper->operands, words.size());
    if (wrapper->name == "timeout")
      program.timeout.span = base::Cover(words[first].span, words[index - 1].span);
  }
  return program;
}

}  // namespace cagelint::input
