#include "linter/input/windows_words.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

std::string ProgramOf(std::string_view word) {
  std::string name = base::ToLower(word.substr(word.find_last_of("\\/") + 1));
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  return name;
}

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

}  // namespace

std::string EngineNamedByWindows(std::string_view word) {
  const std::string name = ProgramOf(word);
  return NamesEngine(name) ? name : "";
}

bool IsWindowsPrefix(std::string_view word) {
  constexpr std::array<std::string_view, 8> kPrefixes{"wsl",  "sudo", "gsudo",  "start",
                                                      "call", "cmd",  "winpty", "return"};
  return Holds(kPrefixes, ProgramOf(word));
}

bool IsUnixShell(std::string_view word) {
  constexpr std::array<std::string_view, 3> kShells{"bash", "sh", "zsh"};
  return Holds(kShells, ProgramOf(word));
}

bool TakesCommand(std::string_view word) {
  constexpr std::array<std::string_view, 5> kNames{"cmd", "powershell", "pwsh", "invoke-expression",
                                                   "iex"};
  return Holds(kNames, ProgramOf(word));
}

bool StartsProcess(std::string_view word) {
  constexpr std::array<std::string_view, 3> kNames{"start-process", "saps", "start"};
  return Holds(kNames, base::ToLower(word));
}

bool BeginsWithEngine(std::string_view text) {
  text = base::Trim(text);
  const std::size_t end = text.find_first_of(" \t");
  return end != std::string_view::npos && !EngineNamedByWindows(text.substr(0, end)).empty();
}

bool MayStartContainers(std::string_view text) {
  constexpr std::array<std::string_view, 6> kSigns{"run", "create", "compose", "$", "@", "%"};
  return NamesEngineAnywhere(text) &&
         std::any_of(kSigns.begin(), kSigns.end(),
                     [&](std::string_view sign) { return text.find(sign) != text.npos; });
}

bool IsPlainCommand(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char byte) {
    return base::IsNameByte(byte) || std::string_view(" -./:=,+@").find(byte) != std::string::npos;
  });
}

std::optional<Known> KnownVariable(std::string_view name) {
  const std::string lower = base::ToLower(name);
  if (lower == "cd" || lower == "pwd") return Known::kWorkingDirectory;
  if (lower == "userprofile" || lower == "home") return Known::kHome;
  return std::nullopt;
}

std::size_t PlaceholderEnd(std::string_view text, std::size_t at) {
  constexpr std::size_t kLongest = 60;
  if (at + 2 >= text.size() || text[at] != '<' ||
      std::isalpha(static_cast<unsigned char>(text[at + 1])) == 0)
    return at;
  const std::size_t end = text.substr(0, at + kLongest).find_first_of("<>|&;\n\"'", at + 1);
  return end != std::string_view::npos && text[end] == '>' ? end + 1 : at;
}

std::size_t PromptSize(std::string_view line) {
  constexpr std::size_t kLongest = 80;
  const std::size_t begin = line.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return 0;
  const std::string_view text = line.substr(begin, kLongest);
  const bool is_powershell = text.starts_with("PS ") || text.starts_with("PS>");
  const bool is_cmd = text.size() > 3 && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
                      text[1] == ':' && text[2] == '\\';
  if (!is_powershell && !is_cmd) return 0;
  const std::size_t end = text.find_first_of(">\n\"'|&;=");
  if (end == std::string_view::npos || text[end] != '>') return 0;
  const std::size_t behind = line.find_first_not_of(" \t", begin + end + 1);
  return std::min(behind, line.size());
}

bool HasPrompts(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (PromptSize(text.substr(at, 200)) > 0) return true;
    at = std::min(text.find('\n', at), text.size() - 1) + 1;
  }
  return false;
}

bool SoundsLikeList(std::string_view name) {
  constexpr std::array<std::string_view, 4> kParts{"arg", "opt", "param", "flag"};
  const std::string lower = base::ToLower(name);
  return std::any_of(kParts.begin(), kParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

}  // namespace cagelint::input
