#include "linter/driver/fixer.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "linter/diagnostic/edits.h"
#include "linter/driver/edit_scope.h"
#include "linter/driver/standing.h"

namespace cagelint::driver {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Safety;

constexpr int kMostRounds = 32;
// With those that are taken back. Which fix of many is to blame is found by halving.
constexpr int kMostTries = 100;

// A fix as it is known from one round to the next.
struct FixId {
  Belongs finding;
  std::string title;
  auto operator<=>(const FixId&) const = default;
};

struct Candidate {
  FixId id;
  const diagnostic::Fix* fix = nullptr;
};

class Fixer {
 public:
  Fixer(const Request& request, const base::FileSystem& files, const FixOptions& options)
      : request_(request),
        judging_(Unfolded(request)),
        files_(files),
        options_(options),
        scope_(request, files, options) {
    request_.fixes = true;
  }

  Fixing Do() {
    out_.after = LintOver(request_, files_, texts_, options_.lint);
    first_.emplace(Judge(texts_));
    current_ = *first_;
    for (int tries = 0; rounds_ < kMostRounds && tries < kMostTries; ++tries) {
      // What was to make good the last ones may have been refused meanwhile.
      if (!debts_.empty() && !CanBeCured(current_->WorseThan(*first_), out_.after)) TakeBack();
      const std::vector<Candidate> chosen = Choose();
      if (chosen.empty() && !GoOn()) break;
      if (!chosen.empty() && Try(chosen)) ++rounds_;
    }
    if (!debts_.empty()) TakeBack();
    Sum();
    return std::move(out_);
  }

 private:
  Standing Judge(const Texts& texts) const {
    return Standing(LintOver(judging_, files_, texts, options_.lint));
  }

  // What can be made at once: nothing that collides, and of each setting of a container one.
  std::vector<Candidate> Choose() const {
    std::vector<Candidate> chosen;
    std::set<diagnostic::Edit> taken;
    std::set<std::pair<std::string, std::string>> settings;
    const Places places(out_.after);
    for (const Diagnostic& finding : out_.after.report.findings) {
      if (finding.suppressed) continue;
      for (const diagnostic::Fix& fix : finding.fixes) {
        Candidate candidate{{places.Of(finding), fix.title}, &fix};
        const std::string& about = candidate.id.finding.subject;
        if (!options_.subject.empty() && about != options_.subject) break;
        if (!scope_.MayMake(fix, out_.after) || banned_.contains(candidate.id)) continue;
        const FixId& id = candidate.id;
        const std::string subject = id.finding.path + ":" + id.finding.subject;
        const bool meets =
            std::any_of(fix.settings.begin(), fix.settings.end(), [&](const std::string& setting) {
              return settings.contains({subject, setting});
            });
        if (!meets && !held_.contains(id) && Take(fix.edits, taken)) {
          for (const std::string& setting : fix.settings) settings.emplace(subject, setting);
          chosen.push_back(std::move(candidate));
        }
        break;
      }
    }
    return chosen;
  }

  // Adds `edits` to those that are `taken`, which are disjoint, if none collides.
  static bool Take(const std::vector<diagnostic::Edit>& edits, std::set<diagnostic::Edit>& taken) {
    for (const diagnostic::Edit& edit : edits) {
      const auto next = taken.lower_bound(edit);
      if (next != taken.end() && diagnostic::Collide(edit, *next)) return false;
      if (next != taken.begin() && diagnostic::Collide(edit, *std::prev(next))) return false;
    }
    taken.insert(edits.begin(), edits.end());
    return true;
  }

  // Nothing is left to be chosen: whether something may be after this.
  bool GoOn() {
    if (!held_.empty()) {
      held_.clear();
    } else if (!debts_.empty()) {
      TakeBack();
    } else if (!is_second_chance_ && !banned_.empty() && !texts_.empty()) {
      // What stood in the way may be gone: a port of a container that shall have no network.
      is_second_chance_ = true;
      banned_.clear();
      out_.left_out.clear();
    } else {
      return false;
    }
    return true;
  }

