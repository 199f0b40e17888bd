#include "linter/cli/completion.h"

namespace cagelint::cli {
namespace {

// Readline takes `=` for the end of a word. Where nothing is offered, it offers files; what has
// other values turns that off. Names of files never pass through a list of words.
constexpr std::string_view kBegin =
    R"(# Completion of cagelint for bash. Made by `cagelint completion bash`.
_cagelint_words() {
  compopt +o default +o bashdefault 2>/dev/null
  COMPREPLY=($(compgen -W "$1" -- "$2"))
}

# One of several with commas between.
_cagelint_list() {
  local front=
  [[ $2 = *,* ]] && front=${2%,*},
  compopt -o nospace +o default +o bashdefault 2>/dev/null
  COMPREPLY=($(compgen -P "$front" -W "$1" -- "${2##*,}"))
}

_cagelint() {
  local cur=${COMP_WORDS[COMP_CWORD]} option= command=check i
  local -i at=COMP_CWORD
  local IFS=$' \t\n'
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    [[ ${COMP_WORDS[i]} = -- ]] || continue
    # What stands behind is the command line of another program.
    if ((COMP_CWORD == i + 1)); then
      _cagelint_words 'docker podman nerdctl docker-compose' "$cur"
    elif [[ $(type -t _command_offset) = function ]]; then
      _command_offset $((i + 1))
    fi
    return
  done
  if [[ $cur = = ]]; then
    cur=
    option=${COMP_WORDS[at - 1]}
  elif ((at > 1)) && [[ ${COMP_WORDS[at - 1]} = = ]]; then
    option=${COMP_WORDS[at - 2]}
  elif ((at > 1)); then
    option=${COMP_WORDS[at - 1]}
  fi
)";

std::string ValueCase(const std::string& pattern, const Values& values) {
  std::string words = values.are_rules ? "$rules" : Spaced(values.words);
  std::string does = "return ;;";
  if (!words.empty()) {
    // A name or a file: no word fits a file's name, and readline goes on.
    const std::string call = values.are_files
                                 ? "COMPREPLY=($(compgen -W \"" + words + "\" -- \"$cur\"))"
                             : values.are_listed ? "_cagelint_list \"" + words + "\" \"$cur\""
                                                 : "_cagelint_words \"" + words + "\" \"$cur\"";
    does = call + "; return ;;";
  } else if (!values.are_files) {
    does = "_cagelint_words '' \"$cur\"; return ;;";
  }
  return "    " + pattern + ") " + does + "\n";
}

// A branch for each command: the values of its options, then the options and the arguments.
std::string CommandCase(const CommandRow& command) {
  std::string cases, names, arguments;
  for (const OptionRow& option : command.options) {
    if (option.names.empty()) {
      if (option.values.are_rules) arguments += "$rules ";
      arguments += Spaced(option.values.words);
      if (option.values.are_files) arguments += "*";
      continue;
    }
    std::string pattern;
    for (const std::string& name : option.names) {
      pattern += (pattern.empty() ? "" : "|") + name;
      names += (names.empty() ? "" : " ") + name;
    }
    if (!option.value.empty()) cases += ValueCase(command.name + ":" + pattern, option.values);
  }
  // "check:-f|check:--file": the command stands before each.
  std::string::size_type at = 0;
  while ((at = cases.find('|', at)) != std::string::npos) cases.insert(++at, command.name + ":");
  if (command.takes_command) names += " --";
  cases += "    " + command.name + ":*) options='" + names + "'";
  if (arguments != "*") cases += " words=\"" + arguments + "\" files=";
  return cases + " ;;\n";
}

}  // namespace

std::string BashCompletion(const Completed& table) {
  std::string names, cases;
  for (const CommandRow& command : table.commands) {
    names += (names.empty() ? "" : " ") + command.name;
    cases += CommandCase(command);
  }
  std::string out(kBegin);
  out += "  local commands='" + names + "' options= words= files=yes\n";
  out += "  local rules='" + Spaced(table.rules) + "'\n";
  out += R"(  if ((COMP_CWORD > 1)) && [[ " $commands " = *" ${COMP_WORDS[1]} "* ]]; then
    command=${COMP_WORDS[1]}
  fi
  case $command:$option in
)" + cases +
         R"(  esac
  if [[ $cur = -* ]]; then
    ((COMP_CWORD == 1)) && options="$options --version"
    _cagelint_words "$options" "$cur"
  elif ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W "$commands" -- "$cur"))
  elif [[ -z $files ]]; then
    _cagelint_words "$words" "$cur"
  fi
}
complete -o default -o bashdefault -F _cagelint cagelint
)";
  return out;
}

}  // namespace cagelint::cli
