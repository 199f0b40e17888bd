// An array of PublishDiagnosticsParams, one for each file in which something was found: what the
// language server would tell an editor of them.
//
// - Suppressed findings are left out: an editor would show them as any other.
// - Gaps are diagnostics with their kind as the code; one without a place stands at the begin of
//   its file.
// - Errors are on standard error alone.
// - URIs are absolute where the working directory is known. What stands in no file is
//   `untitled:%3Cstdin%3E` or `untitled:%3Ccommand%20line%3E`.
// - No diagnostic has tags: an editor has to say that it knows them.
#include <map>

#include "linter/output/lsp_json.h"
#include "linter/output/plain_text.h"

namespace cagelint::output {
namespace {

std::string Write(const engine::Report& report, const WriterOptions& options) {
  std::map<std::string, std::string> by_path;  // the diagnostics of each file
  const auto add = [&](const std::string& path, const std::string& diagnostic) {
    std::string& list = by_path[path];
    list += (list.empty() ? "" : ",\n  ") + diagnostic;
  };
  for (const auto& finding : report.findings)
    if (!finding.suppressed)
      add(PathOf(report, finding.span), LspDiagnostic(report, finding, options));
  for (const auto& gap : report.gaps) add(PathOf(report, gap), LspDiagnostic(report, gap));
  std::string out;
  for (const auto& [path, list] : by_path) {
    out += out.empty() ? "[\n" : ",\n";
    out += "{\"uri\":" + Compact(FileUri(path, options.working_directory)) +
           ",\"diagnostics\":[\n  " + list + "\n]}";
  }
  return out.empty() ? "[]\n" : out + "\n]\n";
}

}  // namespace

extern const Writer kLspWriter{"lsp", "for editors: publishDiagnostics parameters", Write};

}  // namespace cagelint::output
