#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement,
                        "take the mount calls out of what is allowed, all of them: each of the two "
                        "families does what the other does",
                        report);
}

}  // namespace

extern const Rule kSeccompAllowsMount{
    .info =
        {.id = "seccomp-allows-mount",
         .title = "seccomp profile allows calls that change mounts",
         .why = "with CAP_SYS_ADMIN, also that of a user namespace, read-only mounts become "
                "writable and what was mounted over comes to light",
         .rationale =
             "The kernel asks for CAP_SYS_ADMIN in the namespace that owns the mounts, and a "
             "process "
             "in a user namespace of its own has it. It can then mount file systems (the parsers "
             "of "
             "which are an old source of escalations), take the covers off masked paths, and make "
             "a "
             "cgroup file system writable. There are two families of calls: `mount`, `umount2` and "
             "`pivot_root`, and since Linux 5.2 `fsopen`, `fsconfig`, `fsmount`, `move_mount`, "
             "`open_tree` and further ones: a profile that denies the first family alone denies "
             "nothing. `umount` is a call of 32-bit programs; denying it does not deny `umount2`. "
             "Docker's profile denies all of them unless the container has CAP_SYS_ADMIN; that of "
             "podman allows most.",
         .references = {"mount(2), umount(2), pivot_root(2), mount_setattr(2)",
                        "moby, profiles/seccomp/default.json", "CVE-2022-0185", "CVE-2022-0492"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["mount", "umount2"], "action": "SCMP_ACT_ALLOW"}]
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
