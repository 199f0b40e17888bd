#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `kexec_load` and `kexec_file_load` out of what is allowed",
                        report);
}

}  // namespace

extern const Rule kSeccompAllowsKexec{
    .info = {.id = "seccomp-allows-kexec",
             .title = "seccomp profile lets another kernel be loaded",
             .why = "whoever loads the next kernel owns the host",
             .rationale =
                 "`kexec_load` and `kexec_file_load` put a kernel into memory that a later reboot "
                 "starts. The kernel asks for CAP_SYS_BOOT of the host. The finding is given for "
                 "containers alone that have the capability. No engine's default allows the calls, "
                 "whatever the capabilities.",
             .references = {"kexec_load(2)", "moby, profiles/seccomp/default.json"},
             .cis = {},
             .bad = R"(docker run --cap-add SYS_BOOT --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "kexec_load", "kexec_file_load"], "action": "SCMP_ACT_ALLOW"}]}
)",
             .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "kexec_load", "kexec_file_load"], "action": "SCMP_ACT_ALLOW"}]}
)",
             .example_name = "run.sh",
             .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
