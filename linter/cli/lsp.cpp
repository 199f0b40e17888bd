#include <utility>

#include <unistd.h>

#include "linter/base/files.h"
#include "linter/cli/judge_options.h"
#include "linter/cli/usage.h"
#include "linter/lsp/stdio.h"

namespace cagelint::cli {
namespace {

int RunLsp(const Words& words) {
  bool stdio = false;
  OptionSet set("lsp",
                "Serves an editor by the language server protocol, on standard input and output.");
  // Clients say it, and there is nothing else.
  set.Flag("--stdio", stdio, "on standard input and output, as ever");
  set.Footer("An editor starts it; settings are the editor's section `cagelint`.");
  if (const auto done = Parse(set, words)) return *done;
  lsp::Environment environment{base::RealFiles(), CAGELINT_VERSION, CAGELINT_SOURCE_URL, Today};
  return lsp::Serve(STDIN_FILENO, STDOUT_FILENO, std::move(environment));
}

}  // namespace

extern const Command kLspCommand{"lsp", "serve an editor: diagnostics, fixes, hover", RunLsp};

}  // namespace cagelint::cli