  // Whether `chosen` was made. Otherwise something is banned or held.
  bool Try(const std::vector<Candidate>& chosen) {
    std::vector<diagnostic::Edit> edits;
    for (const Candidate& candidate : chosen)
      edits.insert(edits.end(), candidate.fix->edits.begin(), candidate.fix->edits.end());
    std::sort(edits.begin(), edits.end());
    Texts texts = texts_;
    EditTexts(*out_.after.sources, edits, texts);
    Standing standing = Judge(texts);
    if (BanUseless(chosen, standing)) return false;
    const std::vector<Standing::Worse> worse = standing.WorseThan(*first_);
    Outcome after = LintOver(request_, files_, texts, options_.lint);
    const std::vector<const Candidate*> suspects = SuspectsOf(chosen, worse);
    const bool may_owe = !is_cautious_ || !debts_.empty() || suspects.size() == 1;
    if (!worse.empty() && !(may_owe && CanBeCured(worse, after))) {
      Blame(suspects, worse.front().message);
      return false;
    }
    if (worse.empty()) {
      debts_.clear();
    } else if (debts_.empty()) {
      good_ = {texts_, counts_, out_.fixes, rounds_};
      for (const Candidate* suspect : suspects) debts_.emplace(suspect->id, worse.front());
    }
    for (const Candidate& candidate : chosen) CountFix(candidate);
    texts_ = std::move(texts);
    current_ = std::move(standing);
    held_.clear();
    out_.after = std::move(after);
    return true;
  }

  // Whether the next rounds can make good what got worse: each is a finding that has a fix.
  bool CanBeCured(const std::vector<Standing::Worse>& worse, const Outcome& after) const {
    const Places places(after);
    std::set<Belongs> fixable;
    for (const Diagnostic& finding : after.report.findings) {
      if (finding.suppressed) continue;
      const Belongs belongs = places.Of(finding);
      const bool any =
          std::any_of(finding.fixes.begin(), finding.fixes.end(), [&](const diagnostic::Fix& fix) {
            return scope_.MayMake(fix, after) && !banned_.contains({belongs, fix.title});
          });
      if (any) fixable.insert(belongs);
    }
    return std::all_of(worse.begin(), worse.end(),
                       [&](const Standing::Worse& one) { return fixable.contains(one.what); });
  }

  // Back to where nothing was worse. Which fix is to blame is not known the first time: from then
  // on it must be a single one that makes something worse.
  void TakeBack() {
    if (std::exchange(is_cautious_, true) || debts_.size() == 1)
      for (const auto& [id, worse] : debts_) Ban(id, worse.message);
    debts_.clear();
    held_.clear();
    texts_ = good_.texts;
    counts_ = good_.counts;
    out_.fixes = good_.fixes;
    rounds_ = good_.rounds;
    current_ = Judge(texts_);
    out_.after = LintOver(request_, files_, texts_, options_.lint);
  }

  // One that leaves its finding there would be made again and again.
  bool BanUseless(const std::vector<Candidate>& chosen, const Standing& standing) {
    std::map<Belongs, std::vector<const Candidate*>> made;
    for (const Candidate& candidate : chosen) made[candidate.id.finding].push_back(&candidate);
    bool any = false;
    for (const auto& [finding, candidates] : made) {
      if (standing.Count(finding) + candidates.size() <= current_->Count(finding)) continue;
      any = true;
      Blame(candidates, "the finding, which would stay");
    }
    return any;
  }

  // Those of `chosen` that can have made something worse.
  std::vector<const Candidate*> SuspectsOf(const std::vector<Candidate>& chosen,
                                           const std::vector<Standing::Worse>& worse) const {
    std::vector<const Candidate*> suspects;
    for (const Candidate& candidate : chosen)
      if (Touches(candidate, worse)) suspects.push_back(&candidate);
    if (suspects.empty())
      for (const Candidate& candidate : chosen) suspects.push_back(&candidate);
    return suspects;
  }

