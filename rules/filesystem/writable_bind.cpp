#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// What another rule speaks of is not told twice.
bool IsSpokenOf(const model::Mount& mount) {
  if (model::IsProjectBind(mount) || model::IsInGitFolder(mount) || model::IsHostSystem(mount))
    return true;
  if (model::FindHostPlace(mount) != nullptr || model::PathInHome(mount) == ".") return true;
  // Devices that every container has anyway: `/dev/null` over a file hides it.
  for (const char* device : {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"})
    if (mount.host.path == device) return true;
  // A socket is not written to, it is spoken to.
  return base::NameOf(mount.host.path).ends_with(".sock");
}

bool IsOutput(const model::Mount& mount, const std::vector<std::string>& outputs) {
  return std::any_of(outputs.begin(), outputs.end(), [&](const std::string& output) {
    const std::string path = base::CleanPath(output);
    return mount.host.path == path || mount.host.path.starts_with(path + "/");
  });
}

void Check(const Container& container, Reporter& report) {
  const auto& outputs = report.Parameter("outputs");
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !item.value.IsBind() || !item.value.host.exact) continue;
    if (item.value.host.base == model::PathBase::kUnknown) continue;
    if (model::Writable(item.value) != Tri::kYes) continue;
    if (IsSpokenOf(item.value) || IsOutput(item.value, outputs)) continue;
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = "this path of the host is mounted writable",
                .help = "mount it read-only, or declare it as one for results (`outputs`)",
                .fixes = engine::MountReadOnly(container, item.whole)});
  }
}

}  // namespace

extern const Rule kWritableBind{
    .info =
        {.id = "writable-bind",
         .title = "a folder of the host is mounted writable",
         .why = "what the program inside leaves there is found, opened and run on the host",
         .rationale =
             "A bind is the host's own file. As root inside, the program also leaves programs "
             "there that are setuid root on the host, whatever capabilities it has. One folder "
             "for results is needed mostly; everything else can be read-only.\n\n"
             "Paths that are known to be more than data have rules of their own (the project, git, "
             "what the host runs, the host's system, homes, sockets) and are not told again here. "
             "Folders for results are declared with `outputs`: paths as they are written in the "
             "mount, without `./`; those in the default list count as declared.",
         .references = {"Docker documentation, Bind mounts",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -v /srv/data:/data alpine:3.22\n",
         .good = "docker run -v /srv/data:/data:ro -v ./out:/out alpine:3.22\n",
         .parameters = {{"outputs",
                         "folders for results, with all that is in them",
                         {"out", "output", "outputs", "results", "artifacts"}}},
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
