// One command of a script: what it sets, what it runs.
#include <algorithm>
#include <array>
#include <utility>

#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

using syntax::ShellCommand;
using syntax::Statement;
using syntax::Word;
using syntax::WordPart;

// Which quotes are open behind a stretch of a script.
class Quotes {
 public:
  void Pass(std::string_view text) {
    for (std::size_t i = 0; i < text.size(); ++i) {
      const char c = text[i];
      if (c == '\\' && open_ != '\'')
        ++i;
      else if (c == open_)
        open_ = '\0';
      else if (open_ == '\0' && (c == '\'' || c == '"'))
        open_ = c;
    }
  }
  bool IsSingle() const { return open_ == '\''; }

 private:
  char open_ = '\0';
};

}  // namespace

void ShellWalker::RunNestedParts(const std::vector<WordPart>& parts, const Flow& flow) {
  Flow inner;
  inner.captured = true;
  inner.embedded = flow.embedded;
  if (parts.size() == 1) inner.handles = flow.handles;
  for (const WordPart& part : parts) {
    if (part.kind == syntax::PartKind::kArithmetic) ForgetArithmetic(part.written);
    RunAside(part.body, inner);
    RunNestedParts(part.operand, inner);
  }
}

void ShellWalker::RunNested(const ShellCommand& command, const Flow& flow) {
  Flow inner;
  inner.embedded = flow.embedded;
  for (const auto& assignment : command.assignments) {
    inner.handles = {assignment.name};
    const std::size_t containers = document_.containers.size();
    RunNestedParts(assignment.value.parts, inner);
    const auto& parts = assignment.value.parts;
    const bool is_filled = std::any_of(parts.begin(), parts.end(), [](const WordPart& part) {
      return part.kind == syntax::PartKind::kCommand;
    });
    if (is_filled && containers == document_.containers.size())
      refills_.push_back({assignment.name, order_});
    inner.handles.clear();
    for (const Word& element : assignment.elements) RunNestedParts(element.parts, inner);
  }
  for (const Word& word : command.words) RunNestedParts(word.parts, inner);
  for (const syntax::Redirect& redirect : command.redirects) {
    RunNestedParts(redirect.target.parts, inner);
    if (redirect.document != UINT32_MAX)
      RunNestedParts(tree_->documents[redirect.document].parts, inner);
  }
}

void ShellWalker::RunCommand(const Statement& statement, const Flow& outer_flow) {
  const ShellCommand& command = tree_->commands[statement.command];
  RunNested(command, outer_flow);
  Flow flow = outer_flow;
  for (const syntax::Redirect& redirect : command.redirects)
    flow.captured = flow.captured || redirect.TakesOutput();
  if (command.words.empty()) {
    for (const auto& assignment : command.assignments) Assign(assignment);
    return;
  }
  Arguments words;
  for (const Word& word : command.words)
    for (Argument& argument : values_.Expand(word, *tree_)) words.push_back(std::move(argument));
  if (words.empty()) return;
  if (words.front().IsLiteral() && IsDeclaration(words.front().text))
    return RunDeclaration(command, words);
  RunChosen(statement, command, std::move(words), flow);
}

// Whether a command is the engine's own and makes a container, whatever else it says.
bool ShellWalker::StartsContainer(const Arguments& words) const {
  return words.size() > 1 && NamesEngine(words[0].text) &&
         (words[1].text == "run" || words[1].text == "create") &&
         !functions_.contains(words[0].text) && !aliases_.contains(words[0].text);
}

// A command that starts or changes containers, and depends on which way led to it, is read once for
// each way: each is a command that may run. What it does to variables is what all ways leave.
void ShellWalker::RunChosen(const Statement& statement, const ShellCommand& command,
                            Arguments words, const Flow& flow) {
  const int met = is_choosing_ ? 0 : values_.JoinOf(command.words);
  const int join = values_.WaysOf(met) <= ShellValues::kMostWays ? met : 0;
  const std::size_t containers = document_.containers.size();
  const std::size_t commands = document_.commands.size();
  const std::size_t gaps = document_.gaps.size();
  const std::size_t remarks = document_.remarks.size();
  const std::size_t embedded = document_.embedded.size();
  const bool ended = ended_;
  bool ends = ended;
  const bool is_told_apart = join != 0 && walks_ < kMostWalks;
  if (!is_told_apart || !StartsContainer(words)) {
    // Ways may differ in what they run: `"${args[@]}"` with and without `sudo` in front.
    const bool is_open = !words.front().IsLiteral();
    RunProgram(statement, command, std::move(words), flow);
    const bool grew = is_open || containers < document_.containers.size() ||
                      commands < document_.commands.size() || gaps < document_.gaps.size();
    if (!is_told_apart || !grew || walks_ >= kMostWalks) return;
    const auto cut = [](auto& list, std::size_t size) {
      list.erase(list.begin() + static_cast<std::ptrdiff_t>(size), list.end());
    };
    cut(document_.containers, containers);
    cut(document_.commands, commands);
    cut(document_.gaps, gaps);
    cut(document_.remarks, remarks);
    cut(document_.embedded, embedded);
    ends = std::exchange(ended_, ended);
  }
  is_choosing_ = true;
  RunWays(statement, command, flow, join, ShellValues::kMostWays);
  is_choosing_ = false;
  ended_ = ends;
}

