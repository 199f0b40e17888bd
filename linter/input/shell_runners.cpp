#include "linter/input/shell_runners.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/shell_prefixes.h"

namespace cagelint::input {
namespace {

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// Without its version: "concurrently" of `concurrently@9`.
std::string_view PackageName(std::string_view word) {
  const std::string_view name = ProgramName(word);
  const std::size_t version = name.find('@');
  return version == 0 ? name : name.substr(0, version);
}

constexpr std::array<std::string_view, 3> kServerTests{"start-server-and-test", "server-test",
                                                       "start-test"};

bool IsKnownProgram(std::string_view word) {
  const std::string_view name = PackageName(word);
  return name == "concurrently" || name == "conc" || name == "nodemon" || name == "cross-env" ||
         name == "cross-env-shell" || Holds(kServerTests, name);
}

// Of concurrently (open-cli-tools/concurrently, bin/concurrently.ts): options whose value is the
// next word.
constexpr std::array<std::string_view, 22> kConcurrentValues{"-n",
                                                             "--names",
                                                             "--name-separator",
                                                             "-m",
                                                             "--max-processes",
                                                             "-s",
                                                             "--success",
                                                             "-c",
                                                             "--prefix-colors",
                                                             "-p",
                                                             "--prefix",
                                                             "-l",
                                                             "--prefix-length",
                                                             "-t",
                                                             "--timestamp-format",
                                                             "--hide",
                                                             "--default-input-target",
                                                             "--restart-tries",
                                                             "--restart-after",
                                                             "--kill-signal",
                                                             "--ks",
                                                             "--kill-timeout"};

std::vector<Argument> Concurrent(std::span<const Argument> words) {
  std::vector<Argument> texts;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    const bool is_option = text.size() > 1 && text.front() == '-';
    if (!is_option)
      texts.push_back(words[i]);
    else if (Holds(kConcurrentValues, text))
      ++i;
  }
  return texts;
}

std::vector<Argument> WithBlanks(std::span<const Argument> words) {
  std::vector<Argument> texts;
  for (const Argument& word : words.subspan(1))
    if (word.text.find(' ') != std::string::npos) texts.push_back(word);
  return texts;
}

// The value of an option, in the next word or behind `=`, where it has a blank.
std::vector<Argument> ValueOf(std::span<const Argument> words, std::string_view letter,
                              std::string_view name) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string_view text = words[i].text;
    Argument value;
    if ((text == letter || text == name) && i + 1 < words.size()) {
      value = words[i + 1];
    } else if (text.starts_with(name) && text.substr(name.size()).starts_with('=')) {
      value.span = words[i].span;
      AppendPart(value, words[i], name.size() + 1, text.size());
    }
    if (value.text.find(' ') != std::string::npos) return {std::move(value)};
  }
  return {};
}

bool IsAssignment(std::string_view text) {
  const std::size_t equal = text.find('=');
  return equal != std::string_view::npos && equal > 0 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(equal),
                     base::IsNameByte);
}

// It joins what stands behind the assignments.
std::vector<Argument> JoinedRest(std::span<const Argument> words) {
  std::size_t first = 1;
  while (first < words.size() && IsAssignment(words[first].text)) ++first;
  if (first == words.size()) return {};
  Argument text;
  text.span = base::Cover(words[first].span, words.back().span);
  for (std::size_t i = first; i < words.size(); ++i) {
    if (i > first) {
      text.pieces.push_back(
          {static_cast<std::uint32_t>(text.text.size()), 1, words[i].span, {}, {}});
      text.text += ' ';
    }
    AppendPart(text, words[i], 0, words[i].text.size());
  }
  return {std::move(text)};
}

// The next word of `text`, which it is taken off.
std::string_view TakeWord(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n"));
  text.remove_prefix(word.size());
  return word;
}

}  // namespace

std::size_t FindPackageProgram(std::span<const Argument> words) {
  constexpr std::array<std::string_view, 3> kExecutors{"npx", "bunx", "pnpx"};
  constexpr std::array<std::string_view, 4> kManagers{"npm", "pnpm", "yarn", "bun"};
  constexpr std::array<std::string_view, 4> kVerbs{"exec", "dlx", "x", "run"};
  if (words.size() < 2 || !words[0].IsLiteral()) return 0;
  const std::string_view name = ProgramName(words[0].text);
  const bool is_manager = Holds(kManagers, name);
  if (!is_manager && !Holds(kExecutors, name)) return 0;
  std::size_t index = is_manager && Holds(kVerbs, words[1].text) ? 2 : 1;
  while (index < words.size() && words[index].text.starts_with('-')) {
    const std::string_view option = words[index].text;
    if (option == "-c" || option == "--call") return 0;
    index += option == "-p" || option == "--package" ? 2 : 1;
  }
  return index < words.size() && IsKnownProgram(words[index].text) ? index : 0;
}

std::vector<Argument> HandedTexts(std::span<const Argument> words) {
  const std::string_view name = PackageName(words.front().text);
  if (name == "concurrently" || name == "conc") return Concurrent(words);
  if (Holds(kServerTests, name)) return WithBlanks(words);
  if (name == "nodemon") return ValueOf(words, "-x", "--exec");
  if (name == "npx") return ValueOf(words, "-c", "--call");
  if (name == "cross-env-shell") return JoinedRest(words);
  return {};
}

bool IsEngineCommand(std::string_view text) {
  std::string_view word = TakeWord(text);
  while (word == "sudo" || IsAssignment(word)) word = TakeWord(text);
  if (!IsLiteralText(word) || !NamesEngine(word)) return false;
  word = TakeWord(text);
  if (word == "container") word = TakeWord(text);
  const bool starts = word == "run" || word == "create" || word == "exec";
  return starts && !TakeWord(text).empty();
}

bool OnlyTakes(std::string_view name) {
  constexpr std::array<std::string_view, 31> kNames{
      "[",    "[[",    "awk",         "cat",      "cowsay", "curl",  "dialog", "egrep",
      "expr", "fgrep", "gh",          "git",      "glab",   "gum",   "head",   "jq",
      "less", "man",   "npm-run-all", "rg",       "run-p",  "run-s", "sed",    "tail",
      "test", "type",  "wget",        "whiptail", "which",  "yq",    "zenity"};
  // Of functions of a script's own that another file has: `log_info`, `print_step`.
  constexpr std::array<std::string_view, 13> kParts{"comment", "debug", "echo",  "error",   "grep",
                                                    "info",    "log",   "notif", "message", "msg",
                                                    "print",   "usage", "warn"};
  if (Holds(kNames, name)) return true;
  const std::string lower = base::ToLower(name);
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

}  // namespace cagelint::input
