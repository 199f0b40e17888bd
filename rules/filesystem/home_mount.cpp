#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

bool IsHome(const model::Mount& mount) {
  const std::string path = model::AbsolutePath(mount);
  return path == "/home" || path == "/Users" || model::PathInHome(mount) == ".";
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !IsHome(item.value)) continue;
    const bool reads = model::Writable(item.value) == Tri::kNo;
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = reads ? "a whole home directory is mounted to be read"
                                 : "a whole home directory is mounted writable",
                .help = "mount the one folder that is needed",
                .fixes = {Unsafe("take the mount out", "what the program read there is missing",
                                 {Remove(item.whole)})}});
  }
}

}  // namespace

extern const Rule kHomeMount{
    .info =
        {.id = "home-mount",
         .title = "a whole home directory is mounted",
         .why = "keys, tokens, browser sessions and shell start files are all in there",
         .rationale =
             "A home directory holds every credential of its user, and every file that the user's "
             "shell, editor and desktop run. Writable it is the user's account; read-only it is "
             "still all of its secrets.\n\n"
             "Meant are `~`, `$HOME`, `/root`, `/home/NAME`, `/Users/NAME` and the folders above "
             "them. A folder inside is judged by what it is.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.6"},
         .cis = {"5.6"},
         .bad = "docker run -v \"$HOME\":/home/agent:ro alpine:3.22\n",
         .good = "docker run -v \"$HOME/data\":/data:ro alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
