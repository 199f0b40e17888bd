#include "linter/cli/completion.h"

namespace cagelint::cli {
namespace {

constexpr std::string_view kBegin = R"(#compdef cagelint
# Completion of cagelint for zsh. Made by `cagelint completion zsh`.
)";

// In a word of _arguments: brackets end a help, colons a part.
std::string Escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

// What completes a value: ":NAME:action". A blank in front keeps _arguments from adding words.
std::string Action(const OptionRow& option) {
  const Values& values = option.values;
  const std::string words = Spaced(values.words);
  std::string action = " ";
  if (values.are_rules) {
    action += values.are_listed ? "_cagelint_rules -" : "_cagelint_rules";
  } else if (values.are_files) {
    action = words.empty() ? "_files" : " _cagelint_name_or_file " + words;
  } else if (!words.empty()) {
    action = "(" + words + ")";
  }
  return ":" + Escaped(option.value) + ":" + action;
}

// A word of _arguments for each name of the option.
std::string OptionWords(const OptionRow& option) {
  if (option.names.empty()) {
    const bool many = option.value.ends_with("...");
    return "    " + SingleQuoted((many ? "*" : "1") + Action(option)) + " \\\n";
  }
  std::string out;
  const std::string others = option.repeats || option.names.size() == 1
                                 ? (option.repeats ? "*" : "")
                                 : "(" + Spaced(option.names) + ")";
  for (const std::string& name : option.names) {
    const bool is_long = name.starts_with("--");
    std::string word = others + name;
    if (!option.value.empty()) word += is_long ? "=" : "+";
    word += "[" + Escaped(option.help) + "]";
    if (!option.value.empty()) word += Action(option);
    out += "    " + SingleQuoted(word) + " \\\n";
  }
  return out;
}

}  // namespace

std::string ZshCompletion(const Completed& table) {
  std::string names, cases;
  for (const CommandRow& command : table.commands) {
    names += "    " + SingleQuoted(command.name + ":" + command.summary) + "\n";
    cases += "  " + command.name + ") _arguments -S : \\\n";
    for (const OptionRow& option : command.options) cases += OptionWords(option);
    if (IsDefault(command)) cases += "    $version \\\n";
    cases += "    ;;\n";
  }
  std::string out(kBegin);
  out += R"(
# A rule; with `-`, several with commas between.
_cagelint_rules() {
  local -a rules=()" +
         Spaced(table.rules) + R"()
  if [[ $1 = - ]]; then
    compset -P '*,'
    compadd -S '' -- $rules
  else
    compadd -- $rules
  fi
}

_cagelint_name_or_file() {
  compadd -- "$@"
  _files
}

_cagelint() {
  local -a commands=(
)" + names +
         R"(  )
  local -a version=()
  local command=check
  # What stands behind `--` is the command line of another program.
  local -i at=${words[(ie)--]}
  if ((at < CURRENT)); then
    shift $at words
    ((CURRENT -= at))
    if ((CURRENT == 1)); then
      compadd docker podman nerdctl docker-compose
    else
      _normal
    fi
    return
  fi
  if ((CURRENT == 2)); then
    version=('--version[show the version]')
    [[ $PREFIX = -* ]] || _describe command commands
  elif ((${commands[(I)${words[2]}:*]})); then
    command=$words[2]
    shift words
    ((CURRENT--))
  fi
  case $command in
)" + cases +
         R"(  esac
}

if [[ $funcstack[1] = _cagelint ]]; then
  _cagelint "$@"
else
  compdef _cagelint cagelint
fi
)";
  return out;
}

}  // namespace cagelint::cli
