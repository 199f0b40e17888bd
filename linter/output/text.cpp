#include "linter/base/text.h"

#include <algorithm>
#include <map>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "linter/base/for_each.h"
#include "linter/base/plain_size.h"
#include "linter/output/groups.h"
#include "linter/output/outline_text.h"
#include "linter/output/snippet.h"
#include "linter/output/statistics.h"
#include "linter/output/wording.h"
#include "linter/output/writers.h"

namespace cagelint::output {
namespace {

using base::Escape;
using diagnostic::Diagnostic;
using diagnostic::Severity;

std::string_view StyleOf(Severity severity) {
  if (severity == Severity::kError) return kRed;
  return severity == Severity::kWarning ? kYellow : kBlue;
}

constexpr std::size_t kLineWidth = 100;

std::size_t Cells(std::string_view text) {
  std::size_t cells = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t plain = base::PlainSize(text.substr(at));
    cells += plain;
    at += plain;
    if (at == text.size()) break;
    const base::CodePoint point = base::DecodeUtf8(text.substr(at));
    cells += static_cast<std::size_t>(base::DisplayWidth(point.value));
    at += point.size;
  }
  return cells;
}

std::string Tag(const Diagnostic& finding) {
  return std::string(Name(finding.severity)) + "[" + Printable(finding.rule) + "]";
}

// By the file that a group stands in, and the container's anchor: it is said beside the anchor.
using Outlines = std::map<std::pair<base::FileId, base::Span>, const engine::Outline*>;
// Rules whose reason was given.
using Explained = std::set<std::string_view>;

bool Explains(const Diagnostic& finding) { return !finding.why.empty(); }

// Groups of findings, one behind the other.
class GroupsText {
 public:
  GroupsText(const engine::Report& report, const WriterOptions& options, const Outlines& outlines,
             Explained explained)
      : report_(report),
        options_(options),
        painter_{options.color},
        outlines_(outlines),
        explained_(std::move(explained)) {}

  std::string Write(std::span<const Group> groups) {
    for (const Group& group : groups) WriteGroup(group);
    return std::move(out_);
  }

 private:
  void WriteGroup(const Group& group) {
    std::size_t counts[4] = {};
    for (const Diagnostic* finding : group.findings)
      ++counts[static_cast<std::size_t>(finding->severity)];
    const std::string path = Escape(report_.sources->Get(group.findings[0]->span.file).Path());
    const std::string name = group.subject ? Printable(group.subject->name) + " in " + path : path;
    out_ +=
        painter_.Paint(kBold, name) + ": " + Counts(counts[3], counts[2], counts[1], false) + "\n";
    told_.clear();
    gutter_ = 0;
    for (const Diagnostic* finding : group.findings) Widen(*finding);
    for (const auto& place : PlacesOf(group)) WritePlace(place);
    if (group.subject != nullptr) {
      const auto outline = outlines_.find({group.findings[0]->span.file, group.subject->span});
      if (outline != outlines_.end())
        out_ += OutlineText(*outline->second, *report_.sources, painter_);
    }
    out_ += '\n';
  }

  void Widen(const Diagnostic& finding) {
    const auto widen = [&](const base::Span& span) {
      if (!span.IsValid()) return;
      gutter_ = std::max(gutter_, Digits(*report_.sources, span));
    };
    widen(finding.span);
    for (const diagnostic::Label& label : finding.labels) widen(label.span);
  }

  // Findings with one and the same span: the source once, then what each says of it.
  void WritePlace(const std::vector<const Diagnostic*>& findings) {
    Snippet snippet(*report_.sources, painter_, gutter_, options_.width);
    snippet.Primary(findings[0]->span, StyleOf(findings[0]->severity));
    const bool alone = findings.size() == 1;
    if (alone) AddLabels(*findings[0], snippet);
    out_ += snippet.Text();
    for (const Diagnostic* finding : findings) WriteFinding(*finding, !alone);
  }

  // What a group says of another file (the command that names the profile) it says once.
  void AddLabels(const Diagnostic& finding, Snippet& snippet) {
    for (const diagnostic::Label& label : finding.labels) {
      const bool elsewhere = label.span.file != finding.span.file;
      if (!elsewhere || told_.emplace(label.span, label.message).second) snippet.Label(label);
    }
  }

  void WriteFinding(const Diagnostic& finding, bool with_labels) {
    const std::string tag = Tag(finding);
    const std::string message = Printable(finding.message);
    out_ += "  " + painter_.Paint(StyleOf(finding.severity), tag) + ": " +
            painter_.Paint(kBold, message);
    WriteHelp(Printable(finding.help), 4 + Cells(tag) + Cells(message));
    if (with_labels && !finding.labels.empty()) {
      Snippet snippet(*report_.sources, painter_, gutter_, options_.width);
      snippet.Home(finding.span.file);
      AddLabels(finding, snippet);
      out_ += snippet.Text();
    }
    if (Explains(finding) && explained_.insert(finding.rule).second)
      out_ += "    " + painter_.Paint(kCyan, "why:") + " " + Printable(finding.why) + "\n";
  }

