#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `userfaultfd` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsUserfaultfd{
    .info =
        {.id = "seccomp-allows-userfaultfd",
         .title = "seccomp profile allows `userfaultfd`",
         .why =
             "it stops the kernel for as long as the program likes, and so makes narrow races in "
             "the kernel easy to win",
         .rationale =
             "With `userfaultfd` a program handles page faults of its own memory. When the kernel "
             "copies from or to such memory, it waits for the program: a race that would need luck "
             "is won every time, which is why many kernel exploits begin with this call. Since "
             "Linux 5.11 faults inside the kernel can be caught only with CAP_SYS_PTRACE or where "
             "vm.unprivileged_userfaultfd is 1; older kernels and such hosts have no other guard. "
             "Neither Docker's profile nor podman's allows it, and few programs need it.",
         .references = {"userfaultfd(2)", "moby, profiles/seccomp/default.json",
                        "Linux, Documentation/admin-guide/mm/userfaultfd.rst"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "userfaultfd"], "action": "SCMP_ACT_ALLOW"}]
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
