#include "linter/lsp/judge.h"

#include <algorithm>
#include <utility>

#include "linter/driver/judging.h"
#include "linter/lsp/workspace.h"

namespace cagelint::lsp {
namespace {

bool IsExcluded(const driver::Request& request, const base::FileSystem& files,
                const std::string& path) {
  base::SourceSet sources;
  std::vector<std::string> errors;
  return driver::Judging(request, files, sources, errors).IsExcluded(path);
}

// That a file configures no containers is no news in an editor.
void ForgetUntaken(Judged& judged) {
  std::erase_if(judged.outcome.report.gaps, [&](const diagnostic::Gap& gap) {
    return gap.kind == "unsupported-construct" && !gap.span.IsValid() && gap.path == judged.path;
  });
}

Judged Empty(Judged judged) {
  judged.outcome.sources = std::make_unique<base::SourceSet>();
  judged.outcome.report.sources = judged.outcome.sources.get();
  return judged;
}

}  // namespace

driver::Request RequestFor(const Document& document, driver::Request request) {
  request.text = {base::ShownPath(document.path, document.root), document.text.Utf8()};
  return request;
}

Judged Judge(Workspace& workspace, const Document& document, driver::Request request, bool fixes) {
  Judged out;
  out.uri = document.uri;
  out.path = base::ShownPath(document.path, document.root);
  out.root = document.root;
  out.text = document.text.Utf8();
  if (document.path.empty()) return Empty(std::move(out));
  const base::FileSystem files = workspace.ViewFrom(document.root, &out.asked);
  if (IsExcluded(request, files, out.path)) return Empty(std::move(out));
  request = RequestFor(document, std::move(request));
  request.fixes = fixes;
  out.outcome = driver::Lint(request, files);
  const auto& inputs = out.outcome.inputs;
  const auto own = std::find_if(inputs.begin(), inputs.end(), [&](const driver::Listed& input) {
    return input.path == out.path && !input.carrier.empty();
  });
  if (own != inputs.end()) out.carrier = own->carrier;
  if (out.carrier.empty() && !inputs.empty()) ForgetUntaken(out);
  const auto& gaps = out.outcome.report.gaps;
  out.has_syntax_error = std::any_of(gaps.begin(), gaps.end(), [](const diagnostic::Gap& gap) {
    return gap.kind == "syntax-error";
  });
  return out;
}

}  // namespace cagelint::lsp