// `most`: ways that may be told apart here.
void ShellWalker::RunWays(const Statement& statement, const ShellCommand& command, const Flow& flow,
                          int join, std::size_t most) {
  const bool ended = ended_;
  const std::size_t count = values_.WaysOf(join);
  for (std::size_t way = 0; way < count; ++way) {
    const std::size_t mark = values_.Mark();
    values_.Choose(join, way);
    conditions_.push_back(values_.ConditionOf(join, way));
    const int further = values_.JoinOf(command.words);
    if (further != 0 && values_.WaysOf(further) <= most / count) {
      RunWays(statement, command, flow, further, most / count);
    } else {
      ++walks_;
      Arguments words;
      for (const Word& word : command.words)
        for (Argument& argument : values_.Expand(word, *tree_))
          words.push_back(std::move(argument));
      const std::size_t first = document_.containers.size();
      if (!words.empty()) RunProgram(statement, command, std::move(words), flow);
      for (std::size_t i = first; i < document_.containers.size(); ++i)
        document_.containers[i].conditions = conditions_;
    }
    conditions_.pop_back();
    ended_ = ended;
    values_.RollBack(mark);
  }
}

// Commands of the shell itself; true when nothing else is to be done.
bool ShellWalker::RunBuiltin(const std::string& name, const Arguments& words, const Flow& flow) {
  if (name == "exit" || name == "return") {
    ended_ = true;
  } else if (name == "cd" || name == "pushd" || name == "popd") {
    ChangeDirectory(words);
  } else if (name == "read" || name == "mapfile" || name == "readarray" || name == "unset" ||
             name == "getopts") {
    for (std::size_t i = 1; i < words.size(); ++i) {
      if (!words[i].IsLiteral()) continue;
      values_.Forget(words[i].text.substr(0, words[i].text.find('[')));
      if (name == "unset" && words[1].text == "-f") functions_.erase(words[i].text);
    }
  } else if (name == "let") {
    for (const Argument& word : words) ForgetArithmetic(word.text);
  } else if (name == "printf" && words.size() > 2 && words[1].text == "-v") {
    Arguments printed(words.begin() + 2, words.end());
    printed.front() = words.front();
    const std::string text = KnownOutput(printed);
    if (words[2].IsLiteral())
      values_.Set(words[2].text,
                  text.empty() ? ShellValue::Unknown()
                               : ShellValue::Scalar(Argument::Literal(text, words.back().span)));
  } else if (name == "shift") {
    Shift(words);
  } else if (name == "set") {
    const auto dashes = std::find_if(words.begin(), words.end(),
                                     [](const Argument& word) { return word.text == "--"; });
    for (std::size_t i = 1; i < words.size(); ++i)
      if (words[i].text == "allexport" ||
          (words[i].text.starts_with('-') && dashes != words.begin() + 1 &&
           words[i].text.find('a') != std::string::npos))
        values_.Set(ExportOf("*"), ShellValue::Scalar({}));
    if (dashes != words.end()) values_.Set("@", ShellValue::Array({dashes + 1, words.end()}));
  } else if (name == "source" || name == ".") {
    RunSourced(words, flow);
  } else if (name == "eval") {
    RunEval(words, flow);
  } else if (name == "alias") {
    RunAlias(words, flow);
  } else if (name == "trap") {
    if (words.size() > 2) ReadAside(words[1], flow);
  } else {
    return false;
  }
  return true;
}

void ShellWalker::Shift(const Arguments& words) {
  const ShellValue* before = values_.Find("@");
  const bool is_one = words.size() == 1 || (words.size() == 2 && words[1].text == "1");
  if (!is_one || before == nullptr || !before->IsArray() || before->words.empty() ||
      before->words.front().is_list)
    return values_.Forget("@");
  values_.Set("@", ShellValue::Array({before->words.begin() + 1, before->words.end()}));
}

