#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(
      judgement, "take `init_module`, `finit_module` and `delete_module` out of what is allowed",
      report);
}

}  // namespace

extern const Rule kSeccompAllowsKernelModules{
    .info =
        {.id = "seccomp-allows-kernel-modules",
         .title = "seccomp profile lets kernel modules be loaded",
         .why = "code in the kernel is outside of every container",
         .rationale =
             "A module that is loaded in a container runs in the one kernel that the host has. "
             "The kernel asks for CAP_SYS_MODULE of the host, which no engine gives by default. "
             "The finding is given for containers alone that have the capability.",
         .references = {"init_module(2), delete_module(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"(docker run --cap-add SYS_MODULE --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "init_module", "finit_module", "delete_module"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "init_module", "finit_module", "delete_module"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .example_name = "run.sh",
         .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
