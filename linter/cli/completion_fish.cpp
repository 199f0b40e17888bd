#include "linter/cli/completion.h"

namespace cagelint::cli {
namespace {

constexpr std::string_view kBegin =
    R"(# Completion of cagelint for fish. Made by `cagelint completion fish`.
# Whether the command that is typed is one of these.
function __cagelint_in
    set -l words (commandline -opc)
    contains -- -- $words; and return 1
    set -l command check
    set -q words[2]; and contains -- $words[2] $__cagelint_commands; and set command $words[2]
    contains -- $command $argv
end
function __cagelint_first
    test (count (commandline -opc)) -eq 1
end
# What stands behind `--` is the command line of another program.
function __cagelint_behind
    contains -- -- (commandline -opc)
end
function __cagelint_program
    set -l words (commandline -opc)
    set -l at (contains -i -- -- $words)
    if test (count $words) -eq $at
        string join \n docker podman nerdctl docker-compose
    else
        set -l rest (string escape -- $words[(math $at + 1)..-1])
        complete -C "$rest "(commandline -ct)
    end
end
complete -c cagelint -f
complete -c cagelint -n __cagelint_behind -a '(__cagelint_program)'
)";

// fish takes a backslash in single quotes for one that hides the next.
std::string Quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

// What completes a value: " -F" for files, " -a …" for words.
std::string ValueWords(const Values& values) {
  std::string out = values.are_files ? " -F" : "";
  if (values.are_rules)
    return out + (values.are_listed ? " -a '(__fish_complete_list , __cagelint_rules)'"
                                    : " -a '(__cagelint_rules)'");
  if (!values.words.empty()) out += " -a " + Quoted(Spaced(values.words));
  return out;
}

std::string OptionLine(const std::string& command, const OptionRow& option) {
  std::string line = "complete -c cagelint -n '__cagelint_in " + command + "'";
  for (const std::string& name : option.names)
    line += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
  if (!option.value.empty() && !option.names.empty())
    line += option.values.are_files ? " -r" : " -x";
  line += ValueWords(option.values);
  if (!option.names.empty() && !option.help.empty()) line += " -d " + Quoted(option.help);
  return line + "\n";
}

}  // namespace

std::string FishCompletion(const Completed& table) {
  std::string names, first, options;
  for (const CommandRow& command : table.commands) {
    names += " " + command.name;
    first += "complete -c cagelint -n __cagelint_first -a " + command.name + " -d " +
             Quoted(command.summary) + "\n";
    for (const OptionRow& option : command.options) options += OptionLine(command.name, option);
  }
  std::string out(kBegin);
  out += "set -g __cagelint_commands" + names +
         "\nfunction __cagelint_rules\n    string join \\n " + Spaced(table.rules) + "\nend\n" +
         first + "complete -c cagelint -n __cagelint_first -l version -d 'show the version'\n" +
         options;
  return out;
}

}  // namespace cagelint::cli
