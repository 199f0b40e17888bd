// What a command of a script runs: an engine, a shell with a text, a function.
#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/shell_placeholders.h"
#include "linter/input/shell_prefixes.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

using syntax::PartKind;
using syntax::ShellCommand;
using syntax::Statement;
using syntax::Word;

constexpr std::array<std::string_view, 6> kShells = {"sh", "bash", "dash", "ksh", "zsh", "ash"};

bool IsShell(std::string_view name) {
  return std::find(kShells.begin(), kShells.end(), name) != kShells.end();
}

// Whether the name of a variable says that it holds a container engine.
bool MentionsEngine(std::string_view name) {
  const std::string lower = base::ToLower(name);
  for (const std::string_view word : {"docker", "podman", "nerdctl", "container_engine"})
    if (lower.find(word) != std::string::npos) return true;
  return lower.find("container") != std::string::npos && lower.find("cmd") != std::string::npos;
}

// The words that ssh joins and its host's shell reads begin behind its options and the host.
std::size_t SshCommand(const std::vector<Argument>& words, std::size_t index) {
  constexpr std::string_view kValueLetters = "BbcDEeFIiJLlmOoPpQRSWw";
  while (index < words.size() && words[index].text.size() > 1 && words[index].text[0] == '-') {
    const std::string& option = words[index].text;
    const bool value_follows =
        option.size() == 2 && kValueLetters.find(option[1]) != std::string::npos;
    index += value_follows ? 2 : 1;
  }
  return std::min(index + 1, words.size());
}

// The text that `tmux new -d TEXT`, `script -c TEXT` and `sg GROUP [-c] TEXT` give to a shell; null
// without one.
const Argument* TextOf(const std::vector<Argument>& words) {
  if (words.front().text.ends_with("sg")) {
    const std::size_t text = words.size() > 2 && words[2].text == "-c" ? 3 : 2;
    return text < words.size() ? &words[text] : nullptr;
  }
  if (words.front().text.ends_with("script")) {
    for (std::size_t i = 1; i + 1 < words.size(); ++i)
      if (words[i].text == "--command" ||
          (words[i].text.size() > 1 && words[i].text[0] == '-' && words[i].text.ends_with('c')))
        return &words[i + 1];
    return nullptr;
  }
  const bool is_text = words.size() > 2 && words.back().text.find(' ') != std::string::npos;
  return is_text ? &words.back() : nullptr;
}

}  // namespace

void ShellWalker::RunProgram(const Statement& statement, const ShellCommand& command,
                             Arguments words, const Flow& flow) {
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
  const Argument& first = words[program.index];
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
  if (program.through_xargs) {
    Argument more;
    more.text = std::string(1, kUnknownByte);
    more.span = words.front().span;
    more.pieces.push_back({0, 1, more.span, {}, "…"});
    more.is_list = true;
    words.push_back(std::move(more));
  }
  ReadEngineCommand(statement, words, flow);
}

// `retry 3 docker run …`: a program that nobody here knows, and that may run its words.
void ShellWalker::NoticeEngine(const Arguments& words) {
  constexpr std::array<std::string_view, 11> kOnlyTake = {
      "echo", "printf", "print", "grep", "egrep", "fgrep", "rg", "logger", "which", "type", "git"};
  const std::string_view name = ProgramName(words.front().text);
  if (std::find(kOnlyTake.begin(), kOnlyTake.end(), name) != kOnlyTake.end()) return;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const std::string& verb = words[i + 1].text;
    if (!words[i].IsLiteral() || !NamesEngine(words[i].text)) continue;
    if (verb != "run" && verb != "create" && verb != "exec") continue;
    return AddGap("unsupported-construct",
                  "whether `" + std::string(name) +
                      "` runs this command is not known, so it was "
                      "not read",
                  base::Cover(words[i].span, words[i + 1].span));
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
    if (MentionsEngine(part.text) && has_verb)
      AddGap("unresolved-variable",
             "the engine `" + part.written + "` cannot be known, so the command was not read",
             first.span);
    return false;
  }
  return false;
}

void ShellWalker::ReadEngineCommand(const Statement& statement, Arguments words, const Flow& flow) {
  constexpr std::size_t kMostCommands = 4096;
  if (document_.containers.size() + document_.commands.size() >= kMostCommands) {
    if (!std::exchange(is_full_, true))
      AddGap("limit-reached", "the script runs more engine commands than are read", statement.span);
    return;
  }
  MarkPlaceholders(words);
  Invocation invocation;
  invocation.words = words;
  invocation.extent = statement.span;
  invocation.order = order_++;
  invocation.output_captured = flow.captured;
  invocation.handles = flow.handles;
  invocation.directories = directories_;
  ReadInvocation(invocation, context_, document_);
}

