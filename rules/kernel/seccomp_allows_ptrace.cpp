#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(
      judgement,
      "take `ptrace`, `process_vm_readv`, `process_vm_writev`, `pidfd_getfd` and `kcmp` "
      "out of what is allowed",
      report);
}

}  // namespace

extern const Rule kSeccompAllowsPtrace{
    .info =
        {.id = "seccomp-allows-ptrace",
         .title = "seccomp profile allows calls that look into other processes",
         .why =
             "a program that was started first gets the secrets of one that is started later, and "
             "acts in its place",
         .rationale =
             "With these calls a process reads and writes the memory of another one, steers it, "
             "or takes its open files. The kernel asks that both belong to the same user and that "
             "the other one is not marked otherwise; Yama's `kernel.yama.ptrace_scope` may limit "
             "it to children. In a container of one program they matter little, and debuggers "
             "need them. Where `exec` brings a second program in, or the process namespace is "
             "shared, they reach across.\n\n"
             "A filter does not hold against a tracer before Linux 4.8, which is why Docker's "
             "profile allows `ptrace` and `process_vm_*` on newer kernels only. `kcmp` only "
             "compares, and is information.",
         .references = {"ptrace(2), process_vm_readv(2), pidfd_getfd(2)",
                        "moby, profiles/seccomp/default.json", "CVE-2019-13272"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "ptrace"], "action": "SCMP_ACT_ALLOW"}]
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