  // Behind the message where both fit into a line of the terminal, otherwise below it.
  void WriteHelp(const std::string& help, std::size_t column) {
    const bool fits = column + 7 + Cells(help) <= kLineWidth;
    if (!help.empty())
      out_ += (fits ? "; " : "\n    ") + painter_.Paint(kCyan, "fix:") + " " + help;
    out_ += '\n';
  }

  const engine::Report& report_;
  const WriterOptions& options_;
  Painter painter_;
  std::string out_;
  std::uint32_t gutter_ = 1;
  std::set<std::pair<base::Span, std::string_view>> told_;  // labels of other files, of this group
  const Outlines& outlines_;
  Explained explained_;
};

// Many groups are written by several threads, each the same as if the others had gone before it.
std::string GroupsTextOf(const engine::Report& report, const WriterOptions& options) {
  constexpr std::size_t kPiece = 32;
  const std::vector<Group> groups = GroupsOf(report, Suppression::kLeftOut);
  Outlines outlines;
  for (const engine::Outline& outline : report.outlines)
    outlines.emplace(std::pair(outline.subject.span.file, outline.subject.span), &outline);
  struct Piece {
    std::span<const Group> groups;
    Explained explained;  // before it
    std::string text;
  };
  std::vector<Piece> pieces;
  Explained explained;
  for (std::size_t at = 0; at < groups.size(); at += kPiece) {
    const auto here = std::span(groups).subspan(at, std::min(kPiece, groups.size() - at));
    pieces.push_back({here, explained, ""});
    for (const Group& group : here)
      for (const Diagnostic* finding : group.findings)
        if (Explains(*finding)) explained.insert(finding->rule);
  }
  base::ForEach(pieces.size(), options.jobs, [&](std::size_t i) {
    Piece& piece = pieces[i];
    piece.text =
        GroupsText(report, options, outlines, std::move(piece.explained)).Write(piece.groups);
  });
  std::string out;
  for (Piece& piece : pieces) out += std::exchange(piece.text, {});
  return out;
}

class TextReport {
 public:
  TextReport(const engine::Report& report, const WriterOptions& options)
      : report_(report), options_(options), painter_{options.color} {}

  std::string Brief() {
    for (const Diagnostic& finding : report_.findings) {
      if (finding.suppressed) continue;
      out_ += PlaceText(*report_.sources, finding.span) + ": " +
              painter_.Paint(StyleOf(finding.severity), Tag(finding)) + ": " +
              Printable(finding.message) + "\n";
    }
    for (const diagnostic::Gap& gap : report_.gaps)
      out_ += GapPlace(gap) + ": " + painter_.Paint(kMagenta, "gap[" + Printable(gap.kind) + "]") +
              ": " + GapMessage(gap) + "\n";
    return std::move(out_);
  }

  std::string Full() {
    out_ = GroupsTextOf(report_, options_);
    WriteGaps();
    if (options_.statistics) out_ += StatisticsText(report_) + "\n";
    WriteFixed();
    out_ += SummaryLine(report_, painter_) + "\n";
    return std::move(out_);
  }

 private:
  void WriteGaps() {
    if (report_.gaps.empty()) return;
    out_ += painter_.Paint(kBold, "could not be judged") + ": " +
            Counted(report_.gaps.size(), "gap", "gaps") + "\n";
    std::uint32_t gutter = 0;
    for (const diagnostic::Gap& gap : report_.gaps)
      if (gap.span.IsValid()) gutter = std::max(gutter, Digits(*report_.sources, gap.span));
    for (const diagnostic::Gap& gap : report_.gaps) {
      if (gap.span.IsValid()) {
        Snippet snippet(*report_.sources, painter_, gutter, options_.width);
        snippet.Primary(gap.span, kMagenta);
        out_ += snippet.Text();
      } else {
        out_ += painter_.Paint(kDim, "  --> ") + Escape(gap.path) + "\n";
      }
      out_ += "  " + painter_.Paint(kMagenta, "gap[" + Printable(gap.kind) + "]") + ": " +
              painter_.Paint(kBold, GapMessage(gap)) + "\n";
    }
    out_ += '\n';
  }

  void WriteFixed() {
    for (const engine::BaselineEntry& entry : report_.fixed)
      out_ += painter_.Paint(kBold, "fixed") + ": " + FixedText(entry) + "\n";
    if (!report_.fixed.empty()) out_ += "`cagelint baseline --prune` takes them out\n\n";
  }

  std::string GapPlace(const diagnostic::Gap& gap) const {
    return gap.span.IsValid() ? PlaceText(*report_.sources, gap.span) : Escape(gap.path);
  }

  const engine::Report& report_;
  const WriterOptions& options_;
  Painter painter_;
  std::string out_;
};

std::string Write(const engine::Report& report, const WriterOptions& options) {
  TextReport text(report, options);
  return WithoutRunnerCommands(options.quiet ? text.Brief() : text.Full());
}

}  // namespace

extern const Writer kTextWriter{"text", "for people: source, reason and remedy", Write};

}  // namespace cagelint::output
