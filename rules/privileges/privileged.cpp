#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.privileged.Is(true)) return;
  Finding finding{
      .span = PlaceOf(container.privileged, container),
      .message = "runs privileged",
      .help = "leave it out, and add the one capability or device that is needed",
      .fixes = {Unsafe("run it unprivileged",
                       "what needs a capability or a device fails until that one is added",
                       {Remove(container.privileged.whole)})}};
  if (container.cap_drop.IsKnown() && container.cap_drop.whole.IsValid())
    finding.labels.push_back({container.cap_drop.whole, "void: every capability is there again"});
  const auto seccomp = model::FindSecurityOption(container, "seccomp");
  if (seccomp.present && seccomp.value != "unconfined") {
    finding.labels.push_back({PlaceOf(container.security_opt.items[seccomp.index], container),
                              "older engines ignore it here"});
  }
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kPrivileged{
    .info =
        {.id = "privileged",
         .title = "container runs privileged",
         .why = "root inside mounts the host's disks and loads kernel modules: it is root on the "
                "host",
         .rationale =
             "A privileged container has every capability and every device of the host, no seccomp "
             "filter, no AppArmor profile and no masked paths, and writable /sys and control "
             "groups. Dropping capabilities beside it has no effect. A seccomp profile that is "
             "named "
             "by its file is ignored by Docker 20.10 and still by 25.0.2, and applied by 28.5 and "
             "by podman.\n\n"
             "The user, no-new-privileges, a read-only root and the network `none` stay, but root "
             "inside undoes the read-only mounts with one remount and raises its own limits. In "
             "rootless podman it gives no more than its caller has.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.5",
                        "Docker documentation, docker container run, Escalate container privileges",
                        "moby issues 47499 and 47500", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.5"},
         .bad = "docker run --privileged --cap-drop ALL alpine:3.22\n",
         .good = "docker run --cap-drop ALL --cap-add NET_ADMIN alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
