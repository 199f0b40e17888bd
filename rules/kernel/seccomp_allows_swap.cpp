#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `swapon` and `swapoff` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsSwap{
    .info =
        {.id = "seccomp-allows-swap",
         .title = "seccomp profile lets swap space be changed",
         .why =
             "the memory of other containers and of the host can be made to go through a file of "
             "the program's choice",
         .rationale =
             "Swap space is the host's. Taking it away can bring the host out of memory, and a "
             "file that is given as swap space holds what others had in memory. The kernel asks "
             "for CAP_SYS_ADMIN. The finding is given for containers alone that have the "
             "capability. No engine's default allows the calls.",
         .references = {"swapon(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"(docker run --cap-add SYS_ADMIN --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "swapon", "swapoff"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "swapon", "swapoff"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .example_name = "run.sh",
         .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
