#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const auto& outputs = report.Parameter("outputs");
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !model::IsProjectBind(item.value)) continue;
    if (model::Writable(item.value) != Tri::kYes) continue;
    const std::string& path = item.value.host.path;
    const bool wanted = std::any_of(outputs.begin(), outputs.end(), [&](const std::string& output) {
      return base::CleanPath(output) == path;
    });
    if (wanted) continue;
    const bool above = path.starts_with("..");
    const bool is_long = item.value.form == model::Mount::Form::kLong;
    const std::string word = !is_long                ? ":ro"
                             : container.IsCompose() ? "read_only: true"
                                                     : "readonly";
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = above ? "a folder above the project is mounted writable"
                                 : "the project folder is mounted writable",
                .help = "mount it read-only (`" + word + "`), and one folder for results writable",
                .fixes = engine::MountReadOnly(container, item.whole)});
  }
}

}  // namespace

extern const Rule kWritableProjectMount{
    .info =
        {.id = "writable-project-mount",
         .title = "project folder is mounted writable",
         .why = "the program inside can change what the host will run later: build files, hooks, "
                "editor settings, the scripts themselves",
         .rationale =
             "A bind mount is not a copy. What is written to the project inside the container "
             "stands "
             "on the host at once, and the host trusts its project: `make`, `npm install`, the "
             "editor's tasks, git hooks and the next start of the very same script run what was "
             "left there, with the rights of the user and outside of any container. No other "
             "setting of the container changes that.\n\n"
             "Meant is the folder that the command is started in (`.`, `$PWD`), the folder of the "
             "compose file or of the script, and every folder above. A folder inside the project "
             "is "
             "not reported: mount the project read-only and a folder like `out` writable, and look "
             "at what comes out.",
         .references = {"Docker documentation, Bind mounts, Considerations and constraints",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -v .:/work alpine:3.22\n",
         .good = "docker run -v .:/work:ro -v ./out:/out alpine:3.22\n",
         .parameters = {{"outputs", "folders that may be mounted writable", {}}},
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
