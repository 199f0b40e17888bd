#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

Weight WeightOf(seccomp::Effect effect) {
  switch (effect) {
    case seccomp::Effect::kOpens:
      return Weight::kAsPolicy;
    case seccomp::Effect::kCloses:
      return Weight::kAtMostWarning;
    case seccomp::Effect::kNothing:
      break;
  }
  return Weight::kAtMostInfo;
}

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  for (seccomp::Flaw& flaw : seccomp::ShadowedRules(judgement))
    report.Add({.span = flaw.span,
                .message = std::move(flaw.message),
                .help = std::move(flaw.help),
                .labels = std::move(flaw.labels),
                .weight = WeightOf(flaw.effect)});
}

}  // namespace

extern const Rule kSeccompShadowedRule{
    .info =
        {.id = "seccomp-shadowed-rule",
         .title = "entry of a seccomp profile has no effect",
         .why = "what the profile denies on paper can be called",
         .rationale =
             "No action goes before another within a profile. The first entry without conditions "
             "decides a call, whatever stands before or behind it: neither do denials win, nor "
             "does the last word. An entry whose action is that of the default (with the same "
             "error number) never reaches the kernel, since runc and crun drop it: a denial that "
             "repeats the default does not close what another entry opens. Several conditions on "
             "one argument of an entry are alternatives, so that `GE 2` and `LE 3` together hold "
             "always. For SCMP_CMP_MASKED_EQ `value` is the mask and `valueTwo` what is compared; "
             "the other way round a mask of 0 is met by every argument. Entries whose `includes` "
             "and `excludes` do not hold for the container are left alone. Where nothing is let "
             "through by the mistake the finding is a warning, or only information.",
         .references = {"seccomp_rule_add(3)",
                        "opencontainers/runc, libcontainer/seccomp/seccomp_linux.go",
                        "crun, src/libcrun/seccomp.c"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["read", "keyctl"], "action": "SCMP_ACT_ALLOW"},
    {"names": ["keyctl"], "action": "SCMP_ACT_ERRNO"}
  ]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["read"], "action": "SCMP_ACT_ALLOW"}
  ]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
