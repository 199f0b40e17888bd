#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  const seccomp::Loaded loaded = seccomp::LoadProfile(*judgement.profile, judgement.environment);
  if (loaded.load != seccomp::Load::kError) return;
  report.Add({.span = loaded.place, .message = "the profile does not load: " + loaded.reason});
}

}  // namespace

extern const Rule kSeccompInvalidProfile{
    .info =
        {.id = "seccomp-invalid-profile",
         .title = "seccomp profile does not load",
         .why = "the container does not start with it, and whoever needs the container will run it "
                "without",
         .rationale =
             "The engine decodes the profile and resolves its conditions, the runtime turns it "
             "into "
             "rules, and libseccomp combines these. Each of them refuses what it does not know: an "
             "action, an operator or an architecture, a number of the wrong kind, `architectures` "
             "beside `archMap`, `name` beside `names`, a kernel version that is not of the form "
             "5.10, one condition with two actions. Nothing else can be said of such a profile.",
         .references = {"moby, profiles/seccomp/seccomp_linux.go",
                        "opencontainers/runc, libcontainer/seccomp/config.go"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_DENY",
  "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
