#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `bpf` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsBpf{
    .info =
        {.id = "seccomp-allows-bpf",
         .title = "seccomp profile allows `bpf`",
         .why =
             "a program in the kernel reads and changes what other processes do, and the verifier "
             "that should hold it has been fooled often",
         .rationale =
             "The call loads programs into the kernel and makes the maps that they share. A "
             "program needs CAP_BPF for it, unless the host says otherwise: "
             "`kernel.unprivileged_bpf_disabled` is 0 on kernels that were built so, and then "
             "anybody may load programs for sockets. No container setting changes that, so what "
             "the profile says is what counts. Docker's profile opens the call for containers "
             "with CAP_BPF or CAP_SYS_ADMIN.",
         .references = {"bpf(2)", "moby, profiles/seccomp/default.json", "CVE-2021-3490",
                        "CVE-2022-23222"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "bpf"], "action": "SCMP_ACT_ALLOW"}]
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
