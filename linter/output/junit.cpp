// The XML of JUnit, as GitLab and Jenkins read it.
//
// A suite for each file of which something is said, a test case for each finding and gap in it, and
// first a suite `cagelint` with one test case, the run: so that there is a passed test when nothing
// was found (Jenkins takes a document without tests for a mistake), and an error when the program
// could not do its work. Files of which nothing is said are not listed, since a CI would show
// thousands of them; the run says how many there were.
//
// What fails is what makes the program fail: a finding from `--fail-on` up is a failure, one below
// is passed and says what it says in `system-out`; a gap is an error, unless gaps are allowed, then
// it is skipped. A suppressed finding is skipped, with the reason. GitLab shows the text of these
// elements, Jenkins the `message` too, so both are there.
//
// GitLab tells test cases apart, and compares those of two branches, by `classname` and `name`: the
// name is the rule and its container without any line, with a number where that is not enough.
// `file` leads to the file, and is left out where there is none (`<stdin>`).
#include <map>
#include <string>

#include "linter/output/entries.h"
#include "linter/output/snippet.h"
#include "linter/output/wording.h"
#include "linter/output/writers.h"
#include "linter/output/xml.h"

namespace cagelint::output {
namespace {

struct Suite {
  std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
  std::string cases;

  Suite& operator+=(const Suite& other) {
    tests += other.tests;
    failures += other.failures;
    errors += other.errors;
    skipped += other.skipped;
    return *this;
  }
  std::string Attributes(std::string_view name) const {
    return XmlAttribute("name", name) + XmlAttribute("tests", std::to_string(tests)) +
           XmlAttribute("failures", std::to_string(failures)) +
           XmlAttribute("errors", std::to_string(errors)) +
           XmlAttribute("skipped", std::to_string(skipped)) + " time=\"0\"";
  }
};

std::string Text(const Entry& entry, const base::SourceSet& sources) {
  std::string out;
  if (entry.Span().IsValid()) {
    Snippet snippet(sources, {}, Digits(sources, entry.Span()), 100);
    snippet.Primary(entry.Span(), "");
    if (entry.finding != nullptr)
      for (const diagnostic::Label& label : entry.finding->labels) snippet.Label(label);
    out += snippet.Text();
  }
  out += std::string(Name(entry.Severity())) + ": " + entry.Message() + "\n";
  if (entry.finding == nullptr) return out;
  if (!entry.finding->help.empty()) out += "fix: " + Printable(entry.finding->help) + "\n";
  if (!entry.finding->why.empty()) out += "why: " + Printable(entry.finding->why) + "\n";
  return out;
}

class JunitReport {
 public:
  JunitReport(const engine::Report& report, const WriterOptions& options)
      : report_(report), options_(options) {}

  std::string Whole() {
    const Suite run = Run();
    Add("cagelint", run);
    for (const FileEntries& file : ByFile(EntriesOf(report_, Suppression::kKept), *report_.sources))
      Add(file.path, Of(file));
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites" + all_.Attributes("cagelint") +
           ">\n" + suites_ + "</testsuites>\n";
  }

 private:
  void Add(std::string_view name, const Suite& suite) {
    all_ += suite;
    suites_ += "  <testsuite" + suite.Attributes(name) + ">\n" + suite.cases + "  </testsuite>\n";
  }

  Suite Run() const {
    Suite suite;
    suite.tests = 1;
    std::string what = "      <system-out>" + Xml(SummaryLine(report_, {})) + "</system-out>\n";
    if (!report_.errors.empty()) {
      suite.errors = 1;
      std::string lines;
      for (const std::string& error : report_.errors) lines += Printable(error) + "\n";
      what = Element("error", "the program could not do its work", "run", lines) + what;
    }
    suite.cases = "    <testcase classname=\"cagelint\" name=\"run\" time=\"0\">\n" + what +
                  "    </testcase>\n";
    return suite;
  }

  Suite Of(const FileEntries& file) const {
    Suite suite;
    std::map<std::string, int> times;
    for (const Entry& entry : file.entries) {
      ++suite.tests;
      std::string name = entry.Title();
      if (const int time = ++times[name]; time > 1) name += " (" + std::to_string(time) + ")";
      suite.cases += "    <testcase" + XmlAttribute("classname", file.path) +
                     XmlAttribute("name", name) + " time=\"0\"";
      if (NamesFile(file.path)) {
        suite.cases += XmlAttribute("file", file.path);
        if (const auto range = RangeOf(entry.Span(), *report_.sources))
          suite.cases += XmlAttribute("line", std::to_string(range->begin.line));
      }
      suite.cases += ">\n" + Outcome(entry, suite) + "    </testcase>\n";
    }
    return suite;
  }

  std::string Outcome(const Entry& entry, Suite& suite) const {
    const std::string text = Text(entry, *report_.sources);
    if (entry.gap != nullptr) {
      ++(options_.allow_gaps ? suite.skipped : suite.errors);
      return Element(options_.allow_gaps ? "skipped" : "error", entry.Message(), entry.Code(),
                     text);
    }
    const diagnostic::Diagnostic& finding = *entry.finding;
    if (finding.suppressed) {
      ++suite.skipped;
      const std::string reason = "suppressed by " + Printable(finding.suppressed->by) + ": " +
                                 Printable(finding.suppressed->reason);
      return Element("skipped", reason, finding.rule, reason + "\n" + text);
    }
    const bool fails =
        options_.fail_on != diagnostic::Severity::kOff && finding.severity >= options_.fail_on;
    if (!fails) return "      <system-out>" + XmlLines(text) + "</system-out>\n";
    ++suite.failures;
    return Element("failure", entry.Message(), finding.rule, text);
  }

  static std::string Element(std::string_view name, std::string_view message, std::string_view type,
                             std::string_view text) {
    const std::string tag(name);
    return "      <" + tag + XmlAttribute("message", message) +
           (name == "skipped" ? "" : XmlAttribute("type", type)) + ">" + XmlLines(text) + "</" +
           tag + ">\n";
  }

  const engine::Report& report_;
  const WriterOptions& options_;
  Suite all_;
  std::string suites_;
};

std::string Write(const engine::Report& report, const WriterOptions& options) {
  return JunitReport(report, options).Whole();
}

}  // namespace

extern const Writer kJunitWriter{"junit", "for CI servers: XML of JUnit", Write};

}  // namespace cagelint::output
