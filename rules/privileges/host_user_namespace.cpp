#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.userns_mode.Is("host")) return;
  const bool podman = container.engine == model::Engine::kPodman;
  report.Add({.span = PlaceOf(container.userns_mode, container),
              .message = podman ? "uses the user namespace that podman was started in"
                                : "opts out of a user namespace, where the daemon has one",
              .help = "leave it out",
              .fixes = {Unsafe("leave it out",
                               "where the daemon maps users, files in mounts belong to others",
                               {Remove(container.userns_mode.whole)})},
              // What podman does anyway where nothing else is said.
              .weight = podman ? Weight::kAtMostInfo : Weight::kAsPolicy});
}

}  // namespace

extern const Rule kHostUserNamespace{
    .info =
        {.id = "host-user-namespace",
         .title = "container opts out of the user namespace",
         .why = "root inside is root of the host, also where the daemon would have mapped it away",
         .rationale =
             "A Docker daemon that is set up with `userns-remap` runs containers in a user "
             "namespace, where root is an ordinary user of the host. `--userns host` takes this "
             "container out of it. Where the daemon does not remap, which is the default, it "
             "changes nothing: the map of ids is the same with and without it. podman started "
             "by an ordinary user is in a user namespace in any case, and it is information "
             "only.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.31",
                        "Docker documentation, Isolate containers with a user namespace",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.31"},
         .bad = "docker run --userns host alpine:3.22\n",
         .good = "docker run alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
