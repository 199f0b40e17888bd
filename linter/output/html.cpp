// One page that shows a report to people: it needs nothing beside it, works without network, and
// without its script too.
//
// Findings stand in their source, container by container; the script filters them by severity,
// rule, file and text. Suppressed ones are in the page, marked, with their reason, and a switch
// shows them (without the script they are shown). A gap is a finding of its own kind; one without
// a place has its file as the place. What kept the program from its work stands on top. What was
// read from nowhere stands under `<stdin>` or `<command line>`.
//
// All that comes from an input is text: it goes through Xml() alone. A policy of the page forbids
// every script and style but the two of ours, by their hashes, and every request.
#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/embedded.h"
#include "linter/base/text.h"
#include "linter/output/groups.h"
#include "linter/output/html_text.h"
#include "linter/output/outline_text.h"
#include "linter/output/snippet.h"
#include "linter/output/wording.h"
#include "linter/output/writers.h"
#include "linter/output/xml.h"

namespace cagelint::output {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Severity;

std::string Element(std::string_view tag, std::string_view attributes, std::string_view content) {
  const std::string name(tag);
  return "<" + name + std::string(attributes) + ">" + std::string(content) + "</" + name + ">";
}

std::string Class(std::string_view name) { return XmlAttribute("class", name); }

// One of the values that the filters offer, with how often there is one.
std::string Option(std::string_view value, std::string_view text, std::size_t times) {
  return Element("option", XmlAttribute("value", value),
                 Xml(text) + " (" + std::to_string(times) + ")");
}

std::string Select(std::string_view id, std::string_view label, std::string_view options) {
  return Element("label", "",
                 Xml(label) + " " +
                     Element("select", XmlAttribute("id", id),
                             "<option value=\"\">all</option>" + std::string(options))) +
         "\n";
}

std::string Check(std::string_view id, std::string_view label, std::size_t times, bool checked) {
  return Element("label", Class(id),
                 "<input type=\"checkbox\"" + XmlAttribute("id", id) + (checked ? " checked" : "") +
                     "> " + Counted(times, label, label)) +
         "\n";
}

class Page {
 public:
  explicit Page(const engine::Report& report)
      : report_(report), groups_(GroupsOf(report, Suppression::kKept)) {
    for (const engine::Outline& outline : report.outlines)
      outlines_.emplace(std::pair(outline.subject.span.file, outline.subject.span), &outline);
    for (const Diagnostic& finding : report.findings) {
      ++rules_[finding.rule].first;
      if (!finding.why.empty()) rules_[finding.rule].second = finding.why;
      ++files_[Path(finding.span)];
    }
    for (const diagnostic::Gap& gap : report.gaps)
      ++files_[gap.span.IsValid() ? Path(gap.span) : gap.path];
  }

  std::string Whole() const {
    std::string out = Head() + "<body>\n" + Header() + Filters() + "<main>\n" + Errors();
    for (std::size_t i = 0; i < groups_.size(); ++i) out += GroupText(groups_[i], i);
    out += Gaps();
    if (report_.findings.empty() && report_.gaps.empty())
      out += Element("p", Class("none"), "Nothing was found.") + "\n";
    out += Fixed() + Rules();
    return out + "</main>\n" + Element("script", "", Script()) + "\n</body>\n</html>\n";
  }

 private:
  static std::string_view Script() { return embedded::Find("linter/output/html/report.js"); }
  static std::string_view Style() { return embedded::Find("linter/output/html/report.css"); }

  const std::string& Path(const base::Span& span) const {
    return report_.sources->Get(span.file).Path();
  }

  std::string Counted4() const {
    return Counts(report_.Count(Severity::kError), report_.Count(Severity::kWarning),
                  report_.Count(Severity::kInfo), true) +
           ", " + Counted(report_.gaps.size(), "gap", "gaps");
  }

  std::string Head() const {
    const std::string policy = "default-src 'none'; script-src " + ContentHash(Script()) +
                               "; style-src " + ContentHash(Style()) +
                               "; base-uri 'none'; form-action 'none'";
    // The apostrophes of the policy are fine in double quotes.
    return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"" +
           policy +
           "\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
           "<meta name=\"color-scheme\" content=\"light dark\">\n" +
           Element("title", "", "cagelint: " + Counted4()) + "\n" + Element("style", "", Style()) +
           "\n</head>\n";
  }

  std::string Header() const {
    std::string out = "<header>\n" + Element("h1", "", "cagelint") + "\n" +
                      Element("p", Class("summary"), Xml(SummaryLine(report_, {}))) + "\n";
    if (groups_.size() > 1) out += Contents();
    return out + "</header>\n";
  }

