#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  // podman makes /tmp, /run and /var/tmp writable by itself.
  if (container.engine == model::Engine::kPodman || !container.read_only.Is(true)) return;
  if (model::WritableAt(container, "/tmp") != Tri::kNo) return;
  report.Add({.span = PlaceOf(container.read_only, container),
              .message = "the root is read-only, and nothing is writable at `/tmp`",
              .help = container.IsCompose() ? "add `tmpfs: [/tmp:size=64m]` if the program needs it"
                                            : "add `--tmpfs /tmp:size=64m` if the program needs it",
              .fixes = {Safe("mount a tmpfs on `/tmp`",
                             {Append("mounts", "/tmp:rw,noexec,nosuid,size=512m")})}});
}

}  // namespace

extern const Rule kMissingTmp{
    .info = {.id = "missing-tmp",
             .title = "a read-only root without a place for temporary files",
             .why = "programs fail, and somebody takes the read-only root away again",
             .rationale =
                 "Most programs expect to write to `/tmp`. With a read-only root they stop with "
                 "errors that do not say why. A tmpfs there, with a size, keeps the hardening and "
                 "the program working; Docker makes it noexec, nosuid and nodev by itself. podman "
                 "mounts one on `/tmp`, `/run` and `/var/tmp` unless it is told not to.",
             .references = {"Docker documentation, tmpfs mounts",
                            "podman-run(1), --read-only-tmpfs",
                            "run on Docker Engine 20.10.24 and 28.5.2, and podman 4.3.1"},
             .cis = {},
             .bad = "docker run --read-only alpine:3.22\n",
             .good = "docker run --read-only --tmpfs /tmp:size=64m alpine:3.22\n",
             .fix = Fixable::kSafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
