// A summary for a pull request or for $GITHUB_STEP_SUMMARY.
//
// Counts, what kept the program from its work, the findings as a table (errors first), the gaps
// as another; folded: what is suppressed with its reasons, what of the baseline is found no longer,
// and the report as the text format shows it. GitHub takes 65,536 characters in a comment and 1 MiB
// in a summary; the document keeps to the smaller one in bytes, and says what it leaves out. A gap
// without a place has its file as the place. What was read from nowhere stands under `<stdin>` or
// `<command line>`. All that comes from an input is in code spans and blocks, or is a plain word.
#include "linter/output/markdown.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/text.h"
#include "linter/output/entries.h"
#include "linter/output/markdown_text.h"
#include "linter/output/plain_text.h"
#include "linter/output/snippet.h"
#include "linter/output/wording.h"
#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;

constexpr std::size_t kLimit = 65'536;

std::string Folded(std::string_view title, std::string_view body) {
  return "\n<details><summary>" + std::string(title) + "</summary>\n\n" + std::string(body) +
         "\n</details>\n";
}

// As many of `rows` as keep the whole below `room` bytes, and how many more there are.
std::string Rows(std::string_view head, const std::vector<std::string>& rows, std::size_t room) {
  std::string out(head);
  constexpr std::size_t kRest = 80;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t needs = rows[i].size() + (i + 1 < rows.size() ? kRest : 0);
    if (out.size() + needs > room)
      return out + "\n" + std::to_string(rows.size() - i) + " more are left out here.\n";
    out += rows[i];
  }
  return out;
}

// The lines of `text` that fit into `room` bytes, as a block.
std::string Block(std::string_view text, std::size_t room) {
  constexpr std::size_t kAround = 100;
  std::size_t size = text.size();
  if (size + kAround > room) {
    size = text.rfind('\n', room - std::min(room, kAround));
    size = size == std::string_view::npos ? 0 : size + 1;
  }
  const auto lines = std::count(text.begin() + static_cast<std::ptrdiff_t>(size), text.end(), '\n');
  // The block's ticks may be many: text with long runs of them is left out whole.
  std::string out = MarkdownBlock(text.substr(0, size));
  if (out.size() > room) return "Left out: it does not fit.\n";
  if (lines > 0)
    out +=
        "\n" + Counted(static_cast<std::size_t>(lines), "line", "lines") + " more left out here.\n";
  return out;
}

class Summary {
 public:
  Summary(const engine::Report& report, std::size_t limit, const WriterOptions& options)
      : report_(report), limit_(limit), options_(options) {}

  std::string Whole() {
    const std::size_t errors = report_.Count(Severity::kError);
    const std::size_t warnings = report_.Count(Severity::kWarning);
    const std::size_t infos = report_.Count(Severity::kInfo);
    out_ = std::string(kMarkdownHead) + Counts(errors, warnings, infos, true) + ", " +
           Counted(report_.gaps.size(), "gap", "gaps") + "\n\n" +
           Counted(report_.files, "file", "files") + ", " +
           Counted(report_.containers, "container", "containers") + ", " +
           Counted(report_.profiles, "profile", "profiles") + "\n";
    Errors();
    Findings();
    Gaps();
    Suppressed();
    Fixed();
    if (!report_.findings.empty() || !report_.gaps.empty()) Details();
    return std::move(out_);
  }

 private:
  // Bytes that are left of the first `percent` of the limit.
  std::size_t Room(std::size_t percent) const {
    const std::size_t end = limit_ * percent / 100;
    return end > out_.size() ? end - out_.size() : 0;
  }

  void Errors() {
    if (report_.errors.empty()) return;
    std::vector<std::string> rows;
    for (const std::string& error : report_.errors)
      rows.push_back("- " + MarkdownCode(Printable(error)) + "\n");
    out_ += "\n**The program could not do its work:**\n" + Rows("\n", rows, Room(20));
  }

  std::string Place(const Entry& entry) const {
    const std::string place = entry.Span().IsValid() ? PlaceText(*report_.sources, entry.Span())
                                                     : base::Escape(entry.Path(*report_.sources));
    return MarkdownCode(Printable(place));
  }

  std::string Rule(const diagnostic::Diagnostic& finding) const {
    const auto uri = RuleUri(finding.rule, options_);
    return uri ? "[" + MarkdownCode(finding.rule) + "](" + *uri + ")" : MarkdownCode(finding.rule);
  }

  void Findings() {
    std::vector<Entry> entries = EntriesOf(report_, Suppression::kLeftOut);
    std::erase_if(entries, [](const Entry& entry) { return entry.gap != nullptr; });
    if (entries.empty()) {
      out_ += "\nNothing was found.\n";
      return;
    }
    SortWorstFirst(entries);
    std::vector<std::string> rows;
    for (const Entry& entry : entries)
      rows.push_back("| " + std::string(Name(entry.Severity())) + " | " + Rule(*entry.finding) +
                     " | " + Place(entry) + " | " + MarkdownMessage(entry.finding->message) +
                     " |\n");
    out_ += Rows("\n| severity | rule | place | message |\n|---|---|---|---|\n", rows, Room(55));
  }

  void Gaps() {
    std::vector<std::string> rows;
    for (const diagnostic::Gap& gap : report_.gaps)
      rows.push_back("| " + MarkdownCode(gap.kind) + " | " + Place({nullptr, &gap}) + " | " +
                     MarkdownMessage(gap.message) +
                     (gap.refused ? " (refused by the program that reads it)" : "") + " |\n");
    if (rows.empty()) return;
    out_ += "\n**Could not be judged:**\n" +
            Rows("\n| gap | place | message |\n|---|---|---|\n", rows, Room(70));
  }

  void Suppressed() {
    std::vector<std::string> rows;
    for (const diagnostic::Diagnostic& finding : report_.findings)
      if (finding.suppressed)
        rows.push_back("| " + Rule(finding) + " | " + Place({&finding, nullptr}) + " | " +
                       MarkdownMessage(finding.suppressed->by) + " | " +
                       MarkdownMessage(finding.suppressed->reason) + " |\n");
    if (rows.empty()) return;
    out_ += Folded("Suppressed: " + std::to_string(rows.size()),
                   Rows("| rule | place | by | reason |\n|---|---|---|---|\n", rows, Room(80)));
  }

  void Fixed() {
    std::vector<std::string> rows;
    for (const engine::BaselineEntry& entry : report_.fixed)
      rows.push_back("- " + MarkdownCode(FixedText(entry)) + "\n");
    if (rows.empty()) return;
    out_ += Folded("Of the baseline, found no longer: " + std::to_string(rows.size()),
                   Rows("", rows, Room(85)));
  }

  void Details() {
    constexpr std::size_t kAround = 160;
    const std::size_t room = Room(100);
    if (room < 2 * kAround) return;
    out_ += Folded("Source, reason and remedy",
                   Block(FindWriter("text")->write(report_, {}), room - kAround));
  }

  const engine::Report& report_;
  std::size_t limit_;
  const WriterOptions& options_;
  std::string out_;
};

std::string Write(const engine::Report& report, const WriterOptions& options) {
  return MarkdownSummary(report, kLimit, options);
}

}  // namespace

std::string MarkdownSummary(const engine::Report& report, std::size_t limit,
                            const WriterOptions& options) {
  return Summary(report, limit, options).Whole();
}

extern const Writer kMarkdownWriter{"markdown", "for pull requests and GitHub's step summaries",
                                    Write};

}  // namespace cagelint::output
