#include "linter/input/workflow_script.h"

#include <algorithm>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/recipes.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

constexpr std::string_view kOpen = "${{";
constexpr std::string_view kClose = "}}";
constexpr std::size_t kLongest = 400;

// Whether a line goes on as one of PowerShell does: a backtick ends it, behind a blank.
bool GoesOnByBacktick(std::string_view script) {
  for (std::string_view line : base::Split(script, '\n')) {
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.ends_with(" `")) return true;
  }
  return false;
}

// The program that a word of a command line names, without an ending of Windows.
std::string ProgramOf(std::string_view word) {
  const auto trim = [&](std::string_view quotes) {
    while (!word.empty() && quotes.find(word.front()) != std::string_view::npos)
      word.remove_prefix(1);
    while (!word.empty() && quotes.find(word.back()) != std::string_view::npos)
      word.remove_suffix(1);
  };
  trim("\"'");
  word = word.substr(word.find_last_of("/\\") + 1);
  std::string name = base::ToLower(word);
  if (name.ends_with(".exe")) name.resize(name.size() - 4);
  return name;
}

ScriptShell KindOf(const std::string& program) {
  if (IsShell(program) || program.ends_with("-bash") || program.ends_with(".sh") ||
      program == "msys2")
    return ScriptShell::kShell;
  if (program == "pwsh" || program == "powershell") return ScriptShell::kPowershell;
  if (program == "cmd") return ScriptShell::kBatch;
  if (program.starts_with("python")) return ScriptShell::kPython;
  return ScriptShell::kOther;
}

}  // namespace

ScriptShell ShellOfScript(std::string_view shell, std::string_view script, bool is_runner_known) {
  const bool is_dynamic = shell.find(kOpen) != std::string_view::npos;
  if (base::Trim(shell).empty() || is_dynamic) {
    const bool is_known = is_runner_known && !is_dynamic;
    return !is_known && GoesOnByBacktick(script) ? ScriptShell::kMaybePowershell
                                                 : ScriptShell::kShell;
  }
  // `sudo -E bash {0}`, `nix develop -c bash -e {0}`.
  for (const std::string_view word : base::Split(base::Trim(shell), ' '))
    if (const ScriptShell kind = KindOf(ProgramOf(word)); kind != ScriptShell::kOther) return kind;
  return ScriptShell::kOther;
}

const Reader* ReaderOf(ScriptShell shell) {
  switch (shell) {
    case ScriptShell::kPowershell:
    case ScriptShell::kMaybePowershell:
      return &kPowershellReader;
    case ScriptShell::kBatch:
      return &kBatchReader;
    case ScriptShell::kPython:
      return &kPythonReader;
    default:
      return nullptr;
  }
}

EmbeddedText HideDirectory(const EmbeddedText& text) {
  constexpr std::string_view kNames[] = {"${pwd}", "$pwd", "$(pwd)", "$(get-location)", "%cd%"};
  const std::string bytes = base::ToLower(text.Text());
  EmbeddedText out(text.Outer());
  std::uint32_t done = 0;
  for (std::size_t at = bytes.find_first_of("$%"); at != std::string::npos;
       at = bytes.find_first_of("$%", at + 1)) {
    const auto* name = std::find_if(
        std::begin(kNames), std::end(kNames),
        [&](std::string_view one) { return std::string_view(bytes).substr(at).starts_with(one); });
    if (name == std::end(kNames)) continue;
    const auto begin = static_cast<std::uint32_t>(at);
    const auto end = static_cast<std::uint32_t>(at + name->size());
    const base::Span outer = text.Map().ToOuter(begin, end);
    out.Append(text, done, begin);
    out.Put("{{working_directory}}", outer.begin, outer.end);
    done = end;
    at = end - 1;
  }
  out.Append(text, done, text.Size());
  return out;
}

void WorkflowEnvironment::Enter(const syntax::Tree& tree, const syntax::Entry* map) {
  auto& level = levels_.emplace_back();
  if (map == nullptr) return;
  for (const syntax::Entry& entry : tree.At(map->value).entries) {
    const syntax::Node& value = tree.At(entry.value);
    const bool is_known = value.IsScalar() && value.text.find(kOpen) == std::string::npos &&
                          value.text.find('\n') == std::string::npos &&
                          value.text.size() <= kLongest;
    level.emplace_back(tree.At(entry.key).text, is_known ? value.text : "");
  }
}

std::string WorkflowEnvironment::ValueOf(std::string_view inside, char open_quote,
                                         bool is_shell) const {
  constexpr std::string_view kVariable = "env.";
  std::string name;
  if (inside == "github.workspace") {
    name = "GITHUB_WORKSPACE";
  } else if (inside.starts_with(kVariable)) {
    name = inside.substr(kVariable.size());
    for (auto level = levels_.rbegin(); level != levels_.rend(); ++level)
      for (const auto& [key, value] : *level)
        if (key == name && !value.empty()) return value;
  }
  const bool is_name = !name.empty() && base::IsNameStart(name[0]) &&
                       std::all_of(name.begin(), name.end(), base::IsNameByte);
  if (!is_name || !is_shell) return "";
  return open_quote == '\'' ? "'\"${" + name + "}\"'" : "${" + name + "}";
}

EmbeddedText WorkflowEnvironment::Fill(const EmbeddedText& text, bool is_shell) const {
  const std::string_view bytes = text.Text();
  EmbeddedText out(text.Outer());
  OpenQuotes quotes;
  std::size_t done = 0;
  const auto size = [](std::size_t n) { return static_cast<std::uint32_t>(n); };
  for (std::size_t at = bytes.find(kOpen); at != bytes.npos; at = bytes.find(kOpen, at + 1)) {
    const std::size_t inside = at + kOpen.size();
    const std::size_t close = bytes.substr(0, at + kLongest).find(kClose, inside);
    if (close == bytes.npos) continue;
    quotes.Pass(bytes.substr(done, at - done));
    out.Append(text, size(done), size(at));
    done = at;
    const std::string value =
        ValueOf(base::Trim(bytes.substr(inside, close - inside)), quotes.Open(), is_shell);
    if (value.empty()) continue;
    done = close + kClose.size();
    const base::Span outer = text.Map().ToOuter(size(at), size(done));
    out.Put(value, outer.begin, outer.end);
    at = done - 1;
  }
  out.Append(text, size(done), size(bytes.size()));
  return out;
}

}  // namespace cagelint::input
