#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(
      judgement, "take `keyctl`, `add_key` and `request_key` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsKeyctl{
    .info =
        {.id = "seccomp-allows-keyctl",
         .title = "seccomp profile allows the calls of the kernel's keyrings",
         .why = "keyrings belong to a user id, not to a container: keys of the host and of other "
                "containers come within reach",
         .rationale =
             "The kernel keeps keys and tokens (Kerberos tickets, keys of encrypted file systems) "
             "in "
             "keyrings. The keyring of a user is found by the user's number, which is the same "
             "inside and outside unless user namespaces are used, so a container sees what the "
             "same "
             "number holds elsewhere. The calls need no capability, and they had escalations of "
             "their own. Docker's profile denies all three whatever the capabilities; that of "
             "podman allows `keyctl` since 2021.",
         .references = {"keyctl(2), keyrings(7)", "moby, profiles/seccomp/default.json",
                        "CVE-2016-0728"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["keyctl", "read"], "action": "SCMP_ACT_ALLOW"}]
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
