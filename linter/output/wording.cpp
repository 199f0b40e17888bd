#include "linter/output/wording.h"

#include "linter/base/text.h"

namespace cagelint::output {

using base::Escape;
using diagnostic::Severity;

std::string Counted(std::size_t n, std::string_view one, std::string_view many) {
  return std::to_string(n) + " " + std::string(n == 1 ? one : many);
}

std::string Counts(std::size_t errors, std::size_t warnings, std::size_t infos, bool all) {
  std::string out;
  const auto add = [&](std::size_t n, std::string_view one, std::string_view many) {
    if (n > 0 || all) out += (out.empty() ? "" : ", ") + Counted(n, one, many);
  };
  add(errors, "error", "errors");
  add(warnings, "warning", "warnings");
  add(infos, "info", "info");
  return out;
}

std::string GapMessage(const diagnostic::Gap& gap) {
  return Printable(gap.message) + (gap.refused ? " (refused by the program that reads it)" : "");
}

std::string FixedText(const engine::BaselineEntry& entry) {
  return Printable(entry.rule) + " in " + Escape(entry.path) +
         (entry.container.empty() ? "" : " (" + Printable(entry.container) + ")") +
         (entry.count > 1 ? ", " + std::to_string(entry.count) + " times" : "");
}

std::string SummaryLine(const engine::Report& report, const Painter& painter) {
  const auto count = [&](Severity severity) { return report.Count(severity); };
  std::string out =
      painter.Paint(kBold, Counted(report.files, "file", "files")) + ", " +
      Counted(report.containers, "container", "containers") + ", " +
      Counted(report.profiles, "profile", "profiles") + ": " +
      Counts(count(Severity::kError), count(Severity::kWarning), count(Severity::kInfo), true) +
      ", " + Counted(report.gaps.size(), "gap", "gaps");
  if (report.excluded > 0) out += ", " + Counted(report.excluded, "file", "files") + " excluded";
  if (report.Suppressed() > 0) out += ", " + std::to_string(report.Suppressed()) + " suppressed";
  std::string by;
  for (const std::string& path : report.configurations)
    by += (by.empty() ? "" : ", ") + Escape(path);
  if (!by.empty()) out += " (configured by " + by + ")";
  return out;
}

std::string WithoutRunnerCommands(std::string line) {
  constexpr std::string_view kCommand = "##[";
  for (std::size_t at = line.find(kCommand); at != std::string::npos;
       at = line.find(kCommand, at + 1))
    line.replace(at, 1, "\\x23");
  return line;
}

}  // namespace cagelint::output
