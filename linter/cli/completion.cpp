#include "linter/cli/completion.h"

#include <array>

#include "linter/cli/terminal.h"
#include "linter/cli/usage.h"
#include "linter/driver/lint.h"

namespace cagelint::cli {
namespace {

struct Shell {
  std::string_view name;
  std::string (*script)(const Completed&);
};
constexpr std::array<Shell, 3> kShells{
    {{"bash", BashCompletion}, {"zsh", ZshCompletion}, {"fish", FishCompletion}}};

int RunCompletion(const Words& words) {
  std::vector<std::string_view> names;
  for (const Shell& shell : kShells) names.push_back(shell.name);
  std::string name;
  OptionSet set("completion",
                "Prints a script that completes cagelint's command lines in a shell.");
  set.Argument(name, Listed(names), "SHELL").Offer(names);
  set.Footer(
      "bash: `. <(cagelint completion bash)` in ~/.bashrc\n"
      "zsh: `cagelint completion zsh >_cagelint` in a folder of $fpath\n"
      "fish: `cagelint completion fish >~/.config/fish/completions/cagelint.fish`");
  if (const auto done = Parse(set, words)) return *done;
  const auto named = Named("shell", name, names);
  if (!named.Ok()) return UsageError("completion", named.Message());
  Completed table;
  table.commands = OptionTable();
  for (const engine::Rule* rule : driver::Rules()) table.rules.emplace_back(rule->info.id);
  return Print(kShells[named.Value()].script(table)) ? kClean : kFailed;
}

}  // namespace

std::string Spaced(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string SingleQuoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

extern const Command kCompletionCommand{"completion", "print a script for a shell: bash, zsh, fish",
                                        RunCompletion};

}  // namespace cagelint::cli