// `sh -c TEXT`, `su -c TEXT`, `ssh host TEXT`, and here-documents that a shell reads.
bool ShellWalker::RunText(const ShellCommand& command, const Arguments& words, const Flow& flow) {
  const std::string name(ProgramName(words.front().text));
  const std::size_t mark = values_.Mark();
  if (name == "ssh") {
    const std::size_t index = SshCommand(words, 1);
    const bool runs_shell =
        index < words.size() && IsShell(ProgramName(words[index].text)) && words[index].IsLiteral();
    if (runs_shell) {
      RunText(command, {words.begin() + static_cast<std::ptrdiff_t>(index), words.end()}, flow);
    } else if (index + 1 == words.size()) {
      ReadArgumentText(words[index], flow);
    } else if (index < words.size()) {
      const ShellProgram program = FindProgram(std::span(words).subspan(index));
      const Arguments rest(words.begin() + static_cast<std::ptrdiff_t>(index + program.index),
                           words.end());
      if (!rest.empty() && rest.front().IsLiteral() && NamesEngine(rest.front().text)) {
        Statement remote;
        remote.span = base::Cover(rest.front().span, rest.back().span);
        ReadEngineCommand(remote, rest, flow);
      }
    } else {
      ReadDocument(command, flow);
    }
  } else if (IsShell(name) || name == "su") {
    std::size_t index = 1;
    bool has_text = false;
    while (index < words.size() &&
           (name == "su" || (words[index].text.size() > 1 && words[index].text[0] == '-'))) {
      const std::string& option = words[index++].text;
      if (name != "su" && (option == "-o" || option == "-O" || option == "--rcfile")) {
        ++index;
        continue;
      }
      if (option[0] == '-' && option[1] != '-' && option.find('c') != std::string::npos) {
        has_text = true;
        break;
      }
    }
    index = std::min(index, words.size());
    if (has_text && index < words.size())
      ReadArgumentText(words[index], flow);
    else if (!has_text && index >= words.size())
      ReadDocument(command, flow);
  } else if (name == "tmux" || name == "script" || name == "sg") {
    if (const Argument* text = TextOf(words)) ReadArgumentText(*text, flow);
  } else if (name == "cat" || name == "tee") {
    ReadWrittenScript(command, words, flow);
  } else {
    return false;
  }
  values_.RollBack(mark);
  return true;
}

void ShellWalker::ReadDocument(const ShellCommand& command, const Flow& flow) {
  if (input_ != nullptr) ReadArgumentText(*input_, flow);
  for (const syntax::Redirect& redirect : command.redirects) {
    if (redirect.document != UINT32_MAX)
      ReadArgumentText(values_.ExpandWhole(tree_->documents[redirect.document], *tree_), flow);
    if (redirect.operation == "<<<")
      ReadArgumentText(values_.ExpandWhole(redirect.target, *tree_), flow);
  }
}

// `cat > run.sh <<E`, `tee run.sh <<E`: the script that this makes, with variables of its own.
void ShellWalker::ReadWrittenScript(const ShellCommand& command, const Arguments& words,
                                    const Flow& flow) {
  bool is_script = words.back().text.ends_with(".sh") && words.front().text.ends_with("tee");
  for (const syntax::Redirect& redirect : command.redirects)
    if (redirect.TakesOutput() && redirect.target.Text().ends_with(".sh")) is_script = true;
  Flow inner;
  inner.embedded = flow.embedded;
  for (const syntax::Redirect& redirect : command.redirects) {
    if (redirect.document == UINT32_MAX) continue;
    const Argument text = values_.ExpandWhole(tree_->documents[redirect.document], *tree_);
    if (!is_script && !NamesShell(text.text)) continue;
    values_.ForgetAll();
    ReadArgumentText(text, inner);
  }
}

// A function that few commands call is walked with the values of each call; another one once, with
// those that hold at every call.
void ShellWalker::CallFunction(Function& function, const std::string& name, const Arguments& words,
                               const Flow& flow) {
  constexpr int kMostCalls = 4;
  if (called_[name] <= kMostCalls && !function.active && walks_ < kMostWalks &&
      !(function.walked && is_uncalled_)) {
    if (function.walked) ++walks_;
    return CallWith(function, words, flow);
  }
  Assigned assigned;
  CollectAssigned(*function.tree, function.body, assigned);
  if (!function.walked) {
    function.walked = true;
    const syntax::ShellTree* outer = std::exchange(tree_, function.tree);
    const std::size_t mark = values_.Mark();
    const std::size_t locals = locals_.size();
    RestrictValues();
    const bool ended = ended_;
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
  const bool ended = ended_;
  Run(body, flow);
  ended_ = ended;
  tree_ = outer;
  for (; locals_.size() > locals; locals_.pop_back())
    values_.Set(locals_.back().first, std::move(locals_.back().second));
  values_.Set("@", std::move(before));
  functions_[name].active = false;
}

}  // namespace cagelint::input
