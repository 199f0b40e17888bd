#include <utility>

#include <malloc.h>
#include <unistd.h>

#include "linter/base/files.h"
#include "linter/cli/judge_options.h"
#include "linter/cli/usage.h"
#include "linter/lsp/stdio.h"

namespace cagelint::cli {
namespace {

// What one judgement gives back the next one takes, and not by way of the system.
void KeepMemory() {
#ifdef __GLIBC__
  constexpr int kKept = 64 << 20;
  mallopt(M_TRIM_THRESHOLD, kKept);
  mallopt(M_MMAP_THRESHOLD, kKept / 2);
#endif
}

int RunLsp(const Words& words) {
  bool stdio = false;
  OptionSet set("lsp",
                "Serves an editor by the language server protocol, on standard input and output.");
  // Clients say it, and there is nothing else.
  set.Flag("--stdio", stdio, "on standard input and output, as ever");
  set.Footer("An editor starts it; settings are the editor's section `cagelint`.");
  if (const auto done = Parse(set, words)) return *done;
  KeepMemory();
  lsp::Environment environment{base::RealFiles(), CAGELINT_VERSION, CAGELINT_SOURCE_URL, Today};
  return lsp::Serve(STDIN_FILENO, STDOUT_FILENO, std::move(environment));
}

}  // namespace

extern const Command kLspCommand{"lsp", "serve an editor: diagnostics, fixes, hover", RunLsp};

}  // namespace cagelint::cli
