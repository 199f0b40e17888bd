#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  // The option is docker's.
  if (container.engine != model::Engine::kDocker) return;
  if (container.effective.read_only_root != Tri::kNo) return;
  if (container.storage_opt.HasUnknown()) return;
  for (const auto& item : container.storage_opt.items)
    if (item.value.key == "size") return;
  report.Add({.span = PlaceOf(container.read_only, container),
              .message = "no size is set for what the container writes to its root",
              .help = "make the root read-only, and give it a tmpfs with a size: " +
                      Spelling(container, "read_only", "true")});
}

}  // namespace

extern const Rule kUnboundedStorage{
    .info = {.id = "unbounded-storage",
             .title = "what the container writes has no size",
             .why =
                 "the program inside fills the host's disk, and the engine and its neighbours stop",
             .rationale =
                 "What a container writes to its root lies on the disk of the engine, and nothing "
                 "bounds it. `--storage-opt size=10G` does, but only on a file system with quotas "
                 "(overlay2 on xfs with pquota, btrfs, zfs); elsewhere the daemon refuses it. A "
                 "read-only root with a tmpfs that has a size works everywhere.\n\n"
                 "Volumes and bind mounts are not bounded by either.",
             .references = {"Docker documentation, docker container run, --storage-opt",
                            "run on Docker Engine 20.10.24"},
             .cis = {},
             .bad = "docker run alpine:3.22\n",
             .good = "docker run --read-only --tmpfs /tmp:size=64m alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
