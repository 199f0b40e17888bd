#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement,
                        "allow `clone` where `(arg0 & 0x7e020000) == 0` alone "
                        "(`SCMP_CMP_MASKED_EQ`, value 2114060288, valueTwo 0), and answer `clone3` "
                        "with `SCMP_ACT_ERRNO` and errnoRet 38",
                        report);
}

}  // namespace

extern const Rule kSeccompAllowsClone{
    .info =
        {.id = "seccomp-allows-clone",
         .title = "seccomp profile lets `clone` or `clone3` make namespaces",
         .why = "in a user namespace of its own the program is root, and reaches kernel code that "
                "was never meant for it",
         .rationale =
             "A process may make a user namespace without any privilege. In it, it has every "
             "capability, and with them mount, netfilter and other parts of the kernel in which "
             "most of the recent privilege escalations were found. `clone` also starts every "
             "thread "
             "and process, so it cannot be denied: what is denied are the flags that ask for a "
             "namespace, all seven of them. Profiles from before Docker 20.10 let CLONE_NEWCGROUP "
             "through. `clone3` takes its flags behind a pointer, where no filter can read them: "
             "it "
             "must be answered with ENOSYS, so that the C library falls back to `clone` (with "
             "another error, programs built with glibc 2.34 or later do not start). Docker's own "
             "profile does both, as long as the container lacks CAP_SYS_ADMIN; that of podman "
             "allows both calls.",
         .references = {"clone(2), user_namespaces(7)", "moby, profiles/seccomp/default.json",
                        "CVE-2022-0185"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["clone"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["clone"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 2114060288, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]},
    {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}
  ]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
