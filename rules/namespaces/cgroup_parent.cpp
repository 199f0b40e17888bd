#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const auto& parent = container.cgroup_parent;
  if (!parent.IsKnown() || parent.value.empty()) return;
  report.Add({.span = PlaceOf(parent, container),
              .message = "runs below the cgroup `" + parent.value + "` instead of the engine's own",
              .help = "leave it out, and limit the container itself",
              .fixes = {Unsafe("leave it out", "limits of that cgroup no longer hold for it",
                               {Remove(parent.whole)})}});
}

}  // namespace

extern const Rule kCgroupParent{
    .info =
        {.id = "cgroup-parent",
         .title = "container runs below another cgroup",
         .why = "limits that the engine's cgroup sets for all of its containers do not hold",
         .rationale =
             "The engine puts its containers below a cgroup of its own, where an administrator "
             "limits all of them at once. With another parent, `/` or `system.slice` for example, "
             "those limits do not count, and the container competes with the host's services "
             "instead of with other containers. Limits of the container itself stay in force.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.25",
                        "Docker documentation, docker container run, --cgroup-parent",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.25"},
         .bad = "docker run --cgroup-parent / alpine:3.22\n",
         .good = "docker run --memory 512m alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
