#include "linter/input/comment_prose.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"

namespace cagelint::input {
namespace {

constexpr std::size_t kLongestLead = 60;

bool IsDigit(char byte) { return byte >= '0' && byte <= '9'; }
bool IsAlpha(char byte) { return std::isalpha(static_cast<unsigned char>(byte)) != 0; }

std::size_t BehindBlanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(" \t", at), text.size());
}

// Whether the text begins with an engine's name, behind `sudo` and assignments, or goes to a folder
// first.
bool BeginsWithCommand(std::string_view text) {
  for (std::string_view rest = base::Trim(text); !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
    if (NamesEngine(word)) return true;
    if (word == "cd" || word == "mkdir" || word == "git" || word == "xhost" || word == "export") {
      const std::size_t next = rest.find("&& ");
      if (next == std::string_view::npos) return false;
      rest = base::Trim(rest.substr(next + 3));
      continue;
    }
    const bool is_assigned = base::IsNameStart(word.front()) && word.find('=') != rest.npos;
    if (word != "sudo" && word != "time" && word != "exec" && !is_assigned) return false;
    rest = base::Trim(rest.substr(word.size()));
  }
  return false;
}

// Behind `$ `, `# `, `user@host:~$ `, `[root@host dir]# `; `at` where none begins there.
std::size_t BehindPrompt(std::string_view line, std::size_t at) {
  const std::string_view text = line.substr(at, kLongestLead);
  const std::size_t sign = text.find_first_of("$#%");
  if (sign == std::string_view::npos || sign + 1 >= text.size() || text[sign + 1] != ' ') return at;
  const std::string_view before = text.substr(0, sign);
  const bool is_place = before.find('@') != std::string_view::npos &&
                        before.find_first_of("\"'`=;|&<>\\") == std::string_view::npos &&
                        (before.front() == '[' || before.find(' ') == std::string_view::npos);
  if (!before.empty() && before != "~" && !is_place) return at;
  return BehindBlanks(line, at + sign + 1);
}

// Behind `- `, `* `, `> `, `1. `, `2) `.
std::size_t BehindMark(std::string_view line, std::size_t at) {
  std::size_t end = at;
  while (end < line.size() && IsDigit(line[end])) ++end;
  const std::string_view signs = end > at ? ".)" : "-*+>";
  if (end + 1 >= line.size() || signs.find(line[end]) == std::string_view::npos ||
      line[end + 1] != ' ')
    return at;
  return BehindBlanks(line, end + 1);
}

// Behind `Usage: `, `To run it: `: words, and no engine's name.
std::size_t BehindLead(std::string_view line, std::size_t at) {
  const std::string_view text = line.substr(at, kLongestLead);
  if (text.starts_with("e.g. ") || text.starts_with("E.g. ")) return BehindBlanks(line, at + 5);
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos || colon == 0 || !IsAlpha(text.front())) return at;
  const bool is_words =
      std::all_of(text.begin(), text.begin() + static_cast<long>(colon), [](char byte) {
        return std::isalnum(static_cast<unsigned char>(byte)) != 0 ||
               std::string_view(" -_'(),./").find(byte) != std::string_view::npos;
      });
  return is_words ? BehindBlanks(line, at + colon + 1) : at;
}

// Words that join a sentence, and that no program is called with as a rule.
bool JoinsSentence(std::string_view word) {
  constexpr std::array<std::string_view, 62> kWords{
      "a",      "about",   "after",  "also",  "an",    "and",  "any",     "are",    "as",
      "be",     "because", "before", "but",   "by",    "can",  "cannot",  "could",  "does",
      "each",   "for",     "from",   "gives", "has",   "have", "how",     "if",     "in",
      "inside", "instead", "into",   "is",    "it",    "its",  "makes",   "may",    "must",
      "needs",  "not",     "of",     "on",    "once",  "or",   "our",     "should", "since",
      "so",     "that",    "the",    "then",  "these", "this", "to",      "until",  "using",
      "was",    "when",    "where",  "which", "will",  "with", "without", "you"};
  return std::find(kWords.begin(), kWords.end(), base::ToLower(word)) != kWords.end();
}

