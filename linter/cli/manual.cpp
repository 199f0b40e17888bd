#include "linter/cli/manual.h"

#include <algorithm>
#include <array>

#include "linter/cli/option_table.h"
#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"

namespace cagelint::cli {
namespace {

constexpr std::string_view kHead = R"(cagelint(1) "cagelint )" CAGELINT_VERSION R"(" "User Commands"

# NAME

cagelint - static policy linter for container run configurations

# SYNOPSIS

*cagelint* \[*check*\] \[_PATH_\]... \[_OPTION_\]...++
*cagelint* \[*check*\] \[_OPTION_\]... *--* *docker run* ...++
*cagelint* _COMMAND_ ...++
*cagelint* *--help* | *--version*

# DESCRIPTION

cagelint reads how containers are run, in docker, podman and nerdctl commands, compose files, seccomp profiles and the files that hold them, and says what lets hostile code inside get out, phone home or stay.

A path or an option as the first word begins a *check*. *cagelint* _COMMAND_ *--help* shows the options of a command.

# COMMANDS
)";

constexpr std::string_view kTail = R"(
# EXIT STATUS

*0*
	Every input was understood, and nothing was found.

*1*
	Something was found.

*2*
	The program could not do its work: wrong usage, a named file that cannot be read.

*3*
	Nothing was found, but part of an input could not be judged (a gap).

Where several apply: 2, then 1, then 3.

# ENVIRONMENT

*NO_COLOR*
	Where it is set and not empty, nothing is coloured.

*TERM*
	_dumb_: nothing is coloured.

With *--use-env*, inputs are read with all variables that are set.

# FILES

_.cagelint.yaml_
	The settings of a project; see *cagelint-config*(5).

_.cagelint-baseline.json_
	What *cagelint baseline* records.

# EXAMPLES

Lint all below the working directory, and fail on errors only:

	cagelint --fail-on error

Lint one command before it is run:

	cagelint -- docker run alpine

The same command with every fix made:

	cagelint harden -- docker run alpine

Lint what runs:

	docker inspect $(docker ps -q) | cagelint check -

# SEE ALSO

*cagelint-config*(5), *docker-run*(1), *podman-run*(1)
)";

// "*-f*, *--file* _FILE_", and below it what it does.
std::string Entry(const OptionRow& option) {
  std::string names;
  for (const std::string& name : option.names)
    names += (names.empty() ? "*" : ", *") + PageText(name) + "*";
  if (!option.value.empty()) names += (names.empty() ? "" : " ") + PageText(option.value);
  return names + "\n\t" + PageText(option.help) + "\n\n";
}

bool Same(const OptionRow& a, const OptionRow& b) {
  return a.names == b.names && a.help == b.help && !a.names.empty();
}

// Options of the first command are described there alone.
std::string Section(const CommandRow& command, const CommandRow& first) {
  std::string usage = "*cagelint* *" + command.name + "*", entries, shared;
  for (const OptionRow& option : command.options) {
    const bool is_help = !option.names.empty() && option.names.back() == "--help";
    if (option.names.empty()) usage += " " + PageText(option.value);
    const bool known =
        &command != &first && std::any_of(first.options.begin(), first.options.end(),
                                          [&](const OptionRow& o) { return Same(o, option); });
    if (is_help || option.help.empty()) continue;
    if (known) {
      shared += (shared.empty() ? "*" : ", *") + PageText(option.names.back()) + "*";
    } else {
      entries += Entry(option);
    }
  }
  std::string out = "\n## " + command.name + "\n\n" + usage + " \\[_OPTION_\\]...\n\n" +
                    PageText(command.description) + "\n\n" + entries;
  if (!shared.empty()) out += "As *" + first.name + "* has them: " + shared + ".\n\n";
  // A footer may be examples: their lines stay lines.
  std::string footer = PageText(command.footer);
  for (std::size_t at = 0; (at = footer.find('\n', at)) != std::string::npos; at += 3)
    footer.replace(at, 1, "++\n");
  if (!footer.empty()) out += footer + "\n";
  return out;
}

int RunManual(const Words& words) {
  constexpr std::array<std::string_view, 2> kPages{"cagelint.1", "cagelint-config.5"};
  std::string name;
  OptionSet set(kManualCommand.name, "Prints the source of a man page, for scdoc.");
  set.Argument(name, Listed(kPages), "PAGE").Offer(kPages);
  if (const auto done = Parse(set, words)) return *done;
  if (name == kPages[0]) return Print(ProgramPage()) ? kClean : kFailed;
  if (name == kPages[1]) return Print(ConfigPage()) ? kClean : kFailed;
  return UsageError(kManualCommand.name, Unknown("page", name, kPages));
}

}  // namespace

std::string PageText(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '`') {
      out += '*';
      continue;
    }
    if (c == '*' || c == '_' || c == '\\' || c == '[' || c == ']' || c == '<' || c == '>' ||
        c == '#' || c == '+')
      out += '\\';
    out += c;
  }
  return out;
}

std::string ProgramPage() {
  const std::vector<CommandRow> table = OptionTable();
  std::string out(kHead);
  for (const CommandRow& command : table) out += Section(command, table.front());
  return out + std::string(kTail);
}

// For the build, not for users: --help does not show it, and no folder is called so.
extern const Command kManualCommand{"--man-page", "print the source of a man page", RunManual};

}  // namespace cagelint::cli
