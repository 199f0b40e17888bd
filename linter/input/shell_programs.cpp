// What a command of a script runs: an engine, a shell with a text, a function.
#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/shell_placeholders.h"
#include "linter/input/shell_prefixes.h"
#include "linter/input/shell_runners.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

using syntax::PartKind;
using syntax::ShellCommand;
using syntax::Statement;
using syntax::Word;

// Whether the name of a variable says that it holds a container engine.
bool MentionsEngine(std::string_view name) {
  const std::string lower = base::ToLower(name);
  for (const std::string_view word : {"docker", "podman", "nerdctl", "container_engine"})
    if (lower.find(word) != std::string::npos) return true;
  return lower.find("container") != std::string::npos && lower.find("cmd") != std::string::npos;
}

// `command source FILE`, `builtin eval …`.
bool RunsBuiltin(const Argument& first, const Argument& second) {
  constexpr std::array<std::string_view, 10> kBuiltins = {
      ".", "cd", "eval", "export", "read", "set", "shift", "source", "trap", "unset"};
  return (first.text == "command" || first.text == "builtin") &&
         std::find(kBuiltins.begin(), kBuiltins.end(), second.text) != kBuiltins.end();
}

// The engine that a path names whose folder is not all known: "docker" of `$HOME/bin/docker`.
std::string EngineAtEnd(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos || IsLiteralText(path)) return "";
  const std::string_view name = path.substr(slash + 1);
  return IsLiteralText(name) && NamesEngine(name) ? std::string(name) : "";
}

// What xargs and parallel put in from their input: in the place of `replaced`, or at the end.
void AddInput(std::string_view replaced, std::vector<Argument>& words) {
  bool is_replaced = false;
  const auto separator = std::find_if(words.begin(), words.end(), [](const Argument& word) {
    return word.text.starts_with(":::");  // of parallel: its input follows
  });
  words.erase(separator, words.end());
  for (Argument& word : words) {
    const std::size_t at = replaced.empty() ? std::string::npos : word.text.find(replaced);
    if (at == std::string::npos) continue;
    is_replaced = true;
    Argument with;
    with.span = word.span;
    AppendPart(with, word, 0, at);
    with.pieces.push_back({static_cast<std::uint32_t>(with.text.size()),
                           1,
                           word.SpanOf(at, at + replaced.size()),
                           {},
                           std::string(replaced)});
    with.text += kUnknownByte;
    AppendPart(with, word, at + replaced.size(), word.text.size());
    word = std::move(with);
  }
  if (is_replaced) return;
  Argument more;
  more.text = std::string(1, kUnknownByte);
  more.span = words.front().span;
  more.pieces.push_back({0, 1, more.span, {}, "…"});
  more.is_list = true;
  words.push_back(std::move(more));
}

}  // namespace

void ShellWalker::RunProgram(const Statement& statement, const ShellCommand& command,
                             Arguments words, const Flow& flow) {
  while (words.size() > 1 && RunsBuiltin(words[0], words[1])) words.erase(words.begin());
  if (words.front().IsLiteral()) {
    const std::string name = words.front().text;
    const auto function = functions_.find(name);
    if (function != functions_.end()) return CallFunction(function->second, name, words, flow);
    const auto alias = aliases_.find(name);
    if (alias != aliases_.end() && flow.embedded < 3) {
      Argument text = alias->second;
      Arguments eval = words;
      eval.insert(eval.begin(), words.front());
      eval[1] = std::move(text);
      return RunEval(eval, flow);
    }
    if (name == "exec" && words.size() > 1) ended_ = true;
    if (RunBuiltin(name, words, flow)) return;
  }
  const ShellProgram program = FindProgram(words);
  if (program.index >= words.size()) return;
  Argument& first = words[program.index];
  if (const std::string engine = EngineAtEnd(first.text); !engine.empty())
    first = Argument::Literal(engine, first.span);
  const bool is_engine =
      first.IsLiteral() ? NamesEngine(first.text) : RunsLikelyEngine(command, words, program.index);
  words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(program.index));
  if (!is_engine) {
    if (program.joins && words.size() == 1) return ReadArgumentText(words.front(), flow);
    if (words.front().text == "-c" && words.size() > 1) return ReadArgumentText(words[1], flow);
    if (!words.front().IsLiteral()) return;
    const auto function = functions_.find(words.front().text);
    if (function != functions_.end())
      return CallFunction(function->second, words.front().text, words, flow);
    if (!RunText(command, words, flow)) NoticeEngine(words);
    return;
  }
  if (program.through_xargs) AddInput(program.replaced, words);
  ReadEngineCommand(statement, std::move(words), flow, program.timeout);
}

// `retry 3 docker run …`, `retry "docker run …"`: a program that nobody here knows, and that may
// run its words.
void ShellWalker::NoticeEngine(const Arguments& words) {
  const std::string_view name = ProgramName(words.front().text);
  if (OnlyTakes(name)) return;
  const auto add = [&](const base::Span& place) {
    AddGap("unsupported-construct",
           "whether `" + std::string(name) + "` runs this command is not known, so it was not read",
           place);
  };
  for (std::size_t i = 1; i < words.size(); ++i) {
    if (IsEngineCommand(words[i].text)) return add(words[i].span);
    if (i + 1 == words.size()) return;
    const std::string& verb = words[i + 1].text;
    if (!words[i].IsLiteral() || !NamesEngine(words[i].text)) continue;
    if (verb != "run" && verb != "create" && verb != "exec") continue;
    return add(base::Cover(words[i].span, words[i + 1].span));
  }
}

