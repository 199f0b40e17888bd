#include "linter/input/prompts.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"

namespace cagelint::input {
namespace {

constexpr std::size_t kLongestPrompt = 60;

std::size_t BehindBlanks(std::string_view line, std::size_t at) {
  return std::min(line.find_first_not_of(" \t", at), line.size());
}

std::string_view FirstWord(std::string_view line) {
  line.remove_prefix(BehindBlanks(line, 0));
  return line.substr(0, line.find_first_of(" \t"));
}

bool IsName(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char byte) {
    return std::isalnum(static_cast<unsigned char>(byte)) != 0 || byte == '-' || byte == '_' ||
           byte == '.';
  });
}

// `host:~/x`, `user@host`, `user@host:/x`.
bool NamesHost(std::string_view word) {
  const std::size_t at = word.find('@');
  const std::size_t colon = word.find(':');
  if (colon == std::string_view::npos) return at != std::string_view::npos && at > 0;
  const char behind = colon + 1 < word.size() ? word[colon + 1] : ' ';
  return at < colon || behind == '~' || behind == '/';
}

// `bash-5.1`, `sh-4.2`.
bool IsShellWithVersion(std::string_view word) {
  const std::size_t dash = word.find('-');
  return dash != std::string_view::npos && word.substr(0, dash).ends_with("sh") &&
         word.find_first_not_of("0123456789.", dash + 1) == std::string_view::npos;
}

// What may stand before the sign of a prompt: nothing, `user@host:~/x`, `[root@host dir]`,
// `(venv)`, `~`, `/app`, `bash-5.1`, `me@mac dir`.
bool IsPromptText(std::string_view text) {
  text = base::Trim(text);
  while (text.starts_with('(') && text.find(')') != std::string_view::npos)
    text = base::Trim(text.substr(text.find(')') + 1));
  if (text.empty()) return true;
  if (text.starts_with("\u2514")) return true;  // the corner that Kali draws
  if (text.find_first_of("\"'`=;|&<>\\") != std::string_view::npos) return false;
  if (text.front() == '[' && text.back() == ']') return true;
  const std::string_view first = FirstWord(text);
  const std::string_view rest = base::Trim(text.substr(first.size()));
  if (rest.find(' ') != std::string_view::npos) return false;
  const bool is_path = first.front() == '~' || first.front() == '/';
  return NamesHost(first) || (rest.empty() && (is_path || IsShellWithVersion(first)));
}

// `host$ docker run`: a name that touches the sign, before an engine.
bool IsHostBefore(std::string_view text, std::string_view command) {
  return IsName(text) && RunsEngine(command);
}

// What stands between the words of `claude mcp add`: such a command names another one.
bool AddsServer(std::string_view behind) {
  behind = base::Trim(behind);
  return behind.starts_with("mcp add ") || behind.starts_with("mcp add-json ");
}

bool BeginsWithEngine(std::string_view line) {
  for (int words = 0; words < 8; ++words) {
    line.remove_prefix(BehindBlanks(line, 0));
    const std::string_view word = FirstWord(line);
    if (word.empty()) return false;
    line.remove_prefix(word.size());
    if (NamesEngine(word)) return BehindBlanks(line, 0) < line.size();
    if (AddsServer(line)) return true;
    const bool is_passed = word == "sudo" || word == "time" || word == "exec" || word == "wsl" ||
                           (word.find('=') != std::string_view::npos && word.front() != '-');
    if (!is_passed) return false;
  }
  return false;
}

// Whether a word can be the name of a program, and not the first of a sentence.
bool BeginsAsCommand(std::string_view line) {
  const std::string_view word = FirstWord(line);
  if (word.empty()) return false;
  const char first = word.front();
  return std::islower(static_cast<unsigned char>(first)) != 0 || first == '.' || first == '/' ||
         word.find('=') != std::string_view::npos;
}

