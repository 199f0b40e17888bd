#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || model::Writable(item.value) != Tri::kYes) continue;
    const model::HostPlace* place = model::FindHostPlace(item.value);
    if (place == nullptr || !place->IsExecuted()) continue;
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = "`" + std::string(place->path) +
                           "` is writable, and the host trusts it: " + std::string(place->runs),
                .help = "mount it read-only, or not at all",
                .fixes = engine::MountReadOnly(container, item.whole)});
  }
}

}  // namespace

extern const Rule kWritableHostExecutedPath{
    .info =
        {.id = "writable-host-executed-path",
         .title = "a file that the host runs is mounted writable",
         .why = "the host runs what the program inside writes there, with the rights of the user "
                "and outside of any container",
         .rationale =
             "Start scripts of shells, hooks, build files, settings of editors and agents, folders "
             "of programs: these are run by name or by habit, and nobody reads them first. One "
             "writable mount of such a file is a way out that needs neither a network nor a "
             "capability.\n\n"
             "The table has such paths of a home directory and of a project. A mount of the whole "
             "project, which shows them all, is `writable-project-mount`, and one of a whole home "
             "`home-mount`: they are not told again here. Of a file that also holds secrets "
             "(`~/.gitconfig`) both are said, this and `credential-mount`.",
         .references = {"git documentation, githooks, git-config",
                        "bash manual, Bash Startup Files",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -v ./.husky:/work/.husky alpine:3.22\n",
         .good = "docker run -v ./.husky:/work/.husky:ro alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