  // Bans the only one of `suspects`, or holds half of them, so that the next try tells.
  void Blame(const std::vector<const Candidate*>& suspects, const std::string& why) {
    std::set<FixId> ids;
    for (const Candidate* suspect : suspects) ids.insert(suspect->id);
    if (ids.size() == 1) return Ban(*ids.begin(), why);
    ids.erase(ids.begin(), std::next(ids.begin(), static_cast<std::ptrdiff_t>(ids.size() / 2)));
    held_.merge(ids);
  }

  bool Touches(const Candidate& candidate, const std::vector<Standing::Worse>& worse) const {
    return std::any_of(worse.begin(), worse.end(), [&](const Standing::Worse& one) {
      if (candidate.id.finding.path == one.what.path) return true;
      const auto& edits = candidate.fix->edits;
      return std::any_of(edits.begin(), edits.end(), [&](const diagnostic::Edit& edit) {
        return out_.after.sources->Get(edit.span.file).Path() == one.what.path;
      });
    });
  }

  void Ban(const FixId& id, const std::string& why) {
    if (!banned_.insert(id).second) return;
    out_.left_out.push_back({id.finding.path, "not done: " + id.title + " (" + id.finding.rule +
                                                  "), because of " + why});
  }

  void CountFix(const Candidate& candidate) {
    ++out_.fixes;
    std::set<base::FileId> touched;
    for (const diagnostic::Edit& edit : candidate.fix->edits) touched.insert(edit.span.file);
    for (const base::FileId file : touched) {
      const base::Source& source = out_.after.sources->Get(file);
      ++counts_[source.Path()];
      originals_.emplace(source.Path(), source.Bytes());  // the first time: as it was read
    }
  }

  void Sum() {
    for (const auto& [path, after] : texts_)
      if (originals_[path] != after)
        out_.files.push_back({path, originals_[path], after, counts_[path]});
    CountLeft(out_);
  }

  Request request_;
  Request judging_;
  const base::FileSystem& files_;
  const FixOptions& options_;
  EditScope scope_;
  Texts texts_;
  std::optional<Standing> first_;    // of the files as they are
  std::optional<Standing> current_;  // of `texts_`
  std::set<FixId> banned_;           // for good
  std::set<FixId> held_;             // while the one to blame is looked for
  std::map<std::string, std::size_t> counts_;
  // Fixes after which something was worse, which later ones are to make good; and what was before.
  std::map<FixId, Standing::Worse> debts_;
  struct {
    Texts texts;
    std::map<std::string, std::size_t> counts;
    std::size_t fixes = 0;
    int rounds = 0;
  } good_;
  int rounds_ = 0;
  bool is_cautious_ = false;
  bool is_second_chance_ = false;  // of what was banned
  Texts originals_;                // of the files that are edited
  Fixing out_;
};

}  // namespace

void CountLeft(Fixing& fixing) {
  fixing.safe_left = fixing.unsafe_left = 0;
  for (const Diagnostic& finding : fixing.after.report.findings) {
    if (finding.suppressed || finding.fixes.empty()) continue;
    const bool safe =
        std::any_of(finding.fixes.begin(), finding.fixes.end(),
                    [](const diagnostic::Fix& fix) { return fix.safety == Safety::kSafe; });
    ++(safe ? fixing.safe_left : fixing.unsafe_left);
  }
}

Request Unfolded(const Request& request) {
  Request out = request;
  out.selection = {};
  out.fixes = false;
  out.folds = false;
  out.no_baseline = true;
  out.outlines = false;
  return out;
}

Fixing FixTogether(const Request& request, const base::FileSystem& files,
                   const FixOptions& options) {
  return Fixer(request, files, options).Do();
}

}  // namespace cagelint::driver
