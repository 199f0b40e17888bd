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
  for (seccomp::Flaw& flaw : seccomp::IgnoredFields(judgement))
    report.Add({.span = flaw.span,
                .message = std::move(flaw.message),
                .help = std::move(flaw.help),
                .labels = std::move(flaw.labels),
                .weight = WeightOf(flaw.effect)});
}

}  // namespace

extern const Rule kSeccompIgnoredField{
    .info =
        {.id = "seccomp-ignored-field",
         .title = "part of a seccomp profile is ignored",
         .why = "a condition that nobody reads limits nothing: the call is open with any "
                "arguments, or without the capability",
         .rationale =
             "Docker, podman and containerd decode profiles with a reader that passes over keys it "
             "does not know: `arg` for `args` leaves an entry without conditions. Keys count in "
             "any case, and of a key that is given twice the last one. What is known depends on "
             "the engine. containerd, and with it nerdctl and Kubernetes, reads the form of the "
             "OCI runtime specification, which has no `includes`, `excludes`, `archMap` and no "
             "single `name`: with the default profile of Docker every conditional entry holds "
             "there, and `mount`, `bpf` and `unshare` are open to everybody. podman does not know "
             "`minKernel`, so that the entry holds on every kernel; Docker does not know `errno` "
             "and `defaultErrno`. What changes nothing is reported as information: a remark under "
             "a key of its own, another case, a condition that holds anyway.",
         .references = {"moby, profiles/seccomp/seccomp_linux.go", "containers-common, pkg/seccomp",
                        "containerd, contrib/seccomp/seccomp.go", "Go, encoding/json"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["personality"], "action": "SCMP_ACT_ALLOW",
     "arg": [{"index": 0, "value": 0, "op": "SCMP_CMP_EQ"}]}
  ]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["personality"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 0, "op": "SCMP_CMP_EQ"}]}
  ]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
