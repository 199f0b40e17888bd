#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `chroot` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsChroot{
    .info =
        {.id = "seccomp-allows-chroot",
         .title = "seccomp profile allows `chroot`",
         .why =
             "programs that look files up by absolute paths are led elsewhere, and a file that is "
             "open outside leads out of such a root again",
         .rationale =
             "A container's own root was changed by `pivot_root`, which `chroot` does not undo: "
             "this is no way out by itself. It gives a hostile program a root of its making for "
             "set-user-id programs and for what is run in it later. The kernel asks for "
             "CAP_SYS_CHROOT, which the engines give by default; drop it, and the finding is "
             "gone.",
         .references = {"chroot(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "chroot"], "action": "SCMP_ACT_ALLOW"}]
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