// `eval` joins its words, and what they make is read again.
void ShellWalker::RunEval(const Arguments& words, const Flow& flow) {
  const Argument text = Joined(words, 1);
  ReadArgumentText(text, flow);
  if (!IsLiteralText(text.text)) values_.ForgetAll();
}

// An alias that no command uses is read where it is made, as if it were used there: with words
// behind it that cannot be known.
void ShellWalker::RunAlias(const Arguments& words, const Flow& flow) {
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t equal = words[i].text.find('=');
    if (equal == std::string::npos) continue;
    Argument text;
    text.span = words[i].span;
    AppendPart(text, words[i], equal + 1, words[i].text.size());
    const std::string name = words[i].text.substr(0, equal);
    if (called_[name] > 0) {
      aliases_[name] = std::move(text);
      continue;
    }
    constexpr std::string_view kWhatFollows = " \"$@\"";
    const base::Span end = words[i].SpanOf(words[i].text.size(), words[i].text.size());
    text.pieces.push_back({static_cast<std::uint32_t>(text.text.size()),
                           static_cast<std::uint32_t>(kWhatFollows.size()),
                           {end.file, end.begin > 0 ? end.begin - 1 : 0, end.begin},
                           {},
                           {}});
    text.text += kWhatFollows;
    const std::size_t mark = values_.Mark();
    values_.Forget("@");
    ReadAside(text, flow);
    values_.RollBack(mark);
  }
}

void ShellWalker::ChangeDirectory(const Arguments& words) {
  const Argument* target = nullptr;
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i].text != "--" && words[i].text != "-P" && words[i].text != "-L") target = &words[i];
  const bool is_clear = target != nullptr && words.front().text != "popd" && !target->is_list &&
                        !target->text.empty() && target->text.front() != '-' &&
                        target->text.front() != '+' &&  // of the stack of pushd
                        target->text.find(kUnknownByte) == std::string::npos;
  if (!is_clear) return values_.Forget("PWD");
  if (target->text == ".") return;
  const char first = target->text.front();
  Argument directory = *target;
  if (first != '/' && !IsSymbol(first)) {
    const ShellValue* before = values_.Find("PWD");
    if (before != nullptr && !before->IsScalar()) return;
    Argument joined;
    if (before != nullptr) {
      joined = before->words.front();
    } else {
      joined.text = std::string(1, kWorkingDirectoryByte);
      joined.pieces.push_back({0, 1, target->span, {}, "$PWD"});
    }
    auto at = static_cast<std::uint32_t>(joined.text.size());
    joined.text += '/';
    joined.pieces.push_back({at++, 1, target->span, target->span, {}});
    joined.text += target->text;
    for (Piece piece : target->pieces) {
      piece.begin += at;
      joined.pieces.push_back(std::move(piece));
    }
    joined.span = target->span;
    directory = std::move(joined);
  }
  values_.Set("PWD", ShellValue::Scalar(std::move(directory)));
}

// What runs later, or elsewhere: it sets nothing here, and does not end the script.
void ShellWalker::ReadAside(const Argument& text, const Flow& flow) {
  const std::size_t mark = values_.Mark();
  const bool ended = std::exchange(ended_, false);
  ReadArgumentText(text, flow);
  ended_ = ended;
  values_.RollBack(mark);
}

// A text that a shell will read, with expansions that stay what the author wrote.
void ShellWalker::ReadArgumentText(const Argument& text, const Flow& flow) {
  base::SourceMap map(text.span.file);
  std::string bytes;
  Quotes quotes;
  for (const Piece& piece : text.pieces) {
    std::string part = text.text.substr(piece.begin, piece.size);
    if (IsLiteralText(part)) {
      quotes.Pass(part);
    } else {
      const bool is_shell = piece.written.starts_with('$') || piece.written.starts_with('`');
      part = is_shell ? piece.written : "$_";  // what no script sets is unknown there, too
      if (quotes.IsSingle()) part = "'\"" + part + "\"'";
    }
    map.Append(static_cast<std::uint32_t>(part.size()), piece.span.begin, piece.span.end);
    bytes += part;
  }
  if (bytes.empty() || text.pieces.empty()) return;
  Flow inner = flow;
  ++inner.embedded;
  ReadEmbedded(bytes, map, inner);
}

}  // namespace cagelint::input
