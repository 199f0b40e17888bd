#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

bool CoversTmp(const Container& container) {
  const auto& items = container.mounts.items;
  return container.mounts.IsDynamic() ||
         std::any_of(items.begin(), items.end(), [](const model::Setting<model::Mount>& item) {
           return item.IsDynamic() || item.value.target.IsDynamic() ||
                  base::CleanPath(item.value.target.value) == "/tmp";
         });
}

void Check(const Container& container, Reporter& report) {
  if (container.effective.read_only_root != Tri::kNo) return;
  std::string help = "make it read-only: " + Spelling(container, "read_only", "true");
  if (!CoversTmp(container)) {
    help += container.IsCompose() ? ", with `tmpfs: [\"/tmp:rw,noexec,nosuid,size=512m\"]`"
                                  : ", with `--tmpfs /tmp:rw,noexec,nosuid,size=512m`";
  }
  std::vector<model::Change> changes{Set("read_only", "true")};
  if (!CoversTmp(container)) changes.push_back(Append("mounts", "/tmp:rw,noexec,nosuid,size=512m"));
  // First what would take it back must go.
  std::vector<model::Fix> fixes;
  if (!model::CanRemount(container))
    fixes = {Unsafe("make the root read-only", "what writes outside of mounts fails",
                    std::move(changes))};
  if (container.engine == model::Engine::kPodman && !container.IsCompose())
    help += "; podman then still needs `--read-only-tmpfs=false`";
  report.Add({.span = PlaceOf(container.read_only, container),
              .message = "the root file system is writable",
              .help = std::move(help),
              .fixes = std::move(fixes)});
}

}  // namespace

extern const Rule kWritableRoot{
    .info =
        {.id = "writable-root",
         .title = "root file system is writable",
         .why =
             "the program inside can install tools, replace programs and leave itself behind for "
             "the next start",
         .rationale =
             "Every container has a writable layer over its image unless it is started read-only. "
             "What is written there can be run, and survives `docker stop` and `docker start`.\n\n"
             "A read-only root does not cover everything. /dev stays a tmpfs of 64 MB on which uid "
             "0 "
             "can write and run programs, /dev/shm is writable for everybody, and so are the "
             "`VOLUME`s of the image and every named volume: use an ordinary user, and cover "
             "`VOLUME`s with a read-only mount. A tmpfs on another path than /tmp takes owner and "
             "mode of the image's directory: add `mode=1777` for an ordinary user. podman mounts "
             "writable /tmp, /run and /var/tmp unless told `--read-only-tmpfs=false`.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.13",
                        "Docker documentation, docker container run, Mount a read-only root "
                        "filesystem",
                        "run on Docker Engine 20.10.24 and 28.5.2, podman 4.3.1"},
         .cis = {"5.13"},
         .bad = "docker run alpine:3.22\n",
         .good = "docker run --read-only --tmpfs /tmp:rw,noexec,nosuid,size=512m alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
