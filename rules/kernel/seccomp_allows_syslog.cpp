#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `syslog` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsSyslog{
    .info =
        {.id = "seccomp-allows-syslog",
         .title = "seccomp profile allows `syslog`",
         .why = "the kernel's log tells of the host's devices, file systems and other containers, "
                "and sometimes the addresses that an escalation needs",
         .rationale =
             "There is one log for the host and all containers. With `kernel.dmesg_restrict` 1, "
             "as Debian and others set it, reading asks for CAP_SYSLOG; with 0, the kernel's own "
             "default, anybody may. No container setting changes that. It is the system call of "
             "that name, not the function of the C library, which writes to a socket. Docker's "
             "profile opens it for CAP_SYSLOG or CAP_SYS_ADMIN, podman's for everybody.",
         .references = {"syslog(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "syslog"], "action": "SCMP_ACT_ALLOW"}]
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
