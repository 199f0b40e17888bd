// Workflow commands of GitHub Actions: a line of the log that becomes an annotation. How they are
// escaped is @actions/core's `command.ts`, how they are read the runner's `ActionCommand.cs`.
//
// GitHub shows ten annotations of each kind a step, so the errors come first, and the last line
// says how much there is. A gap is a warning, and an error where the input is refused. Suppressed
// findings are counted only. What kept the program from its work is an error without a place, and
// so is what stands in no file (`<stdin>`): its place begins the message. A file whose name cannot
// be printed is named as it is shown elsewhere, and its annotation stands at no line of the diff.
#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/output/entries.h"
#include "linter/output/snippet.h"
#include "linter/output/wording.h"
#include "linter/output/workflow_command.h"
#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

constexpr std::size_t kShownOfAKind = 10;  // annotations a step

std::string_view CommandOf(diagnostic::Severity severity) {
  if (severity == diagnostic::Severity::kError) return "error";
  return severity == diagnostic::Severity::kWarning ? "warning" : "notice";
}

// In the order of @actions/core. Columns of a span over several lines are not allowed, says the
// runner; the last column is the one behind what is meant.
WorkflowCommand::Properties PropertiesOf(const Entry& entry, const base::SourceSet& sources) {
  WorkflowCommand::Properties out{{"title", entry.Title()}};
  const std::string& path = entry.Path(sources);
  if (!NamesFile(path)) return out;
  out.emplace_back("file", base::Escape(path));
  const auto range = RangeOf(entry.Span(), sources);
  if (!range) return out;
  out.emplace_back("line", std::to_string(range->begin.line));
  out.emplace_back("endLine", std::to_string(range->end.line));
  if (range->begin.line != range->end.line) return out;
  out.emplace_back("col", std::to_string(range->begin.column));
  out.emplace_back("endColumn", std::to_string(range->end.column));
  return out;
}

std::string MessageOf(const Entry& entry, const base::SourceSet& sources) {
  std::string out;
  if (!NamesFile(entry.Path(sources)))
    out = (entry.Span().IsValid() ? PlaceText(sources, entry.Span())
                                  : base::Escape(entry.Path(sources))) +
          ": ";
  out += entry.Message();
  if (entry.finding != nullptr && !entry.finding->help.empty())
    out += "\nfix: " + Printable(entry.finding->help);
  return out;
}

std::string Write(const engine::Report& report, const WriterOptions&) {
  std::string out;
  for (const std::string& error : report.errors)
    out += CommandText({"error", {{"title", "cagelint"}}, Printable(error)});
  std::vector<Entry> entries = EntriesOf(report, Suppression::kLeftOut);
  SortWorstFirst(entries);
  std::size_t of_a_kind[4] = {};
  bool too_many = false;
  for (const Entry& entry : entries) {
    const auto kind = static_cast<std::size_t>(entry.Severity());
    too_many = too_many || ++of_a_kind[kind] > kShownOfAKind;
    out += CommandText({CommandOf(entry.Severity()), PropertiesOf(entry, *report.sources),
                        MessageOf(entry, *report.sources)});
  }
  out += WithoutRunnerCommands(SummaryLine(report, {}));
  if (too_many) out += "; GitHub shows ten annotations of a kind, this log has all";
  return out + "\n";
}

}  // namespace

extern const Writer kGithubWriter{"github", "for GitHub Actions: annotations, as workflow commands",
                                  Write};

}  // namespace cagelint::output