// The command's word is a variable: an engine when its value is likely one (`${ENGINE:-docker}`).
// Otherwise a gap where the variable's name says so.
bool ShellWalker::RunsLikelyEngine(const ShellCommand& command, Arguments& words,
                                   std::size_t index) {
  Argument& first = words[index];
  for (const Word& word : command.words) {
    if (word.span != first.span || word.parts.size() != 1) continue;
    const syntax::WordPart& part = word.parts.front();
    if (part.kind != PartKind::kVariable) return false;
    const Word operand{part.operand, part.span, true};
    std::string likely;
    if ((part.operation == ":-" || part.operation == "-" || part.operation == ":=") &&
        operand.IsLiteral())
      likely = operand.Text();
    const ShellValue* value = values_.Find(part.text);
    if (likely.empty() && value != nullptr) likely = value->likely;
    if (!likely.empty() && NamesEngine(likely)) {
      Argument engine = Argument::Literal(likely, first.span);
      first = std::move(engine);
      return true;
    }
    static constexpr std::array<std::string_view, 6> kVerbs = {"run",    "create", "exec",
                                                               "update", "start",  "container"};
    const bool has_verb =
        index + 1 < words.size() &&
        std::find(kVerbs.begin(), kVerbs.end(), words[index + 1].text) != kVerbs.end();
    // Where another program fills it in, it is written otherwise.
    const std::string_view shown = context_.sources.Text(context_.sources.ToFile(first.span));
    const std::string written(shown.starts_with("${") ? shown : part.written);
    if (MentionsEngine(part.text) && has_verb)
      AddGap("unresolved-variable",
             "the engine `" + written + "` cannot be known, so the command was not read",
             first.span);
    return false;
  }
  return false;
}

void ShellWalker::ReadEngineCommand(const Statement& statement, Arguments words, const Flow& flow,
                                    const model::ClientTimeout& timeout) {
  constexpr std::size_t kMostCommands = 4096;
  if (document_.containers.size() + document_.commands.size() >= kMostCommands) {
    if (!std::exchange(is_full_, true))
      AddGap("limit-reached", "the script runs more engine commands than are read", statement.span);
    return;
  }
  MarkPlaceholders(words, context_.sources);
  Invocation invocation;
  invocation.words = words;
  invocation.extent = statement.span;
  invocation.order = order_++;
  invocation.output_captured = flow.captured;
  invocation.handles = flow.handles;
  invocation.timeout = timeout;
  invocation.directories = directories_;
  const ShellValue* directory = values_.Find("PWD");
  if (directory != nullptr && directory->IsScalar())
    invocation.working_directory = directory->words.front().text;
  ReadInvocation(invocation, context_, document_);
}

// A function that few commands call is walked with the values of each call; another one once, with
// those that hold at every call.
void ShellWalker::CallFunction(Function& function, const std::string& name, const Arguments& words,
                               const Flow& flow) {
  constexpr int kMostCalls = 16;
  if (called_[name] <= kMostCalls && !function.active && walks_ < kMostWalks &&
      !(function.walked && is_uncalled_)) {
    if (function.walked) ++walks_;
    return CallWith(function, words, flow);
  }
  Assigned assigned;
  CollectAssigned(*function.tree, function.body, assigned);
  // A function that calls itself is walked once more, for whatever it may be called with.
  const bool is_recursive = function.active && !function.recursed;
  if (is_recursive) function.recursed = true;
  if (!function.walked || is_recursive) {
    function.walked = true;
    const syntax::ShellTree* outer = std::exchange(tree_, function.tree);
    const std::size_t mark = values_.Mark();
    const std::size_t locals = locals_.size();
    RestrictValues();
    const bool ended = std::exchange(ended_, false);
    Run(function.body, flow);
    ended_ = ended;
    tree_ = outer;
    locals_.resize(locals);
    values_.RollBack(mark);
  }
  Generalise(assigned, words.front().span);
}

void ShellWalker::CallWith(Function& function, const Arguments& words, const Flow& flow) {
  const std::string name = words.front().text;
  function.walked = true;
  function.active = true;
  const syntax::StatementId body = function.body;
  const syntax::ShellTree* outer = std::exchange(tree_, function.tree);
  const std::size_t locals = locals_.size();
  const ShellValue* parameters = values_.Find("@");
  ShellValue before = parameters == nullptr ? ShellValue::Unknown() : *parameters;
  values_.Set("@", ShellValue::Array({words.begin() + 1, words.end()}));
  const bool ended = std::exchange(ended_, false);
  ++calls_;
  Run(body, flow);
  --calls_;
  ended_ = ended;
  tree_ = outer;
  for (; locals_.size() > locals; locals_.pop_back())
    values_.Set(locals_.back().first, std::move(locals_.back().second));
  values_.Set("@", std::move(before));
  functions_[name].active = false;
}

}  // namespace cagelint::input
