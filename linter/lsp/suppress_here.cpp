#include "linter/lsp/suppress_here.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/diagnostic/edits.h"
#include "linter/model/document.h"

namespace cagelint::lsp {
namespace {

using diagnostic::Diagnostic;
using model::Carrier;

struct Comment {
  std::string_view open, close;
};

// How the language of a file writes a comment on a line of its own.
std::optional<Comment> CommentOf(Carrier carrier, std::string_view path) {
  switch (carrier) {
    case Carrier::kShell:
    case Carrier::kDockerfile:
    case Carrier::kGitlab:
    case Carrier::kJustfile:
    case Carrier::kMakefile:
    case Carrier::kPowershell:
    case Carrier::kPython:
    case Carrier::kQuadlet:
    case Carrier::kSystemd:
    case Carrier::kWorkflow:
      return Comment{"# ", ""};
    case Carrier::kCompose:
      if (path.ends_with(".json")) return std::nullopt;
      return Comment{"# ", ""};
    case Carrier::kMcp:
      if (path.ends_with(".toml")) return Comment{"# ", ""};
      return std::nullopt;
    case Carrier::kDevcontainer:
    case Carrier::kGo:
    case Carrier::kTasks:
    case Carrier::kTypescript:
      return Comment{"// ", ""};
    case Carrier::kSeccomp:
      if (path.ends_with(".jsonc")) return Comment{"// ", ""};
      return std::nullopt;
    case Carrier::kBatch:
      return Comment{"rem ", ""};
    case Carrier::kMarkdown:
      return Comment{"<!-- ", " -->"};
    case Carrier::kCommandLine:
    case Carrier::kInspect:
    case Carrier::kPackage:
      break;
  }
  return std::nullopt;
}

std::optional<Carrier> CarrierOf(const Judged& judged, base::FileId file) {
  for (const model::Document& document : judged.outcome.documents)
    if (judged.outcome.sources->FileOf(document.file) == file) return document.FileCarrier();
  return std::nullopt;
}

// Where a comment may stand: in front of the line of what was found, or of what it belongs to.
std::vector<std::uint32_t> LinesFor(const base::Source& source, const Diagnostic& finding) {
  std::vector<std::uint32_t> lines{source.PositionAt(finding.span.begin).line};
  if (finding.subject != nullptr && finding.subject->span.file == source.Id())
    lines.push_back(source.PositionAt(finding.subject->span.begin).line);
  if (lines.size() == 2 && lines[0] == lines[1]) lines.pop_back();
  return lines;
}

diagnostic::Edit LineInFrontOf(const base::Source& source, std::uint32_t line,
                               const Comment& comment, const std::string& rule) {
  const base::Span span = source.LineSpan(line);
  const std::string_view text = source.Text(span);
  const std::size_t indent = std::min(text.find_first_not_of(" \t"), text.size());
  const bool is_crlf = source.Bytes().substr(span.end, 2) == "\r\n";
  return {{source.Id(), span.begin, span.begin},
          std::string(text.substr(0, indent)) + std::string(comment.open) + "cagelint: ignore[" +
              rule + "] say why this is meant" + std::string(comment.close) +
              (is_crlf ? "\r\n" : "\n")};
}

struct Count {
  std::size_t open = 0;  // findings
  std::size_t gaps = 0;
};

Count CountOf(const Judged& judged) {
  const auto& report = judged.outcome.report;
  return {static_cast<std::size_t>(
              std::count_if(report.findings.begin(), report.findings.end(),
                            [](const Diagnostic& finding) { return !finding.suppressed; })),
          report.gaps.size()};
}

// Whether the finding, which `edit` has moved, is suppressed in `after`, and nothing is worse.
bool Helps(const Judged& before, const Judged& after, const Diagnostic& finding,
           const diagnostic::Edit& edit) {
  const Count was = CountOf(before);
  const Count is = CountOf(after);
  if (is.open >= was.open || is.gaps > was.gaps) return false;
  const auto shift = static_cast<std::uint32_t>(edit.text.size());
  const auto& findings = after.outcome.report.findings;
  return std::any_of(findings.begin(), findings.end(), [&](const Diagnostic& now) {
    return now.suppressed && now.rule == finding.rule &&
           now.span.begin == finding.span.begin + shift && now.message == finding.message;
  });
}

}  // namespace

std::optional<diagnostic::Edit> SuppressHere(Session& session, const Document& document,
                                             const Judged& judged, const Diagnostic& finding) {
  const base::Source* source = judged.Own();
  if (source == nullptr || finding.span.file != source->Id()) return std::nullopt;
  const auto carrier = CarrierOf(judged, source->Id());
  const auto comment = carrier ? CommentOf(*carrier, judged.path) : std::nullopt;
  if (!comment) return std::nullopt;
  driver::Request request = session.RequestIn(document.root);
  request.today = session.Around().today;
  for (const std::uint32_t line : LinesFor(*source, finding)) {
    diagnostic::Edit edit = LineInFrontOf(*source, line, *comment, finding.rule);
    Document with = document;
    with.text.ReplaceAll(
        diagnostic::ApplyEdits(source->Bytes(), source->Id(), std::span(&edit, 1)));
    if (Helps(judged, Judge(session.workspace, with, request, false), finding, edit)) return edit;
  }
  return std::nullopt;
}

}  // namespace cagelint::lsp