// Programs and images that are words like others.
bool IsKnownName(std::string_view word) {
  constexpr std::array<std::string_view, 48> kNames{
      "alpine",        "apache",   "bash",    "bun",       "busybox",  "caddy",
      "cat",           "centos",   "curl",    "debian",    "deno",     "echo",
      "elasticsearch", "env",      "fedora",  "go",        "golang",   "haproxy",
      "httpd",         "java",     "jenkins", "ls",        "make",     "mariadb",
      "memcached",     "mongo",    "mysql",   "nginx",     "node",     "npm",
      "php",           "postgres", "psql",    "python",    "rabbitmq", "redis",
      "registry",      "ruby",     "rust",    "sh",        "sleep",    "tomcat",
      "top",           "traefik",  "ubuntu",  "wordpress", "yarn",     "zsh"};
  return std::find(kNames.begin(), kNames.end(), word) != kNames.end();
}

bool IsPlainWord(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), IsAlpha);
}

}  // namespace

ShownCommand FindCommand(std::string_view line) {
  ShownCommand found;
  std::size_t at = BehindBlanks(line, 0);
  // `1. Run: $ docker …`: each sign once or twice.
  for (int signs = 0; signs < 4; ++signs) {
    if (at < line.size() && line[at] == '`') {
      const std::size_t close = line.find('`', at + 1);
      if (close == std::string_view::npos || close == at + 1) return {};
      const std::string_view behind = line.substr(close + 1);
      if (behind.find_first_not_of(" \t.:,;)") != std::string_view::npos) return {};
      const std::size_t inside = BehindPrompt(line, at + 1);
      if (!BeginsWithCommand(line.substr(inside, close - inside))) return {};
      return {inside, close, found.is_led, inside > at + 1, true};
    }
    if (BeginsWithCommand(line.substr(at))) {
      found.begin = at;
      found.end = line.size();
      return found;
    }
    if (const std::size_t prompt = BehindPrompt(line, at); prompt > at) {
      at = prompt;
      found.is_prompted = true;
      continue;
    }
    std::size_t next = BehindMark(line, at);
    if (next == at) next = BehindLead(line, at);
    if (next == at) return {};
    at = next;
    found.is_led = true;
  }
  return {};
}

bool EndsAsSentence(std::string_view command) {
  command = base::Trim(command);
  if (command.size() < 2 || std::string_view(".!?,").find(command.back()) == std::string_view::npos)
    return false;
  const char before = command[command.size() - 2];
  return IsAlpha(before) || before == ')' || before == '`' || before == '"';
}

bool GoesOnAsProse(std::string_view command, std::size_t image, std::size_t behind) {
  const std::string_view name = command.substr(image, behind - image);
  std::string_view rest = command.substr(behind);
  rest = rest.substr(0, rest.find_first_of("|&;#\"'`"));
  if (JoinsSentence(name) && (name.size() > 1 || !base::Trim(rest).empty())) return true;
  const bool is_sure = !IsPlainWord(name) || IsKnownName(name) ||
                       command.substr(0, image).find_first_of("/:=$0123456789") != command.npos;
  bool is_plain = true;
  bool is_first = true;
  bool has_known = false;
  std::size_t count = 0;
  std::size_t joins = 0;
  for (rest = base::Trim(rest); !rest.empty(); rest = base::Trim(rest)) {
    std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
    rest.remove_prefix(word.size());
    if (word.ends_with(',') && IsPlainWord(word.substr(0, word.size() - 1))) return true;
    if (JoinsSentence(word) && (is_first || ++joins > 1 || !is_sure)) return true;
    has_known = has_known || (is_first && IsKnownName(word));
    is_plain = is_plain && IsPlainWord(word);
    is_first = false;
    ++count;
  }
  if (count == 0 || has_known) return false;
  return is_plain && (is_sure ? count > 3 : true);
}

}  // namespace cagelint::input
