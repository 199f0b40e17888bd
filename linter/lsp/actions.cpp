#include "linter/lsp/actions.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "linter/lsp/commands.h"
#include "linter/lsp/edits.h"
#include "linter/lsp/fixing.h"
#include "linter/lsp/suppress_here.h"
#include "linter/output/snippet.h"

namespace cagelint::lsp {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Safety;

constexpr std::string_view kQuickFix = "quickfix";
constexpr std::string_view kFixAll = "source.fixAll.cagelint";
constexpr std::string_view kHarden = "refactor.rewrite.cagelint";

// Each costs a judgement.
constexpr std::size_t kMostSuppressions = 4;

bool IsWanted(const Json& only, std::string_view kind) {
  if (!only.is_array()) return true;
  return std::any_of(only.begin(), only.end(), [&](const Json& one) {
    const auto wanted = TextOf(one);
    if (!wanted) return false;
    return wanted->empty() || kind == *wanted || kind.starts_with(*wanted + ".");
  });
}

class Offering {
 public:
  Offering(Session& session, Document& document, const Range& range, const Json& only)
      : session_(session),
        document_(document),
        judged_(session.WithFixes(document)),
        range_(range),
        only_(only) {}

  OutJson Offer() {
    const base::Source* source = judged_.Own();
    if (source != nullptr) {
      span_ = {source->Id(), output::OffsetAt(*source, range_.begin, session_.client.encoding),
               output::OffsetAt(*source, range_.end, session_.client.encoding)};
      if (span_.end < span_.begin) std::swap(span_.begin, span_.end);
      if (IsWanted(only_, kQuickFix)) OfferFixes();
      OfferFixAll();
      OfferHarden();
    }
    return std::move(out_);
  }

 private:
  bool Touches(const base::Span& span) const {
    return span.file == span_.file && span.begin <= span_.end && span_.begin <= span.end;
  }

  OutJson Told(const Diagnostic& finding) const {
    return output::Written(output::LspDiagnostic(judged_.outcome.report, finding,
                                                 session_.Writing(judged_.root),
                                                 session_.TellingFor(judged_)));
  }

  void OfferFixes() {
    std::size_t suppressions = 0;
    std::vector<const Diagnostic*> touched;
    for (const Diagnostic& finding : judged_.outcome.report.findings)
      if (!finding.suppressed && Touches(finding.span)) touched.push_back(&finding);
    for (const Diagnostic* finding : touched)
      for (std::size_t i = 0; i < finding->fixes.size(); ++i)
        if (MayEdit(judged_, finding->fixes[i].edits))
          OfferFix(*finding, finding->fixes[i], i == 0);
    for (const Diagnostic* finding : touched)
      if (++suppressions <= kMostSuppressions && !session_.is_cancelled()) OfferComment(*finding);
  }

  void OfferFix(const Diagnostic& finding, const diagnostic::Fix& fix, bool is_first) {
    std::string title = fix.title;
    const bool is_safe = fix.safety == Safety::kSafe;
    if (!is_safe) title += fix.caveat.empty() ? " (unsafe)" : " (unsafe: " + fix.caveat + ")";
    Add(title, kQuickFix, WorkspaceEditOf(session_, judged_, fix.edits), is_safe && is_first,
        &finding);
  }

  void OfferComment(const Diagnostic& finding) {
    const auto edit = SuppressHere(session_, document_, judged_, finding);
    if (!edit) return;
    Add("suppress `" + finding.rule + "` here, with a reason", kQuickFix,
        WorkspaceEditOf(session_, judged_, std::span(&*edit, 1)), false, &finding);
  }

  void OfferFixAll() {
    const auto& findings = judged_.outcome.report.findings;
    const bool any = std::any_of(findings.begin(), findings.end(), [](const Diagnostic& finding) {
      return !finding.suppressed &&
             std::any_of(finding.fixes.begin(), finding.fixes.end(),
                         [](const auto& fix) { return fix.safety == Safety::kSafe; });
    });
    if (!any || !IsWanted(only_, kFixAll)) return;
    const std::string title = "make all safe fixes in this file";
    // It is made when it is asked for (on saving, mostly); in a list of all that can be done it
    // would cost ten judgements with each move of the cursor.
    if (!only_.is_array()) return AddCommand(title, kFixAll, kFixAllCommand, nullptr);
    const auto after = FixedText(session_, document_, {.unsafe = false});
    if (after && *after != judged_.text)
      Add(title, kFixAll, WorkspaceEditOf(session_, document_, judged_.text, *after), false,
          nullptr);
  }

  void OfferHarden() {
    if (!IsWanted(only_, kHarden)) return;
    const auto container = ContainerAt(judged_, span_);
    if (!container) return;
    AddCommand("harden " + container->name + ": make every fix", kHarden, kHardenCommand,
               {{"line", range_.begin.line}, {"character", range_.begin.character}});
  }

  void Add(const std::string& title, std::string_view kind, OutJson edit, bool is_preferred,
           const Diagnostic* finding) {
    OutJson action = {{"title", output::Printable(title)}};
    if (!session_.client.literal_actions) {
      // Such a client knows commands only.
      if (!session_.client.applies_edits) return;
      action["command"] = kApplyCommand;
      action["arguments"] = OutJson::array({std::move(edit)});
      out_.push_back(std::move(action));
      return;
    }
    action["kind"] = kind;
    if (finding != nullptr) action["diagnostics"] = OutJson::array({Told(*finding)});
    if (is_preferred && session_.client.preferred_actions) action["isPreferred"] = true;
    action["edit"] = std::move(edit);
    out_.push_back(std::move(action));
  }

  void AddCommand(const std::string& title, std::string_view kind, std::string_view command,
                  OutJson position) {
    if (!session_.client.applies_edits) return;
    OutJson arguments = OutJson::array({document_.uri});
    if (!position.is_null()) arguments.push_back(std::move(position));
    const std::string shown = output::Printable(title);
    OutJson call = {{"title", shown}, {"command", command}, {"arguments", std::move(arguments)}};
    if (!session_.client.literal_actions) {
      out_.push_back(std::move(call));
      return;
    }
    out_.push_back({{"title", shown}, {"kind", kind}, {"command", std::move(call)}});
  }

  Session& session_;
  Document& document_;
  const Judged& judged_;
  const Range& range_;
  const Json& only_;
  base::Span span_;
  OutJson out_ = OutJson::array();
};

}  // namespace

std::vector<std::string_view> ActionKinds() { return {kQuickFix, kFixAll, kHarden}; }

OutJson ActionsFor(Session& session, Document& document, const Range& range, const Json& only) {
  return Offering(session, document, range, only).Offer();
}

}  // namespace cagelint::lsp
