#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `iopl` and `ioperm` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsPortIo{
    .info =
        {.id = "seccomp-allows-port-io",
         .title = "seccomp profile allows direct access to I/O ports",
         .why = "the program talks to the host's disk and bus controllers itself, past the kernel",
         .rationale =
             "`iopl` and `ioperm` let a program on x86 use the instructions for I/O ports. The "
             "kernel asks for CAP_SYS_RAWIO, and refuses where it is locked down. The finding is "
             "given for containers alone that have the capability.",
         .references = {"iopl(2), ioperm(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"(docker run --cap-add SYS_RAWIO --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "iopl", "ioperm"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "iopl", "ioperm"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .example_name = "run.sh",
         .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
