#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement,
                        "take `uselib`, `vm86`, `vm86old`, `ustat`, `sysfs`, `nfsservctl` and "
                        "`lookup_dcookie` out of what is allowed",
                        report);
}

}  // namespace

extern const Rule kSeccompAllowsObsolete{
    .info = {.id = "seccomp-allows-obsolete",
             .title = "seccomp profile allows obsolete calls",
             .why =
                 "code that nobody uses is code that nobody looks after, and a way into the kernel "
                 "all the same",
             .rationale =
                 "`uselib` and `vm86` had escalations and are built into kernels still; `ustat`, "
                 "`sysfs` and `nfsservctl` are named by old profiles and give little, so they are "
                 "information. No C library offers any of them. `lookup_dcookie` asks for "
                 "CAP_SYS_ADMIN and went with Linux 6.6.",
             .references = {"uselib(2), vm86(2), ustat(2), sysfs(2), lookup_dcookie(2)",
                            "moby, profiles/seccomp/default.json", "CVE-2004-1235"},
             .cis = {},
             .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "uselib", "ustat"], "action": "SCMP_ACT_ALLOW"}]
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
