#include "linter/driver/fix.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>
#include <optional>
#include <utility>

#include "linter/driver/edit_scope.h"
#include "linter/driver/fixer.h"
#include "linter/driver/standing.h"

namespace cagelint::driver {
namespace {

// Inputs that share files, each group by the paths of its inputs.
class Groups {
 public:
  explicit Groups(const Outcome& outcome) : parents_(outcome.sources->Size()) {
    std::iota(parents_.begin(), parents_.end(), base::FileId{0});
    for (const model::Document& document : outcome.documents) {
      Join(document.file, outcome.sources->FileOf(document.file));
      for (const base::FileId file : document.project) Join(document.file, file);
      for (const model::SeccompProfile& profile : document.profiles)
        Join(document.file, profile.file);
      for (const model::Container& container : document.containers)
        Join(document.file, container.anchor.file);
    }
    for (const model::Document& document : outcome.documents) {
      // One that nobody would load (a second `compose.yml`) is empty, and must not be asked by
      // name.
      const bool says_nothing =
          document.containers.empty() && document.commands.empty() && document.profiles.empty();
      if (says_nothing) continue;
      groups_[Root(document.file)].push_back(outcome.sources->Get(document.file).Path());
    }
  }

  const std::map<base::FileId, std::vector<std::string>>& All() const { return groups_; }

 private:
  base::FileId Root(base::FileId file) {
    while (parents_[file] != file) file = parents_[file] = parents_[parents_[file]];
    return file;
  }
  void Join(base::FileId a, base::FileId b) {
    if (a != base::kNoFile && b != base::kNoFile) parents_[Root(a)] = Root(b);
  }

  std::vector<base::FileId> parents_;
  std::map<base::FileId, std::vector<std::string>> groups_;
};

void Append(Fixing part, Fixing& all, Texts& texts, bool& overlaps) {
  for (FixedFile& file : part.files) {
    overlaps = !texts.emplace(file.path, file.after).second || overlaps;
    all.files.push_back(std::move(file));
  }
  std::move(part.left_out.begin(), part.left_out.end(), std::back_inserter(all.left_out));
  all.fixes += part.fixes;
}

// Each group by itself: most of a tree has been fixed long before the last of its files. Nothing
// where the groups turn out to have to do with each other.
std::optional<Fixing> FixApart(const Request& request, const base::FileSystem& files,
                               const FixOptions& options) {
  const Request unfolded = Unfolded(request);
  const Outcome before = options.lint(unfolded, files);
  const Groups groups(before);
  if (groups.All().size() < 2) return std::nullopt;
  Fixing all;
  Texts texts;
  bool overlaps = false;
  for (const auto& [file, paths] : groups.All()) {
    Request part = request;
    part.paths = paths;
    Append(FixTogether(part, files, options), all, texts, overlaps);
  }
  if (overlaps) return std::nullopt;
  const Standing after(LintOver(unfolded, files, texts, options.lint));
  if (!after.WorseThan(Standing(before)).empty()) return std::nullopt;
  Request asked = request;
  asked.fixes = true;
  all.after = LintOver(asked, files, texts, options.lint);
  std::sort(all.files.begin(), all.files.end(),
            [](const FixedFile& a, const FixedFile& b) { return a.path < b.path; });
  CountLeft(all);
  return all;
}

}  // namespace

Fixing Fix(const Request& request, const base::FileSystem& files, const FixOptions& options) {
  Request asked = request;
  asked.skipped.merge(OtherNames(request, files, options));
  std::optional<Fixing> fixing;
  if (!asked.paths.empty()) fixing = FixApart(asked, files, options);
  if (!fixing) fixing = FixTogether(asked, files, options);
  NameUnmade(*fixing, EditScope(request, files, options));
  return std::move(*fixing);
}

}  // namespace cagelint::driver
