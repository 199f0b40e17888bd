#include "linter/driver/document_judge.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "linter/base/for_each.h"
#include "linter/driver/make_fix.h"
#include "linter/engine/analyse.h"
#include "linter/engine/profiles.h"
#include "linter/model/host_places.h"

namespace cagelint::driver {
namespace {

template <typename Item>
void MoveTo(std::vector<Item>& to, std::vector<Item>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

}  // namespace

void AddGaps(const std::vector<diagnostic::Gap>& gaps, const base::SourceSet& sources,
             engine::Report& report) {
  for (diagnostic::Gap gap : gaps) {
    gap.span = sources.ToFile(gap.span);
    report.gaps.push_back(std::move(gap));
  }
}

struct DocumentJudge::Judged {
  bool is_prepared = false;  // otherwise an error was said
  std::vector<diagnostic::Diagnostic> found;
  std::vector<engine::Outline> outlines;
};

// Members in the order in which they must be there: threads end first.
struct DocumentJudge::Batch {
  std::vector<model::Document> documents;
  std::vector<Judged> judged;
  std::optional<base::Others> others;
};

DocumentJudge::DocumentJudge(const Request& request, Judging& judging, Outcome& out)
    : request_(request), judging_(judging), out_(out) {}

DocumentJudge::~DocumentJudge() = default;

std::vector<DocumentJudge::Judged> DocumentJudge::Prepare(std::span<model::Document> documents) {
  std::vector<Judged> all(documents.size());
  for (std::size_t i = 0; i < all.size(); ++i) all[i].is_prepared = judging_.Prepare(documents[i]);
  return all;
}

void DocumentJudge::Begin(std::vector<model::Document> documents) {
  Finish();
  batch_ = std::make_unique<Batch>();
  Batch& batch = *batch_;
  batch.documents = std::move(documents);
  batch.judged = Prepare(batch.documents);
  batch.others.emplace(batch.documents.size(), request_.walk.jobs, [this, &batch](std::size_t i) {
    JudgeOne(batch.documents[i], 1, batch.judged[i]);
  });
}

void DocumentJudge::Finish() {
  if (batch_ == nullptr) return;
  const std::unique_ptr<Batch> batch = std::move(batch_);
  batch->others->Finish();
  for (std::size_t i = 0; i < batch->judged.size(); ++i)
    if (batch->judged[i].is_prepared) Keep(batch->documents[i], batch->judged[i]);
}

void DocumentJudge::Judge(std::span<model::Document> documents) {
  Finish();
  std::vector<Judged> all = Prepare(documents);
  const unsigned threads = all.size() == 1 ? request_.walk.jobs : 1;
  base::ForEach(all.size(), request_.walk.jobs,
                [&](std::size_t i) { JudgeOne(documents[i], threads, all[i]); });
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].is_prepared) Keep(documents[i], all[i]);
}

void DocumentJudge::JudgeOne(model::Document& document, unsigned threads, Judged& out) {
  if (!out.is_prepared) return;
  engine::AnalyseOptions options{&request_.policy, request_.selection, request_.strict};
  options.honours_suppressions = request_.honours_suppressions;
  options.today = request_.today;
  options.folds = request_.folds;
  options.threads = threads;
  if (request_.outlines) options.outlines = &out.outlines;
  const auto [folder, root] = judging_.FoldersOf(document);
  model::FindProjectPaths(document, folder, root);
  const std::vector<model::Suppression> configured = judging_.IgnoresFor(document);
  options.configured = configured;
  options.choose = [&](const model::Container* container) {
    return judging_.PolicyFor(document, container);
  };
  if (request_.fixes) options.make_fix = FixMakerFor(document, *out_.sources);
  out.found = engine::Analyse(document, Rules(), options, *out_.sources);
}

void DocumentJudge::Keep(const model::Document& document, Judged& judged) {
  TakeUnmade(judged.found);
  MoveTo(out_.report.findings, judged.found);
  MoveTo(out_.report.outlines, judged.outlines);
  AddGaps(engine::ProfileGaps(document), *out_.sources, out_.report);
  // One that containers of two scripts name is one.
  for (const model::SeccompProfile& profile : document.profiles) profiles_.insert(profile.file);
}

// A fix without edits says why it has none.
void DocumentJudge::TakeUnmade(std::vector<diagnostic::Diagnostic>& found) {
  for (diagnostic::Diagnostic& finding : found) {
    const auto is_unmade = [](const diagnostic::Fix& fix) { return fix.edits.empty(); };
    const auto first = std::find_if(finding.fixes.begin(), finding.fixes.end(), is_unmade);
    if (first == finding.fixes.end()) continue;
    std::string why = first->title + ": " + first->caveat;
    std::erase_if(finding.fixes, is_unmade);
    if (finding.fixes.empty()) out_.unmade.emplace(IdOf(finding), std::move(why));
  }
}

}  // namespace cagelint::driver
