#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.cgroup.Is("host")) return;
  report.Add({.span = PlaceOf(container.cgroup, container),
              .message = "shares the host's cgroup namespace",
              .help = "leave it out",
              .fixes = {Unsafe("leave it out",
                               "programs that manage the host's cgroups (systemd, cAdvisor) fail",
                               {Remove(container.cgroup.whole)})}});
}

}  // namespace

extern const Rule kHostCgroup{
    .info =
        {.id = "host-cgroup",
         .title = "container shares the host's cgroup namespace",
         .why = "the program inside sees the cgroups of the host, and with SYS_ADMIN changes them",
         .rationale =
             "In the host's cgroup namespace the program sees where in the host's tree it runs, "
             "and the paths of other containers. The mount stays read-only, so that this is all, "
             "unless the container is privileged or has CAP_SYS_ADMIN: then its own limits, and "
             "those of others, are within reach.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.25", "cgroup_namespaces(7)",
                        "Docker documentation, docker container run, --cgroupns",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.25"},
         .bad = "docker run --cgroupns host alpine:3.22\n",
         .good = "docker run --cgroupns private alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
