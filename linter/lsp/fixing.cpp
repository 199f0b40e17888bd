#include "linter/lsp/fixing.h"

#include <utility>

#include "linter/driver/standing.h"

namespace cagelint::lsp {
namespace {

// What stands in place of a judgement that nobody waits for any more.
driver::Outcome Nothing() {
  driver::Outcome out;
  out.sources = std::make_unique<base::SourceSet>();
  out.report.sources = out.sources.get();
  return out;
}

}  // namespace

std::optional<std::string> FixedText(Session& session, const Document& document,
                                     const Fixes& fixes) {
  driver::Request request = RequestFor(document, session.RequestIn(document.root));
  request.today = session.Around().today;
  const std::string path = request.text->name;
  bool cancelled = false;
  driver::FixOptions options{.unsafe = fixes.unsafe, .only = path, .subject = fixes.subject};
  options.lint = [&](const driver::Request& asked, const base::FileSystem& files) {
    cancelled = cancelled || session.is_cancelled();
    return cancelled ? Nothing() : driver::Lint(asked, files);
  };
  const base::FileSystem files = session.workspace.ViewFrom(document.root, nullptr);
  const driver::Fixing fixing = driver::Fix(request, files, options);
  if (cancelled) return std::nullopt;
  for (const driver::FixedFile& file : fixing.files)
    if (file.path == path) return file.after;
  return document.text.Utf8();
}

std::optional<ContainerHere> ContainerAt(const Judged& judged, const base::Span& span) {
  const driver::Places places(judged.outcome);
  const base::SourceSet& sources = *judged.outcome.sources;
  std::optional<ContainerHere> best;
  std::uint32_t best_size = UINT32_MAX;
  for (const model::Document& document : judged.outcome.documents) {
    for (const model::Container& container : document.containers) {
      const base::Span extent = sources.ToFile(container.extent);
      if (!extent.Contains(span) || extent.Size() >= best_size) continue;
      const base::Span anchor = sources.ToFile(container.anchor);
      for (const diagnostic::Diagnostic& finding : judged.outcome.report.findings) {
        if (finding.subject == nullptr || finding.subject->span != anchor || finding.suppressed)
          continue;
        best = {finding.subject->name, places.Of(finding).subject};
        best_size = extent.Size();
        break;
      }
    }
  }
  return best;
}

}  // namespace cagelint::lsp
