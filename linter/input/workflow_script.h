// Scripts of workflows: what reads them, and what GitHub fills in before.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/input/embed.h"
#include "linter/input/reader.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

enum class ScriptShell : std::uint8_t {
  kShell,
  kPowershell,
  kMaybePowershell,  // its lines go on as those of PowerShell do; whether it reads them is not said
  kBatch,
  kPython,
  kOther,
};

// What `shell:` names: a program, or a command line with `{0}` for the script. "" is bash where the
// runner has it, and otherwise sh; on Windows PowerShell (GitHub Docs, "Workflow syntax",
// jobs.<job_id>.steps[*].shell).
ScriptShell ShellOfScript(std::string_view shell, std::string_view script, bool is_runner_known);

// Null for what the shell's own reader reads.
const Reader* ReaderOf(ScriptShell shell);

// `text`, which runs in a folder that its reader does not know of, with names of the working
// directory made unknown.
EmbeddedText HideDirectory(const EmbeddedText& text);

// The `env:` of a workflow, of a job and of a step.
class WorkflowEnvironment {
 public:
  // `map` may be null.
  void Enter(const syntax::Tree& tree, const syntax::Entry* map);
  void Leave() { levels_.pop_back(); }

  // `text` with `${{ env.NAME }}` filled in: what the file sets it to. For a shell other names are
  // as `${NAME}`, and the folder of the project is the variable that holds it too.
  EmbeddedText Fill(const EmbeddedText& text, bool is_shell) const;

 private:
  // What the expression `inside` gives, "" where that is not known.
  std::string ValueOf(std::string_view inside, char open_quote, bool is_shell) const;

  std::vector<std::vector<std::pair<std::string, std::string>>> levels_;
};

}  // namespace cagelint::input