constexpr std::array<std::string_view, 39> kWordsOfProse = {
    "all",    "an",    "and",    "are",   "as",   "automatically",
    "by",     "can",   "does",   "for",   "from", "has",
    "if",     "in",    "into",   "is",    "it",   "its",
    "may",    "needs", "of",     "on",    "or",   "removes",
    "should", "so",    "starts", "takes", "that", "the",
    "then",   "this",  "to",     "was",   "when", "which",
    "will",   "with",  "you"};

bool IsOfProse(std::string_view word) {
  while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ':'))
    word.remove_suffix(1);
  return std::find(kWordsOfProse.begin(), kWordsOfProse.end(), word) != kWordsOfProse.end();
}

}  // namespace

FoundPrompt PromptOf(std::string_view line) {
  const std::size_t begin = BehindBlanks(line, 0);
  const std::string_view text = line.substr(begin);
  const std::string_view near = text.substr(0, kLongestPrompt);
  if (text.starts_with("PS>") || text.starts_with("PS ")) {
    const std::size_t end = near.find('>');
    if (end != std::string_view::npos)
      return {Prompt::kPowershell, BehindBlanks(line, begin + end + 1)};
  }
  if (text.size() > 2 && text[1] == ':' && text[2] == '\\') {
    const std::size_t end = near.find('>');
    if (end != std::string_view::npos) return {Prompt::kCmd, BehindBlanks(line, begin + end + 1)};
  }
  if (text.starts_with("> ")) return {Prompt::kGoesOn, begin + 2};
  for (const std::string_view sign : {"\u276F ", "\u03BB "})
    if (text.starts_with(sign)) return {Prompt::kShell, begin + sign.size()};
  constexpr std::string_view kArrow = "\u279C";  // of oh-my-zsh: the arrow, blanks, a folder
  if (text.starts_with(kArrow)) {
    const std::size_t folder = BehindBlanks(line, begin + kArrow.size());
    const std::size_t end = std::min(line.find(' ', folder), line.size());
    return {Prompt::kShell, BehindBlanks(line, end)};
  }
  for (std::size_t at = near.find_first_of("$#%"); at != std::string_view::npos;
       at = near.find_first_of("$#%", at + 1)) {
    if (at + 1 >= near.size() || (near[at + 1] != ' ' && near[at + 1] != '\t')) continue;
    const std::string_view before = near.substr(0, at);
    const std::size_t behind = BehindBlanks(line, begin + at + 1);
    if (!IsPromptText(before) && !IsHostBefore(before, line.substr(behind))) return {};
    const bool may_comment = near[at] == '#' && base::Trim(before).empty();
    return {may_comment ? Prompt::kRoot : Prompt::kShell, behind};
  }
  return {};
}

bool RunsEngine(std::string_view line) {
  if (BeginsWithEngine(line)) return true;
  if (!BeginsAsCommand(line) || IsProse(line)) return false;
  for (std::size_t at = line.find_first_of("&;|"); at != std::string_view::npos;
       at = line.find_first_of("&;|", at + 1))
    if (BeginsWithEngine(line.substr(at + 1))) return true;
  return false;
}

bool IsProse(std::string_view line) {
  line = base::Trim(line);
  // Options with their values, and the image, are seldom words of prose; the first word that is no
  // option decides.
  std::size_t seen = 0;
  for (const std::string_view word : base::Split(line, ' ')) {
    if (word.empty() || word.front() == '-') continue;
    if (++seen > 2 && IsOfProse(word)) return seen <= 4;
    if (seen > 4) return false;
  }
  return false;
}

bool BecomesRoot(std::string_view command) {
  command = base::Trim(command);
  for (const std::string_view known : {"sudo -i", "sudo -s", "sudo su", "sudo su -", "sudo bash",
                                       "sudo sh", "su", "su -", "su root", "su - root"})
    if (command == known) return true;
  return false;
}

}  // namespace cagelint::input
