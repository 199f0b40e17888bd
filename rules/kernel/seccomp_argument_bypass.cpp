#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  for (seccomp::Flaw& flaw : seccomp::ArgumentBypasses(judgement))
    report.Add({.span = flaw.span,
                .message = std::move(flaw.message),
                .help = std::move(flaw.help),
                .labels = std::move(flaw.labels)});
}

}  // namespace

extern const Rule kSeccompArgumentBypass{
    .info =
        {.id = "seccomp-argument-bypass",
         .title = "condition on an argument can be passed by",
         .why = "an argument that the filter has not thought of does what the profile denies",
         .rationale =
             "A filter compares 64 bits of an argument. Where the parameter is an `int`, the "
             "kernel reads the lower 32 of them (16 of a file mode): `socket` with 0x100000028 is "
             "not 40 for the filter, and AF_VSOCK for the kernel. Denials by SCMP_CMP_EQ are "
             "passed by in this way, and what is let through by SCMP_CMP_NE, GT or GE; the profile "
             "of Docker does so for AF_VSOCK. SCMP_CMP_MASKED_EQ with a mask of 0xffffffff "
             "compares what the kernel reads. The flags of `clone` and `unshare` are bits: whoever "
             "denies one value by SCMP_CMP_EQ lets the same flag through as soon as another one is "
             "added. Several conditions on one argument in one entry make all of its conditions "
             "alternatives. Each finding gives arguments that pass, found by running the filter. "
             "Lists of values that are let through by EQ have no such hole.",
         .references = {"seccomp_rule_add(3)", "include/linux/syscalls.h of Linux",
                        "libseccomp issue 383", "CVE-2019-10063"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 40, "op": "SCMP_CMP_NE"}]}
  ]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 4294967295, "valueTwo": 1, "op": "SCMP_CMP_MASKED_EQ"}]}
  ]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
