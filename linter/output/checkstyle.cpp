// The XML of Checkstyle, which many reviewers and CI servers read: `file` elements with `error`
// elements in them.
//
// Lines and columns count from 1, columns in code points. `source` is `cagelint.RULE`, for a gap
// `cagelint.gap.KIND`. A gap is a warning, and an error where the input is refused; one that is
// about a whole file stands at line 0, which readers take for the file. Suppressed findings are
// left out. What kept the program from its work is an error of a file `cagelint`, so that a
// document without findings is not taken for a clean run; what was read from nowhere stands under
// `<stdin>` or `<command line>`. Names and messages with characters that XML 1.0 cannot hold are
// shown escaped.
#include <string>

#include "linter/output/entries.h"
#include "linter/output/snippet.h"
#include "linter/output/writers.h"
#include "linter/output/xml.h"

namespace cagelint::output {
namespace {

std::string Error(std::string_view place, std::string_view severity, std::string_view message,
                  std::string_view source) {
  return "    <error" + std::string(place) + XmlAttribute("severity", severity) +
         XmlAttribute("message", message) + XmlAttribute("source", source) + "/>\n";
}

std::string Error(const Entry& entry, const base::SourceSet& sources) {
  std::string place = XmlAttribute("line", "0");
  if (const auto range = RangeOf(entry.Span(), sources))
    place = XmlAttribute("line", std::to_string(range->begin.line)) +
            XmlAttribute("column", std::to_string(range->begin.column));
  std::string message = entry.Message();
  if (entry.finding != nullptr && !entry.finding->help.empty())
    message += "; fix: " + Printable(entry.finding->help);
  return Error(place, Name(entry.Severity()), message,
               (entry.gap != nullptr ? "cagelint.gap." : "cagelint.") + entry.Code());
}

std::string Write(const engine::Report& report, const WriterOptions&) {
  std::string out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n";
  if (!report.errors.empty()) {
    out += "  <file name=\"cagelint\">\n";
    for (const std::string& error : report.errors)
      out += Error(XmlAttribute("line", "0"), "error", Printable(error), "cagelint.run");
    out += "  </file>\n";
  }
  for (const FileEntries& file :
       ByFile(EntriesOf(report, Suppression::kLeftOut), *report.sources)) {
    out += "  <file" + XmlAttribute("name", file.path) + ">\n";
    for (const Entry& entry : file.entries) out += Error(entry, *report.sources);
    out += "  </file>\n";
  }
  return out + "</checkstyle>\n";
}

}  // namespace

extern const Writer kCheckstyleWriter{"checkstyle", "for CI servers: XML of Checkstyle", Write};

}  // namespace cagelint::output
