// Code that a command line hands to an interpreter: `node -e TEXT`, `powershell -Command TEXT`.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/shell_prefixes.h"
#include "linter/input/shell_texts.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

struct Interpreter {
  std::string_view name;
  std::string_view options;   // that code follows, each between blanks
  const Reader* reader;       // null: the code is not read
  std::string_view language;  // as a fence says it
};

const Interpreter* InterpreterNamed(std::string_view program) {
  constexpr std::string_view kNode = " -e -p -pe --eval --print eval ";
  static const Interpreter kTable[] = {
      {"bun", kNode, &kTypescriptReader, "js"},
      {"deno", kNode, &kTypescriptReader, "ts"},
      {"node", kNode, &kTypescriptReader, "js"},
      {"nodejs", kNode, &kTypescriptReader, "js"},
      {"perl", " -e -E ", nullptr, ""},
      {"php", " -r ", nullptr, ""},
      {"powershell", " -command -c -commandwithargs ", &kPowershellReader, "powershell"},
      {"pwsh", " -command -c -commandwithargs -cwa ", &kPowershellReader, "powershell"},
      {"python", " -c ", &kPythonReader, "python"},
      {"ruby", " -e ", nullptr, ""},
      {"ts-node", kNode, &kTypescriptReader, "ts"},
      {"tsx", kNode, &kTypescriptReader, "ts"},
  };
  std::string name = base::ToLower(program.substr(program.find_last_of("/\\") + 1));
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  // `python3`, `python3.12`.
  if (name.starts_with("python")) name.resize(name.find_last_not_of("0123456789.") + 1);
  const auto* found = std::find_if(std::begin(kTable), std::end(kTable),
                                   [&](const Interpreter& one) { return one.name == name; });
  return found == std::end(kTable) ? nullptr : found;
}

// The index of the code; 0 without any.
std::size_t CodeIn(const std::vector<Argument>& words, const Interpreter& interpreter) {
  const bool is_powershell = interpreter.reader == &kPowershellReader;
  for (std::size_t i = 1; i + 1 < words.size(); ++i) {
    const std::string option = is_powershell ? base::ToLower(words[i].text) : words[i].text;
    if (interpreter.options.find(" " + option + " ") != std::string_view::npos) return i + 1;
  }
  return 0;
}

bool MayStart(std::string_view code) {
  if (!NamesEngineAnywhere(code)) return false;
  constexpr std::array<std::string_view, 7> kWords{"run",   "exec",   "spawn", "system",
                                                   "popen", "create", "`"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return code.find(word) != std::string_view::npos;
  });
}

// How many texts the text `id` stands in.
int DepthOf(const base::SourceSet& sources, base::FileId id) {
  int depth = 0;
  for (const base::Embedding* within = sources.Get(id).Within(); within != nullptr;
       within = sources.Get(id).Within(), ++depth)
    id = within->map.File();
  return depth;
}

}  // namespace

// True where the command is an interpreter with code that names an engine. What is not known of the
// code leaves all of it unread.
bool ShellWalker::RunCode(const Arguments& words) {
  constexpr int kDeepest = 12;
  const Interpreter* interpreter = InterpreterNamed(words.front().text);
  const std::size_t index = interpreter == nullptr ? 0 : CodeIn(words, *interpreter);
  if (index == 0) return false;
  // PowerShell takes all that follows, other interpreters one word.
  const bool joins = interpreter->reader == &kPowershellReader;
  Argument code = joins ? Joined(words, index) : words[index];
  code.span = joins ? base::Cover(words[index].span, words.back().span) : code.span;
  if (code.pieces.empty() || !MayStart(code.text)) return false;
  const Reader* reader = interpreter->reader;
  const bool is_read = reader != nullptr && IsLiteralText(code.text) &&
                       DepthOf(context_.sources, code.span.file) < kDeepest &&
                       !reader->accepts_fence(interpreter->language, code.text).empty();
  if (!is_read) {
    AddGap("unsupported-construct",
           "what the code runs that `" + words.front().text + "` is given was not read", code.span);
    return true;
  }
  base::SourceMap map(code.span.file);
  for (const Piece& piece : code.pieces) map.Append(piece.size, piece.span.begin, piece.span.end);
  const base::Source& source =
      context_.sources.AddEmbedded(std::move(code.text), {std::move(map), nullptr});
  document_.embedded.push_back(reader->read(source, context_));
  return true;
}

}  // namespace cagelint::input