  // A long list would hide what it leads to.
  std::string Contents() const {
    constexpr std::size_t kOpen = 12;
    std::string rows;
    for (std::size_t i = 0; i < groups_.size(); ++i)
      rows +=
          Element("li", "",
                  Element("a", XmlAttribute("href", "#g" + std::to_string(i)), Name(groups_[i])) +
                      " " + Element("span", Class("in"), CountsOf(groups_[i]))) +
          "\n";
    return Element("details", groups_.size() <= kOpen ? " open" : "",
                   Element("summary", "", "contents (" + std::to_string(groups_.size()) + ")") +
                       Element("ul", Class("contents"), "\n" + rows)) +
           "\n";
  }

  std::string Filters() const {
    std::string rules;
    for (const auto& [rule, about] : rules_) rules += Option(rule, rule, about.first);
    std::string files;
    std::size_t index = 0;
    for (const auto& [file, times] : files_) files += Option(std::to_string(index++), file, times);
    return "<div class=\"filters\" role=\"search\" aria-label=\"findings\">\n" +
           Check("error", "errors", report_.Count(Severity::kError), true) +
           Check("warning", "warnings", report_.Count(Severity::kWarning), true) +
           Check("info", "info", report_.Count(Severity::kInfo), true) +
           Check("gap", "gaps", report_.gaps.size(), true) +
           Check("suppressed", "suppressed", report_.Suppressed(), false) +
           Select("rule", "rule", rules) + Select("file", "file", files) +
           "<label>text <input type=\"search\" id=\"text\" spellcheck=\"false\" "
           "aria-keyshortcuts=\"/\"></label>\n"
           "<button type=\"button\" id=\"reset\">reset</button>\n"
           "<output id=\"shown\" role=\"status\"></output>\n</div>\n";
  }

  std::string Errors() const {
    if (report_.errors.empty()) return "";
    std::string rows;
    for (const std::string& error : report_.errors)
      rows += Element("li", "", Xml(Printable(error))) + "\n";
    return Element("section", Class("failed"),
                   Element("h2", "", "The program could not do its work") +
                       Element("ul", "", "\n" + rows)) +
           "\n";
  }

  std::string Name(const Group& group) const {
    const std::string path = Element("span", Class("path"), Xml(Path(group.findings[0]->span)));
    return group.subject == nullptr ? path : HtmlMessage(group.subject->name) + " in " + path;
  }

  static std::string CountsOf(const Group& group) {
    std::size_t counts[4] = {};
    std::size_t suppressed = 0;
    for (const Diagnostic* finding : group.findings)
      ++(finding->suppressed ? suppressed : counts[static_cast<std::size_t>(finding->severity)]);
    std::string out = Counts(counts[3], counts[2], counts[1], false);
    if (suppressed > 0)
      out += (out.empty() ? "" : ", ") + std::to_string(suppressed) + " suppressed";
    return out;
  }

  std::string FileIndex(const std::string& path) const {
    return std::to_string(std::distance(files_.begin(), files_.find(path)));
  }

  std::string GroupText(const Group& group, std::size_t index) const {
    const base::FileId file = group.findings[0]->span.file;
    std::string out =
        "<section class=\"group\"" + XmlAttribute("id", "g" + std::to_string(index)) +
        XmlAttribute("data-file", FileIndex(Path(group.findings[0]->span))) + ">\n" +
        Element("h2", "", Name(group) + " " + Element("span", Class("in"), CountsOf(group))) + "\n";
    for (const auto& place : PlacesOf(group)) {
      out += "<div class=\"place\">\n" + Where(place[0]->span, place[0]->severity) + "\n";
      for (const Diagnostic* finding : place) out += FindingText(*finding);
      out += "</div>\n";
    }
    if (group.subject != nullptr) {
      const auto outline = outlines_.find({file, group.subject->span});
      if (outline != outlines_.end())
        out += Element("details", Class("outline"),
                       Element("summary", "", "hardened") +
                           Element("pre", "",
                                   XmlLines(OutlineText(*outline->second, *report_.sources, {})))) +
               "\n";
    }
    return out + "</section>\n";
  }

  std::string Where(const base::Span& span, Severity severity) const {
    return Where(span, diagnostic::Name(severity));
  }
  std::string Where(const base::Span& span, std::string_view kind) const {
    return Element("p", Class("where"), Xml(PlaceText(*report_.sources, span))) +
           HtmlSource(*report_.sources, span, kind);
  }

