// Variables and commands that stand for a place or a user that the script cannot change.
#include "linter/input/shell_values.h"

namespace cagelint::input {
namespace {

using syntax::PartKind;
using syntax::ShellTree;
using syntax::StatementId;
using syntax::StatementKind;
using syntax::Word;
using syntax::WordPart;

// `"$0"`, `$0`, `${BASH_SOURCE[0]}`: the path of the script.
bool NamesScript(const Word& word) {
  if (word.parts.size() != 1) return false;
  const WordPart& part = word.parts.front();
  return part.kind == PartKind::kVariable && part.operation.empty() &&
         (part.text == "0" || part.text == "BASH_SOURCE");
}

char SymbolOfWord(const Word& word, const ShellTree& tree) {
  if (word.IsLiteral() && word.Text() == ".") return kWorkingDirectoryByte;
  if (word.parts.size() != 1) return '\0';
  const WordPart& part = word.parts.front();
  if (part.kind == PartKind::kCommand) return SymbolOfCommands(tree, part.body);
  if (part.kind == PartKind::kVariable && part.operation.empty())
    return SymbolOfVariable(part.text);
  return '\0';
}

}  // namespace

char SymbolOfVariable(std::string_view name) {
  if (name == "PWD") return kWorkingDirectoryByte;
  if (name == "HOME") return kHomeByte;
  if (name == "UID" || name == "EUID") return kUserIdByte;
  return '\0';
}

const syntax::ShellCommand* OnlyCommand(const ShellTree& tree, StatementId id) {
  while (id != syntax::kNoStatement && tree.At(id).kind == StatementKind::kSequence &&
         tree.At(id).children.size() == 1)
    id = tree.At(id).children.front();
  if (id == syntax::kNoStatement || tree.At(id).kind != StatementKind::kCommand) return nullptr;
  return &tree.commands[tree.At(id).command];
}

bool IsCommand(const syntax::ShellCommand& command, std::string_view name, std::size_t arguments) {
  return command.words.size() == arguments + 1 && command.words.front().IsLiteral() &&
         command.words.front().Text() == name;
}

char SymbolOfCommands(const ShellTree& tree, StatementId body) {
  if (const syntax::ShellCommand* command = OnlyCommand(tree, body)) {
    const auto& words = command->words;
    if (words.empty() || !words.front().IsLiteral()) return '\0';
    if (IsCommand(*command, "pwd", 0)) return kWorkingDirectoryByte;
    if (IsCommand(*command, "pwd", 1) && words[1].IsLiteral()) return kWorkingDirectoryByte;
    if (IsCommand(*command, "id", 1) && words[1].IsLiteral()) {
      if (words[1].Text() == "-u") return kUserIdByte;
      return words[1].Text() == "-g" ? kGroupIdByte : '\0';
    }
    const std::string name = words.front().Text();
    if (name == "dirname" && words.size() >= 2) {
      const Word& last = words.back();
      if (NamesScript(last)) return kFileDirectoryByte;
      if (last.parts.size() != 1 || last.parts.front().kind != PartKind::kCommand) return '\0';
      const auto* inner = OnlyCommand(tree, last.parts.front().body);
      return inner != nullptr && inner->words.size() >= 2 && NamesScript(inner->words.back())
                 ? kFileDirectoryByte
                 : '\0';
    }
    if ((name == "realpath" || name == "readlink") && words.size() >= 2)
      return SymbolOfWord(words.back(), tree);
    return '\0';
  }
  // $(cd DIR && pwd)
  const syntax::Statement* both = &tree.At(body);
  while (both->kind == StatementKind::kSequence && both->children.size() == 1)
    both = &tree.At(both->children.front());
  if (both->children.size() != 2 ||
      (both->kind != StatementKind::kAndOr && both->kind != StatementKind::kSequence))
    return '\0';
  const auto* cd = OnlyCommand(tree, both->children[0]);
  const auto* pwd = OnlyCommand(tree, both->children[1]);
  if (cd == nullptr || pwd == nullptr || pwd->words.empty() || cd->words.size() < 2) return '\0';
  if (cd->words.front().Text() != "cd" || pwd->words.front().Text() != "pwd") return '\0';
  return SymbolOfWord(cd->words.back(), tree);
}

}  // namespace cagelint::input
