#include "linter/input/code_calls.h"

#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/files.h"
#include "linter/base/text.h"

namespace cagelint::input {
namespace {

using Kind = CodeValue::Kind;

bool Holds(const auto& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool IsEngine(std::string_view word) {
  const std::string_view name = base::NameOf(word);
  return name == "docker" || name == "podman" || name == "nerdctl";
}

constexpr std::array<std::string_view, 8> kVerbs = {"run",    "create", "container", "exec",
                                                    "update", "start",  "network",   "volume"};

// Programs in whose place an engine may be run by its words.
constexpr std::array<std::string_view, 3> kPrefixes = {"sudo", "env", "doas"};

// What takes a command without running it. Parts of a callee's name, in lower case.
constexpr std::array<std::string_view, 23> kOnlyTake = {
    "assert",   "expect", "equal", "contain", "require",  "match", "log",   "print",
    "debug",    "info",   "warn",  "error",   "len",      "quote", "mock",  "which",
    "lookpath", "diff",   "write", "compare", "includes", "join",  "called"};

}  // namespace

bool OnlyTakesCommands(std::string_view callee) {
  const std::string lower = base::ToLower(callee);
  return std::any_of(kOnlyTake.begin(), kOnlyTake.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

bool IsEngineVerb(std::string_view word) { return Holds(kVerbs, word); }

bool IsContainerFlag(std::string_view word) {
  static constexpr std::array<std::string_view, 20> kFlags = {
      "--rm",         "--volume",     "--network", "--net",        "--cap-add",
      "--cap-drop",   "--mount",      "--publish", "--privileged", "--security-opt",
      "--entrypoint", "--pids-limit", "--memory",  "--read-only",  "--name",
      "--tmpfs",      "--gpus",       "--userns",  "-it",          "-itd"};
  return Holds(kFlags, word.substr(0, word.find('=')));
}

struct CodeCalls::Call {
  std::string path;       // "subprocess.run"; "" where what is called is no name
  std::string_view name;  // "run"
  std::string object;     // "subprocess"
  CodeRange inside;
  std::vector<Argument> arguments;

  const Argument* Named(std::string_view key) const {
    for (const Argument& one : arguments)
      if (one.key == key) return &one;
    return nullptr;
  }
  // The argument at `index`, or the one called `key`.
  const Argument* At(std::size_t index, std::string_view key = "") const {
    if (const Argument* named = key.empty() ? nullptr : Named(key); named != nullptr) return named;
    return index < arguments.size() && arguments[index].key.empty() ? &arguments[index] : nullptr;
  }
};

std::vector<CodeCalls::Argument> CodeCalls::Arguments(CodeRange inside) const {
  std::vector<Argument> out;
  for (CodeRange one : code_.Split(",", inside)) {
    Argument argument;
    if (code_.IsPython() && one.end - one.begin > 2 && code_.IsName(one.begin) &&
        code_.Is(one.begin + 1, "=")) {
      argument.key = code_.Text(one.begin);
      one.begin += 2;
    }
    argument.range = one;
    out.push_back(std::move(argument));
  }
  return out;
}

bool CodeCalls::AsText(CodeRange range, const CodeFrame& frame, CodeLaunch& out) {
  out.text = evaluator_.Evaluate(range, frame);
  out.is_text = true;
  if (out.text.kind == Kind::kList) {  // of `shell=True` the shell reads the first
    if (out.text.items.empty()) return false;
    CodeValue first = out.text.items.front().value;
    out.text = std::move(first);
  }
  return true;
}

bool CodeCalls::AsWords(CodeRange range, const CodeFrame& frame, CodeLaunch& out) {
  CodeValue list = evaluator_.Evaluate(range, frame);
  if (list.kind == Kind::kText || list.kind == Kind::kJoined) {
    // Without a shell it is the name of a program. Whoever wraps such a call means a command.
    out.is_text = true;
    out.text = std::move(list);
    return true;
  }
  CodeEvaluator::Spread(std::move(list), code_.Place(range), out.words);
  return true;
}

bool CodeCalls::AsProgram(const Argument& program, const std::vector<Argument>& rest, bool is_list,
                          const CodeFrame& frame, CodeLaunch& out) {
  CodeItem first;
  first.value = evaluator_.Evaluate(program.range, frame);
  first.place = code_.Place(program.range);
  first.is_fixed = is_list;
  out.words.push_back(std::move(first));
  if (rest.empty()) return true;
  if (is_list) {
    CodeValue list = evaluator_.Evaluate(rest.front().range, frame);
    const bool is_none = list.kind == Kind::kText || code_.IsOpen(rest.front().range.begin, '{');
    if (!is_none)
      CodeEvaluator::Spread(std::move(list), code_.Place(rest.front().range), out.words);
    return true;
  }
  const CodeRange range{rest.front().range.begin, rest.back().range.end};
  for (CodeItem& item : evaluator_.Items(range, frame)) out.words.push_back(std::move(item));
  return true;
}

bool CodeCalls::PythonLaunch(const Call& call, const CodeFrame& frame, CodeLaunch& out) {
  static constexpr std::array<std::string_view, 5> kRuns = {"run", "call", "check_call",
                                                            "check_output", "Popen"};
  static constexpr std::array<std::string_view, 5> kTexts = {
      "getoutput", "getstatusoutput", "create_subprocess_shell", "exec_command", "popen"};
  const bool is_os = call.object == "os";
  const Argument* shell = call.Named("shell");
  const bool has_shell = shell != nullptr && code_.Text(shell->range) == "True";
  if (Holds(kRuns, call.name) &&
      (call.object == "subprocess" || call.object == "sp" || call.object.empty())) {
    const Argument* words = call.At(0, "args");
    if (words == nullptr || code_.Is(words->range.begin, "*")) return false;
    return has_shell ? AsText(words->range, frame, out) : AsWords(words->range, frame, out);
  }
  if (Holds(kTexts, call.name) || (is_os && call.name == "system")) {
    const Argument* text = call.At(0, "cmd");
    return text != nullptr && AsText(text->range, frame, out);
  }
  if (call.name == "create_subprocess_exec" && !call.arguments.empty()) {
    std::size_t count = 0;
    while (count < call.arguments.size() && call.arguments[count].key.empty()) ++count;
    if (count == 0) return false;
    out.words = evaluator_.Items(
        {call.arguments.front().range.begin, call.arguments[count - 1].range.end}, frame);
    return true;
  }
  const bool is_spawn = is_os && call.name.starts_with("spawn");
  if (is_spawn ||
      (is_os && (call.name.starts_with("exec") || call.name.starts_with("posix_spawn")))) {
    const std::size_t file = is_spawn ? 1 : 0;
    const bool is_list =
        call.name.find('l') == std::string_view::npos || call.name.starts_with("posix");
    const Argument* program = call.At(file);
    const Argument* first = call.At(file + 1);
    if (program == nullptr || first == nullptr) return false;
    // The first word is only what the program is told that it is called.
    std::vector<CodeItem> words;
    if (is_list)
      CodeEvaluator::Spread(evaluator_.Evaluate(first->range, frame), code_.Place(first->range),
                            words);
    else
      words = evaluator_.Items({first->range.begin, call.inside.end}, frame);
    if (words.empty() || words.front().is_spread) {
      out.words = std::move(words);
      return true;
    }
    const CodeValue name = evaluator_.Evaluate(program->range, frame);
    if (name.Known().empty() || IsEngine(name.Known())) {
      words.front().value = name;
      words.front().place = code_.Place(program->range);
    }
    out.words = std::move(words);
    return true;
  }
  if (call.object == "pexpect" && call.name == "spawn" && !call.arguments.empty()) {
    const Argument* rest = call.At(1, "args");
    if (rest == nullptr) return AsText(call.arguments.front().range, frame, out);
    return AsProgram(call.arguments.front(), {*rest}, true, frame, out);
  }
  return false;
}

bool CodeCalls::GoLaunch(const Call& call, const CodeFrame& frame, CodeLaunch& out) {
  const bool has_context = call.name == "CommandContext";
  if ((call.object == "exec" || call.object == "osexec" || call.object == "execabs") &&
      (call.name == "Command" || has_context)) {
    const std::size_t first = has_context ? 1 : 0;
    if (call.arguments.size() <= first) return false;
    AsProgram(
        call.arguments[first],
        {call.arguments.begin() + static_cast<std::ptrdiff_t>(first) + 1, call.arguments.end()},
        false, frame, out);
    AddLater(call.inside.begin, frame, out);
    return true;
  }
  if ((call.object == "syscall" || call.object == "unix") && call.name == "Exec" &&
      call.arguments.size() == 3)
    return AsWords(call.arguments[1].range, frame, out);
  return false;
}

bool CodeCalls::TypescriptLaunch(const Call& call, const CodeFrame& frame, CodeLaunch& out) {
  static constexpr std::array<std::string_view, 7> kPrograms = {
      "spawn", "spawnSync", "execFile", "execFileSync", "execa", "execaSync", "execFileAsync"};
  static constexpr std::array<std::string_view, 6> kTexts = {
      "exec", "execSync", "execAsync", "execPromise", "execaCommand", "execaCommandSync"};
  static constexpr std::array<std::string_view, 8> kObjects = {
      "", "child_process", "childProcess", "cp", "shell", "shelljs", "sh", "proc"};
  if (call.arguments.empty()) return false;
  const Argument& first = call.arguments.front();
  if (call.object == "Bun" && call.name.starts_with("spawn"))
    return AsWords(first.range, frame, out);
  if (call.object == "Deno" && call.name == "Command") {
    std::vector<Argument> rest;
    if (call.arguments.size() > 1 && code_.IsOpen(call.arguments[1].range.begin, '{')) {
      const CodeRange options{call.arguments[1].range.begin + 1, call.arguments[1].range.end - 1};
      for (CodeRange option : code_.Split(",", options))
        if (code_.Is(option.begin, "args") && code_.Is(option.begin + 1, ":"))
          rest.push_back({"", {option.begin + 2, option.end}});
    }
    return AsProgram(first, rest, true, frame, out);
  }
  if (Holds(kPrograms, call.name)) {
    const CodeRange options = call.arguments.back().range;
    bool has_shell = false;
    for (std::uint32_t at = options.begin; at + 2 < options.end; ++at)
      has_shell = has_shell ||
                  (code_.Is(at, "shell") && code_.Is(at + 1, ":") && !code_.Is(at + 2, "false"));
    const std::string program = evaluator_.Evaluate(first.range, frame).Known();
    if (has_shell && program.find(' ') != std::string::npos) return AsText(first.range, frame, out);
    std::vector<Argument> rest;
    if (call.arguments.size() > 1) rest.push_back(call.arguments[1]);
    return AsProgram(first, rest, true, frame, out);
  }
  if (Holds(kTexts, call.name) && (call.name != "exec" || Holds(kObjects, call.object)))
    return AsText(first.range, frame, out);
  return false;
}

bool CodeCalls::IsCommand(const CodeValue& list, bool starts) const {
  if (list.kind != Kind::kList) return false;
  std::size_t at = 0;
  const auto known = [&](std::size_t i) {
    return i < list.items.size() && !list.items[i].is_spread ? list.items[i].value.Known() : "";
  };
  while (Holds(kPrefixes, known(at))) ++at;
  const std::string verb = known(at + 1);
  if (starts && verb != "run" && verb != "create") return false;
  return IsEngine(known(at)) && Holds(kVerbs, verb);
}

bool CodeCalls::BeginsCommand(CodeRange range, const CodeFrame& frame) {
  return IsEngine(evaluator_.Evaluate(range, frame).Known());
}

// A function that nobody here knows, and that is given a whole command.
bool CodeCalls::AnyLaunch(const Call& call, bool starts, const CodeFrame& frame, CodeLaunch& out) {
  if (call.name.empty() || OnlyTakesCommands(call.path) || OnlyTakesCommands(call.object))
    return false;
  const std::vector<Argument>& all = call.arguments;
  // `to_thread(subprocess.run, [...])`
  bool runs = starts || SpeaksOfRunning(call.name);
  for (const Argument& one : all) runs = runs || SpeaksOfRunning(code_.NameOf(one.range));
  if (!runs) return false;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const CodeRange& range = all[i].range;
    const bool is_list = code_.Is(range.end - 1, "]") || code_.Is(range.end - 1, "}");
    if (is_list) {
      CodeValue list = evaluator_.Evaluate(range, frame);
      if (!IsCommand(list)) continue;
      CodeEvaluator::Spread(std::move(list), code_.Place(range), out.words);
      return true;
    }
    if (!all[i].key.empty() || range.end - range.begin != 1 || i + 1 >= all.size() ||
        !BeginsCommand(range, frame))
      continue;
    const CodeRange& next = all[i + 1].range;
    CodeValue second = evaluator_.Evaluate(next, frame);
    const bool is_verb = second.kind == Kind::kText && Holds(kVerbs, second.Known());
    const bool is_run = second.kind == Kind::kList && !second.items.empty() &&
                        Holds(kVerbs, second.items.front().value.Known());
    if (is_verb && all.size() > i + 2)
      return AsProgram(all[i], {all.begin() + static_cast<std::ptrdiff_t>(i) + 1, all.end()}, false,
                       frame, out);
    if (is_run) return AsProgram(all[i], {all[i + 1]}, true, frame, out);
    // `start("docker", env, args...)`
    if (code_.IsGo() && code_.Is(all.back().range.end - 1, "..."))
      return AsProgram(all[i], {all.back()}, false, frame, out);
  }
  return false;
}

bool CodeCalls::LaunchAt(std::uint32_t open, std::uint32_t begin, const CodeFrame& frame,
                         CodeLaunch& out, bool starts) {
  if (open <= begin || !code_.IsName(open - 1)) return false;
  Call call;
  std::uint32_t first = open - 1;
  while (first > begin + 1 && (code_.Is(first - 1, ".") || code_.Is(first - 1, "?.")) &&
         code_.IsName(first - 2))
    first -= 2;
  call.path = code_.NameOf({first, open});
  call.name = code_.Text(open - 1);
  if (first > begin && code_.Is(first - 1, ".")) call.object = ChainBefore(first - 1, begin);
  if (first < open - 1) call.object = code_.NameOf({first, open - 2});
  const std::uint32_t close = code_.At(open).match;
  call.inside = {open + 1, close};
  call.arguments = Arguments(call.inside);
  if (call.arguments.empty()) return false;
  out.range = {first, close + 1};
  const bool is_known = code_.IsPython() ? PythonLaunch(call, frame, out)
                        : code_.IsGo()   ? GoLaunch(call, frame, out)
                                         : TypescriptLaunch(call, frame, out);
  if (is_known) return true;
  out = CodeLaunch{};
  out.range = {first, close + 1};
  return AnyLaunch(call, starts, frame, out);
}

// `$`docker run …``: of zx, Bun and execa.
bool CodeCalls::TemplateAt(std::uint32_t at, std::uint32_t begin, const CodeFrame& frame,
                           CodeLaunch& out) {
  static constexpr std::array<std::string_view, 5> kTags = {"$", "$$", "execa", "sh", "exec"};
  if (code_.IsPython() || at == begin || code_.At(at).kind != syntax::CodeToken::Kind::kTemplate)
    return false;
  std::uint32_t tag = at - 1;
  if (code_.Is(tag, ")") && code_.At(tag).match > begin) tag = code_.At(tag).match - 1;
  if (!code_.IsName(tag) || !Holds(kTags, code_.Text(tag))) return false;
  out.range = {tag, code_.At(at).match + 1};
  return AsText({at, code_.At(at).match + 1}, frame, out);
}

bool CodeCalls::OnlyTakesAt(std::uint32_t open, std::uint32_t begin) const {
  std::uint32_t first = open;
  while (first > begin && (code_.IsName(first - 1) || code_.Is(first - 1, "."))) --first;
  return first < open && OnlyTakesCommands(code_.Text({first, open}));
}

}  // namespace cagelint::input
