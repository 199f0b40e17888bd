// What the names of functions say: whether they start what they are given.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "linter/base/text.h"
#include "linter/input/code_calls.h"

namespace cagelint::input {
namespace {

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

// The words of a name: "run", "in", "Docker" of `runInDocker`, in lower case.
std::vector<std::string> WordsOf(std::string_view name) {
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto is_upper = [&](std::size_t at) {
      return at < name.size() && name[at] >= 'A' && name[at] <= 'Z';
    };
    const bool is_next = i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
    const bool begins = is_upper(i) && i > 0 && (!is_upper(i - 1) || is_next);
    if (begins || !base::IsNameByte(name[i]) || name[i] == '_') words.emplace_back();
    if (base::IsNameByte(name[i]) && name[i] != '_')
      words.back() += base::ToLower(name.substr(i, 1));
  }
  return words;
}

bool HasWordOf(std::string_view name, const auto& list) {
  const std::vector<std::string> words = WordsOf(name);
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return Holds(list, word); });
}

constexpr std::array<std::string_view, 33> kRunning = {
    "run",      "runs",      "running", "runner",     "exec",   "execs",   "execute",
    "executes", "executor",  "spawn",   "start",      "call",   "command", "commands",
    "cmd",      "sh",        "shell",   "bash",       "popen",  "launch",  "launcher",
    "invoke",   "process",   "proc",    "subprocess", "system", "docker",  "podman",
    "nerdctl",  "container", "ssh",     "sudo",       "output"};
constexpr std::array<std::string_view, 13> kNotRunning = {
    "add", "parse", "parser", "push",     "flag",   "format",  "on",
    "has", "get",   "test",   "describe", "string", "register"};
// What is given the command of a server, to start it or to note it down.
constexpr std::array<std::string_view, 18> kServers = {
    "server",     "servers", "mcp",    "client",  "transport",  "stdio",
    "parameters", "params",  "config", "connect", "connection", "tool",
    "tools",      "agent",   "plugin", "define",  "options",    "session"};

}  // namespace

bool SpeaksOfRunning(std::string_view callee) {
  const std::string_view last = callee.substr(callee.rfind('.') + 1);
  return HasWordOf(last, kRunning) && !HasWordOf(last, kNotRunning);
}

bool TakesServers(std::string_view callee) {
  return SpeaksOfRunning(callee) || HasWordOf(callee, kServers);
}

// `c := exec.Command(…)` whose words are set later: `c.Args = append(c.Args, …)`.
void CodeCalls::AddLater(std::uint32_t inside, const CodeFrame& frame, CodeLaunch& out) const {
  std::uint32_t at = inside - 1;
  while (at > 0 && (code_.IsOpen(at, '(') || code_.IsName(at) || code_.Is(at, "."))) --at;
  if (at < 1 || (!code_.Is(at, ":=") && !code_.Is(at, "=")) || !code_.IsName(at - 1)) return;
  const std::string name = std::string(code_.Text(at - 1)) + ".Args";
  if (frame.names->find(name) == frame.names->end()) return;
  CodeItem more;
  more.is_spread = more.is_fixed = true;
  more.place = more.value.place = code_.Place({at - 1, at});
  more.value.name = name;
  out.words.push_back(std::move(more));
}

// The names before a call in a chain of them: "m EXPECT()" of `m.EXPECT().Run(…)`.
std::string CodeCalls::ChainBefore(std::uint32_t dot, std::uint32_t begin) const {
  constexpr int kMostNames = 16;
  std::string names;
  for (int i = 0; i < kMostNames && dot > begin && code_.Is(dot, "."); ++i) {
    std::uint32_t at = dot - 1;
    if (code_.Is(at, ")") && code_.At(at).match > begin) at = code_.At(at).match - 1;
    if (!code_.IsName(at)) break;
    names = std::string(code_.Text(at)) + "() " + names;
    if (at == begin) break;
    dot = at - 1;
  }
  return names.empty() ? "()" : names;
}

}  // namespace cagelint::input