  static std::string Opened(std::string_view kind, std::string_view rule, bool is_suppressed) {
    return "<div class=\"finding " + std::string(kind) + (is_suppressed ? " suppressed" : "") +
           "\"" + XmlAttribute("data-severity", kind) + XmlAttribute("data-rule", rule) + ">";
  }

  // The source of a label, unless it was shown just before.
  std::string Labels(const Diagnostic& finding) const {
    std::string out;
    base::Span shown = finding.span;
    for (const diagnostic::Label& label : finding.labels) {
      if (!label.span.IsValid()) continue;
      out += Element("div", Class("label"),
                     (label.span == shown ? "" : Where(label.span, "label")) +
                         Element("p", "", HtmlMessage(label.message)));
      shown = label.span;
    }
    return out;
  }

  std::string FindingText(const Diagnostic& finding) const {
    const std::string_view kind = diagnostic::Name(finding.severity);
    std::string out = Opened(kind, finding.rule, finding.suppressed.has_value());
    out +=
        Element("p", "",
                Element("b", "", kind) + " " +
                    Element("a", XmlAttribute("href", "#rule-" + finding.rule), Xml(finding.rule)) +
                    " " + HtmlMessage(finding.message));
    if (!finding.help.empty())
      out += Element("p", Class("fix"), "fix: " + HtmlMessage(finding.help));
    out += Labels(finding);
    if (finding.suppressed)
      out += Element("p", Class("reason"),
                     "suppressed by " + HtmlMessage(finding.suppressed->by) + ": " +
                         HtmlMessage(finding.suppressed->reason));
    return out + "</div>\n";
  }

  std::string Gaps() const {
    std::string out;
    for (std::size_t i = 0; i < report_.gaps.size(); ++i) {
      const diagnostic::Gap& gap = report_.gaps[i];
      const std::string& path = gap.span.IsValid() ? Path(gap.span) : gap.path;
      out +=
          "<div class=\"place group\"" + XmlAttribute("data-file", FileIndex(path)) + ">\n" +
          (gap.span.IsValid() ? Where(gap.span, "gap") : Element("p", Class("where"), Xml(path))) +
          "\n" + Opened("gap", "", false) +
          Element("p", "",
                  Element("b", "", "gap") + " " +
                      Element("span", Class("kind"), Xml(Printable(gap.kind))) + " " +
                      HtmlMessage(gap.message) +
                      (gap.refused ? " (refused by the program that reads it)" : "")) +
          "</div>\n</div>\n";
    }
    if (out.empty()) return "";
    return "<section class=\"gaps\">\n" +
           Element("h2", "",
                   "could not be judged " +
                       Element("span", Class("in"), Counted(report_.gaps.size(), "gap", "gaps"))) +
           "\n" + out + "</section>\n";
  }

  std::string Fixed() const {
    std::string rows;
    for (const engine::BaselineEntry& entry : report_.fixed)
      rows += Element("li", "", Xml(FixedText(entry))) + "\n";
    if (rows.empty()) return "";
    return Element("section", "",
                   Element("h2", "", "of the baseline, found no longer") +
                       Element("ul", "", "\n" + rows)) +
           "\n";
  }

  std::string Rules() const {
    std::string rows;
    for (const auto& [rule, about] : rules_)
      rows +=
          Element("tr", XmlAttribute("id", "rule-" + rule),
                  Element("td", "", Xml(rule)) + Element("td", "", std::to_string(about.first)) +
                      Element("td", "", HtmlMessage(about.second))) +
          "\n";
    if (rows.empty()) return "";
    return "<section class=\"rules\">\n" + Element("h2", "", "why") +
           "<table>\n<thead><tr><th>rule</th><th>findings</th><th>what the program inside gains"
           "</th></tr></thead>\n" +
           Element("tbody", "", "\n" + rows) + "\n</table>\n</section>\n";
  }

  const engine::Report& report_;
  std::vector<Group> groups_;
  std::map<std::pair<base::FileId, base::Span>, const engine::Outline*> outlines_;
  std::map<std::string, std::pair<std::size_t, std::string_view>> rules_;  // how often, and why
  std::map<std::string, std::size_t> files_;                               // how often
};

std::string Write(const engine::Report& report, const WriterOptions&) {
  return Page(report).Whole();
}

}  // namespace

extern const Writer kHtmlWriter{"html", "for people: one page with filters, for a browser", Write};

}  // namespace cagelint::output
