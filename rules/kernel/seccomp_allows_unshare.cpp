#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `unshare` and `setns` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsUnshare{
    .info =
        {.id = "seccomp-allows-unshare",
         .title = "seccomp profile lets `unshare` or `setns` change namespaces",
         .why = "`unshare(CLONE_NEWUSER)` makes the program root in a namespace of its own, with "
                "every capability there",
         .rationale =
             "`unshare` puts the calling process itself into new namespaces; for a user namespace "
             "it "
             "needs no privilege. Root in there can mount file systems and configure a network, "
             "which opens the kernel code in which most of the recent escalations were found, and "
             "a "
             "new cgroup namespace was the way to the release_agent escape. `setns` enters a "
             "namespace through a file descriptor: one that leaks in from the host is a way out. "
             "Docker's profile denies both unless the container has CAP_SYS_ADMIN, that of podman "
             "allows both. Denying `unshare` while `clone` may ask for namespaces denies nothing.",
         .references = {"unshare(2), setns(2), user_namespaces(7)",
                        "moby, profiles/seccomp/default.json", "CVE-2022-0185", "CVE-2022-0492"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "unshare"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .example_name = "seccomp.json",
         .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
