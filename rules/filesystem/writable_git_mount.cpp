#include <algorithm>
#include <set>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Mount;

// Targets named .git through which nothing can be written to the host.
std::set<std::string> Covers(const Container& container) {
  std::set<std::string> targets;
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !item.value.target.IsKnown()) continue;
    if (item.value.IsBind() && model::Writable(item.value) == Tri::kYes) continue;
    const std::string target = base::CleanPath(item.value.target.value);
    if (base::NameOf(target) == ".git") targets.insert(target);
  }
  return targets;
}

// One of `covers` hides the .git of the project that `mount` shows.
bool GitIsCovered(const std::set<std::string>& covers, const Mount& mount) {
  if (!mount.target.IsKnown()) return false;
  const std::string below = base::CleanPath(mount.target.value) + "/";
  if (mount.host.path == "." || mount.host.path.empty()) return covers.contains(below + ".git");
  const auto first = covers.lower_bound(below);
  return first != covers.end() && first->starts_with(below);
}

void Check(const Container& container, Reporter& report) {
  const std::set<std::string> covers = Covers(container);
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || model::Writable(item.value) != Tri::kYes) continue;
    const bool inside = model::IsInGitFolder(item.value);
    if (!inside && !model::IsProjectBind(item.value)) continue;
    const bool covered = !inside && GitIsCovered(covers, item.value);
    Finding finding{.span = PlaceOf(item.value.source, container),
                    .message = "the project's `.git` is writable through this mount",
                    .help = "mount it read-only, and commit outside of the container",
                    .fixes = engine::MountReadOnly(container, item.whole)};
    if (inside) finding.message = "a git directory is mounted writable";
    if (covered) {
      finding.message =
          "the tree around a protected `.git` is writable: git follows nested repositories and "
          "`core.hooksPath` into it";
      finding.weight = Weight::kAtMostWarning;
    }
    report.Add(std::move(finding));
  }
}

}  // namespace

extern const Rule kWritableGitMount{
    .info =
        {.id = "writable-git-mount",
         .title = "git directory is writable from inside",
         .why = "git on the host runs what the program inside writes: hooks, filters and "
                "`core.fsmonitor`",
         .rationale =
             "`.git/hooks` holds programs, and `.git/config` names more of them (`core.fsmonitor`, "
             "`core.pager`, filters). git on the host runs them at the next `git status` or "
             "`git checkout`, as the user, outside of the container.\n\n"
             "A read-only mount of `.git` over a writable project is better and still not enough: "
             "a nested repository that the program makes (`sub/.git`) has a configuration of its "
             "own, and `core.hooksPath=.husky` points into the writable tree. That is a warning at "
             "most. Mounting the whole project read-only closes both.",
         .references = {"git documentation, githooks, git-config (core.fsmonitor, core.hooksPath)",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -v .git:/repo/.git alpine:3.22\n"
                "docker run -v \"$PWD\":/repo alpine:3.22\n",
         .good = "docker run -v \"$PWD\":/repo:ro -v ./out:/out alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
