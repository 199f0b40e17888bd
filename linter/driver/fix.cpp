#include "linter/driver/fix.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "linter/diagnostic/edits.h"
#include "linter/driver/standing.h"

namespace cagelint::driver {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Safety;

constexpr int kMostRounds = 20;
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
      : request_(request), judging_(request), files_(files), options_(options) {
    request_.fixes = true;
    judging_.selection = {};
    judging_.fixes = false;
    judging_.folds = false;
    judging_.no_baseline = true;
    judging_.outlines = false;
    for (const std::string& path : request.paths) AddNamed(path);
    for (const std::string& path : request.compose_files) AddNamed(path);
    if (request.text) AddNamed(request.text->name);
  }

  Fixing Do() {
    out_.after = LintOver(request_, files_, texts_, options_.lint);
    first_.emplace(Judge(texts_));
    current_ = *first_;
    int rounds = 0;
    for (int tries = 0; rounds < kMostRounds && tries < kMostTries; ++tries) {
      const std::vector<Candidate> chosen = Choose();
      if (chosen.empty() && held_.empty()) break;
      if (chosen.empty()) {
        held_.clear();
      } else if (Try(chosen)) {
        ++rounds;
      }
    }
    Sum();
    return std::move(out_);
  }

 private:
  void AddNamed(const std::string& path) {
    named_.insert(base::ShownPath(path, files_.working_directory));
  }

  Standing Judge(const Texts& texts) const {
    return Standing(LintOver(judging_, files_, texts, options_.lint));
  }

  // A project may load files from anywhere; those of others are not edited for it.
  bool MayEdit(const std::string& path) const {
    if (!options_.only.empty()) return path == options_.only;
    if (named_.contains(path)) return true;
    return !path.starts_with('/') && path != ".." && !path.starts_with("../");
  }

  bool MayMake(const diagnostic::Fix& fix) const {
    if (fix.safety == Safety::kUnsafe && !options_.unsafe) return false;
    return std::all_of(fix.edits.begin(), fix.edits.end(), [&](const diagnostic::Edit& edit) {
      return MayEdit(out_.after.sources->Get(edit.span.file).Path());
    });
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
        if (!MayMake(fix) || banned_.contains(candidate.id)) continue;
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

  // Whether `chosen` was made. Otherwise something is banned or held.
  bool Try(const std::vector<Candidate>& chosen) {
    std::vector<diagnostic::Edit> edits;
    for (const Candidate& candidate : chosen)
      edits.insert(edits.end(), candidate.fix->edits.begin(), candidate.fix->edits.end());
    std::sort(edits.begin(), edits.end());
    Texts texts = texts_;
    EditTexts(*out_.after.sources, edits, texts);
    Standing standing = Judge(texts);
    const std::vector<Standing::Worse> worse = standing.WorseThan(*first_);
    if (!worse.empty()) {
      Blame(chosen, worse);
      return false;
    }
    if (BanUseless(chosen, standing)) return false;
    for (const Candidate& candidate : chosen) CountFix(candidate);
    texts_ = std::move(texts);
    current_ = std::move(standing);
    held_.clear();
    out_.after = LintOver(request_, files_, texts_, options_.lint);
    return true;
  }

  // One that leaves its finding there would be made again and again.
  bool BanUseless(const std::vector<Candidate>& chosen, const Standing& standing) {
    std::map<Belongs, std::vector<const Candidate*>> made;
    for (const Candidate& candidate : chosen) made[candidate.id.finding].push_back(&candidate);
    bool any = false;
    for (const auto& [finding, candidates] : made) {
      if (standing.Count(finding) + candidates.size() <= current_->Count(finding)) continue;
      any = true;
      if (candidates.size() == 1) Ban(*candidates[0], "the finding would stay");
      for (std::size_t i = 1; i < candidates.size(); ++i) held_.insert(candidates[i]->id);
    }
    return any;
  }

  void Blame(const std::vector<Candidate>& chosen, const std::vector<Standing::Worse>& worse) {
    std::vector<const Candidate*> suspects;
    for (const Candidate& candidate : chosen)
      if (Touches(candidate, worse)) suspects.push_back(&candidate);
    if (suspects.empty())
      for (const Candidate& candidate : chosen) suspects.push_back(&candidate);
    if (suspects.size() == 1) return Ban(*suspects[0], worse[0].message);
    for (std::size_t i = suspects.size() / 2; i < suspects.size(); ++i)
      held_.insert(suspects[i]->id);
  }

  bool Touches(const Candidate& candidate, const std::vector<Standing::Worse>& worse) const {
    return std::any_of(worse.begin(), worse.end(), [&](const Standing::Worse& one) {
      if (candidate.id.finding.path == one.path) return true;
      const auto& edits = candidate.fix->edits;
      return std::any_of(edits.begin(), edits.end(), [&](const diagnostic::Edit& edit) {
        return out_.after.sources->Get(edit.span.file).Path() == one.path;
      });
    });
  }

  void Ban(const Candidate& candidate, const std::string& why) {
    if (!banned_.insert(candidate.id).second) return;
    out_.left_out.push_back({candidate.id.finding.path, "not done: " + candidate.id.title + " (" +
                                                            candidate.id.finding.rule +
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
    for (const Diagnostic& finding : out_.after.report.findings) {
      if (finding.suppressed || finding.fixes.empty()) continue;
      const bool safe =
          std::any_of(finding.fixes.begin(), finding.fixes.end(),
                      [](const diagnostic::Fix& fix) { return fix.safety == Safety::kSafe; });
      ++(safe ? out_.safe_left : out_.unsafe_left);
    }
  }

  Request request_;
  Request judging_;
  const base::FileSystem& files_;
  const FixOptions& options_;
  std::set<std::string> named_;
  Texts texts_;
  std::optional<Standing> first_;    // of the files as they are
  std::optional<Standing> current_;  // of `texts_`
  std::set<FixId> banned_;           // for good
  std::set<FixId> held_;             // while the one to blame is looked for
  std::map<std::string, std::size_t> counts_;
  Texts originals_;  // of the files that are edited
  Fixing out_;
};

}  // namespace

Fixing Fix(const Request& request, const base::FileSystem& files, const FixOptions& options) {
  return Fixer(request, files, options).Do();
}

}  // namespace cagelint::driver
