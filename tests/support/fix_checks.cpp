// What holds for every fix.
#include <algorithm>

#include "linter/diagnostic/edits.h"
#include "linter/driver/fix.h"
#include "linter/driver/overlay.h"
#include "linter/driver/standing.h"
#include "tests/support/fixture_run.h"

namespace cagelint::test {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Edit;

bool IsBoundary(std::string_view bytes, std::size_t offset) {
  return offset == bytes.size() || (static_cast<unsigned char>(bytes[offset]) & 0xC0) != 0x80;
}

// What is wrong with the edits themselves; "" where nothing is.
std::string Flaw(const std::vector<Edit>& edits, const base::SourceSet& sources) {
  if (edits.empty()) return "has no edits";
  for (const Edit& edit : edits) {
    if (!edit.span.IsValid() || edit.span.file >= sources.Size()) return "has an edit nowhere";
    const std::string_view bytes = sources.Get(edit.span.file).Bytes();
    if (edit.span.begin > edit.span.end || edit.span.end > bytes.size())
      return "has an edit outside of the file";
    if (!IsBoundary(bytes, edit.span.begin) || !IsBoundary(bytes, edit.span.end))
      return "has an edit that cuts a character";
    if (sources.Text(edit.span) == edit.text) return "has an edit that changes nothing";
  }
  std::vector<Edit> tidy = edits;
  return diagnostic::Tidy(tidy) && tidy == edits ? "" : "has edits that are not sorted or collide";
}

// A finding that can be fixed as well is made good by the next round.
bool HasFix(const driver::Belongs& what, const driver::Outcome& outcome) {
  const driver::Places places(outcome);
  const auto& all = outcome.report.findings;
  return std::any_of(all.begin(), all.end(), [&](const Diagnostic& finding) {
    return !finding.suppressed && !finding.fixes.empty() && places.Of(finding) == what;
  });
}

class FixChecks {
 public:
  FixChecks(const driver::Request& request, const base::FileSystem& files)
      : selection_(request.selection), judging_(request), files_(files) {
    judging_.selection = {};
    judging_.fixes = true;
    judging_.folds = false;
  }

  std::vector<std::string> Do() {
    const driver::Outcome before = driver::Lint(judging_, files_);
    const driver::Standing standing(before);
    const driver::Places places(before);
    for (const Diagnostic& finding : before.report.findings) {
      if (finding.suppressed || !selection_.Takes(finding.rule)) continue;
      for (const diagnostic::Fix& fix : finding.fixes) {
        const std::string what = finding.rule + ": `" + fix.title + "` ";
        const std::string flaw = Flaw(fix.edits, *before.sources);
        if (!flaw.empty()) {
          out_.push_back(what + flaw);
          continue;
        }
        driver::Texts texts;
        driver::EditTexts(*before.sources, fix.edits, texts);
        const driver::Outcome outcome = driver::LintOver(judging_, files_, texts);
        const driver::Standing after(outcome);
        std::string shown;
        for (const auto& [path, text] : texts) shown += "\n    " + path + ":\n" + text;
        if (after.Count(places.Of(finding)) >= standing.Count(places.Of(finding)))
          out_.push_back(what + "leaves its finding: " + finding.message + shown);
        for (const auto& worse : after.WorseThan(standing))
          if (!HasFix(worse.what, outcome))
            out_.push_back(what + "brings " + worse.what.path + ": " + worse.message + shown);
      }
    }
    return std::move(out_);
  }

 private:
  engine::Selection selection_;
  driver::Request judging_;
  const base::FileSystem& files_;
  std::vector<std::string> out_;
};

}  // namespace

std::vector<std::string> BrokenFixes(const driver::Request& request,
                                     const base::FileSystem& files) {
  return FixChecks(request, files).Do();
}

std::string FixedBytes(const Fixture& fixture, const driver::Request& request) {
  const driver::Fixing fixing = driver::Fix(request, FilesOf(fixture), {.unsafe = true});
  const std::string path = base::CleanPath(fixture.files.front().name);
  for (const driver::FixedFile& file : fixing.files)
    if (file.path == path) return file.after;
  return fixture.files.front().bytes;
}

}  // namespace cagelint::test
