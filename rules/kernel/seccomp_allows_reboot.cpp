#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `reboot` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsReboot{
    .info =
        {.id = "seccomp-allows-reboot",
         .title = "seccomp profile allows `reboot`",
         .why = "where the host's process namespace is joined the host goes down, and with another "
                "argument it starts a kernel that was loaded before",
         .rationale =
             "In a process namespace of its own the call ends the first process there, and with "
             "it the container. With `--pid host` it is the host's. The kernel asks for "
             "CAP_SYS_BOOT. The finding is given for containers alone that have the capability.",
         .references = {"reboot(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"(docker run --cap-add SYS_BOOT --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "reboot"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "reboot"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .example_name = "run.sh",
         .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
