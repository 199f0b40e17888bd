// Commands that end before their author thinks: a broken or missing backslash at the end of a line.
#include <algorithm>
#include <array>
#include <string>

#include "linter/input/docker_flags.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

using syntax::ShellCommand;
using syntax::ShellTree;
using syntax::Statement;
using syntax::StatementKind;

// The statement at the begin or at the end of `statement` that is a command; null for others.
const Statement* CommandAt(const ShellTree& tree, const Statement* statement, bool at_end) {
  while (statement->kind == StatementKind::kPipeline || statement->kind == StatementKind::kAndOr ||
         statement->kind == StatementKind::kNot) {
    if (statement->children.empty()) return nullptr;
    statement = &tree.At(at_end ? statement->children.back() : statement->children.front());
  }
  return statement->kind == StatementKind::kCommand ? statement : nullptr;
}

// The index of the word behind `docker run`, `podman container create`; 0 for other commands.
std::size_t BehindRun(const ShellCommand& command) {
  const auto& words = command.words;
  const auto engine = std::find_if(words.begin(), words.end(), [](const syntax::Word& word) {
    return word.IsLiteral() && NamesEngine(word.Text());
  });
  for (auto word = engine; word != words.end(); ++word) {
    const std::string text = word->IsLiteral() ? word->Text() : "";
    if (word != engine && (text == "run" || text == "create" || text == "exec"))
      return static_cast<std::size_t>(word - words.begin()) + 1;
  }
  return 0;
}

bool IsFlag(const std::string& text) {
  if (text.size() < 2 || text[0] != '-') return false;
  constexpr CommandSet kCommand = kRunCommand;
  if (text[1] == '-')
    return FindFlag(kCommand, model::Engine::kPodman, text.substr(2, text.find('=') - 2)) !=
               nullptr ||
           FindFlag(kCommand, model::Engine::kDocker, text.substr(2, text.find('=') - 2)) !=
               nullptr;
  return FindFlag(kCommand, model::Engine::kDocker, text[1]) != nullptr;
}

// The options of `command` that would have hardened the container, for people; at most three.
std::string HardeningIn(const ShellCommand& command) {
  constexpr std::array<std::string_view, 10> kHardening = {
      "--cap-drop",  "--cpus",    "--memory",       "-m",    "--network", "--pids-limit",
      "--read-only", "--runtime", "--security-opt", "--user"};
  std::string found;
  int count = 0;
  for (const syntax::Word& word : command.words) {
    const std::string text = word.Text();
    const std::string name = text.substr(0, text.find('='));
    if (std::find(kHardening.begin(), kHardening.end(), name) == kHardening.end()) continue;
    if (found.find("`" + name + "`") != std::string::npos || ++count > 3) continue;
    found += (found.empty() ? "`" : ", `") + name + "`";
  }
  return found;
}

}  // namespace

// What stands behind a command that ends too early is, to the shell, a command of its own.
void ShellWalker::NoticeBrokenEnds(const Statement& sequence) {
  for (std::size_t i = 0; i + 1 < sequence.children.size(); ++i) {
    const Statement* statement = CommandAt(*tree_, &tree_->At(sequence.children[i]), true);
    if (statement == nullptr) continue;
    const ShellCommand& command = tree_->commands[statement->command];
    if (!command.line_follows) continue;
    const Statement* next = CommandAt(*tree_, &tree_->At(sequence.children[i + 1]), false);
    if (next != nullptr) NoticeBrokenEnd(*next, command, tree_->commands[next->command]);
  }
}

void ShellWalker::NoticeBrokenEnd(const Statement& statement, const ShellCommand& command,
                                  const ShellCommand& next) {
  if (command.words.empty() || next.words.empty() || BehindRun(command) == 0) return;
  const std::string first = next.words.front().Text();
  model::Remark remark;
  remark.kind = model::RemarkKind::kBrokenContinuation;
  if (!command.broken_end.IsValid()) {
    if (!IsFlag(first) || command.words.size() <= BehindRun(command) - 1) return;
    remark.span = command.words.back().span;
    remark.message = "the command ends at this line: no backslash stands behind it";
    remark.help = "end the line with a backslash";
  } else if (context_.sources.Text(command.broken_end).starts_with("#")) {
    remark.span = command.broken_end;
    remark.message = "the command ends at this comment: a backslash does not continue a comment";
    remark.help = "move the comment in front of the command";
  } else {
    remark.span = command.broken_end;
    remark.message = "the command ends at this line: the backslash escapes the blank behind it";
    remark.help = "let the backslash be the last character of the line";
  }
  const std::string hardening = HardeningIn(next);
  remark.labels.push_back(
      {statement.span, hardening.empty()
                           ? "a command of its own, and no part of the one above"
                           : "no part of the command above, which goes without " + hardening});
  document_.remarks.push_back(std::move(remark));
}

}  // namespace cagelint::input
