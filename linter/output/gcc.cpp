// One line for each finding, as gcc writes them: for editors and problem matchers.
//
//   path:line:column: error: message [rule]
//
// The column counts bytes from 1, as gcc's does and `%c` of Vim's errorformat expects. Severities
// are `error`, `warning` and `note` (information). A gap is a `warning` with `[gap KIND]`; one that
// is about a whole file stands at its beginning, 1:1, since readers of this format skip lines
// without a place. Suppressed findings are left out. What kept the program from its work has no
// place: `cagelint: error: message`, as gcc's own errors look. What was read from nowhere is called
// `<stdin>` or `<command line>`, as in gcc.
//
// A path is escaped as everywhere (a line feed is `\n`), so that a line is a line. A colon before a
// digit could begin the place, and is written `\x3a`; other colons stay. A path that begins with a
// colon or a blank, which GitHub's runner could take for a command, gets `./` in front.
#include <string>

#include "linter/base/text.h"
#include "linter/output/entries.h"
#include "linter/output/snippet.h"
#include "linter/output/wording.h"
#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// As .NET's String.TrimStart.
bool IsBlank(char32_t point) {
  return point == ' ' || point == 0xA0 || point == 0x1680 || (point >= 0x2000 && point <= 0x200A) ||
         point == 0x202F || point == 0x205F || point == 0x3000;
}

std::string PathText(std::string_view path) {
  const std::string shown = base::Escape(path);
  std::string out;
  if (shown.starts_with(':') || (!shown.empty() && IsBlank(base::DecodeUtf8(shown).value)))
    out = "./";
  for (std::size_t at = 0; at < shown.size(); ++at) {
    const bool begins_place = shown[at] == ':' && at + 1 < shown.size() && IsDigit(shown[at + 1]);
    out += begins_place ? "\\x3a" : std::string(1, shown[at]);
  }
  return out;
}

std::string Place(const Entry& entry, const base::SourceSet& sources) {
  const base::Span& span = entry.Span();
  if (!span.IsValid()) return "1:1";
  const base::Source& source = sources.Get(span.file);
  const std::uint32_t line = source.PositionAt(span.begin).line;
  const std::uint32_t column = span.begin - source.LineSpan(line).begin + 1;
  return std::to_string(line) + ":" + std::to_string(column);
}

std::string_view Word(diagnostic::Severity severity) {
  if (severity == diagnostic::Severity::kError) return "error";
  return severity == diagnostic::Severity::kWarning ? "warning" : "note";
}

std::string Write(const engine::Report& report, const WriterOptions&) {
  std::string out;
  for (const std::string& error : report.errors)
    out += WithoutRunnerCommands("cagelint: error: " + Printable(error)) + "\n";
  for (const Entry& entry : EntriesOf(report, Suppression::kLeftOut)) {
    const bool is_gap = entry.gap != nullptr;
    out += WithoutRunnerCommands(
               PathText(entry.Path(*report.sources)) + ":" + Place(entry, *report.sources) + ": " +
               std::string(is_gap ? "warning" : Word(entry.Severity())) + ": " + entry.Message() +
               " [" + (is_gap ? "gap " : "") + Printable(entry.Code()) + "]") +
           "\n";
  }
  return out;
}

}  // namespace

extern const Writer kGccWriter{"gcc", "for editors and problem matchers: a line each, as gcc's",
                               Write};

}  // namespace cagelint::output
