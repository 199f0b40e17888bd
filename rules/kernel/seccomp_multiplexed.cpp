#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  for (seccomp::Flaw& flaw : seccomp::MultiplexedCalls(judgement))
    report.Add(
        {.span = flaw.span,
         .message = std::move(flaw.message),
         .help =
             "take the other ABIs out of `archMap` or `architectures`, unless 32-bit programs are "
             "needed",
         .labels = std::move(flaw.labels)});
}

}  // namespace

extern const Rule kSeccompMultiplexed{
    .info =
        {.id = "seccomp-multiplexed",
         .title = "32-bit programs reach what the seccomp profile denies",
         .why = "a 32-bit program makes the call through `socketcall` or `ipc`, where the filter "
                "cannot see which it is",
         .rationale =
             "On x86, s390, mips and ppc the calls for sockets and System V IPC were one call "
             "each, `socketcall` and `ipc`, with the number of the real one as an argument and the "
             "real arguments behind a pointer. A filter does not see through the pointer. A "
             "profile that names `socketcall` lets all of them through, and an entry for `socket` "
             "with a condition lets `socketcall` make sockets of every family, since libseccomp "
             "adds the rule without the condition. This matters only where the profile lets such "
             "an ABI in: programs of an ABI that `archMap` or `architectures` does not have are "
             "killed. A 64-bit program can make calls of the 32-bit ABI itself, by `int 0x80`.",
         .references = {"socketcall(2), ipc(2)", "libseccomp, src/arch-x86.c"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "architectures": ["SCMP_ARCH_X86_64", "SCMP_ARCH_X86"],
  "syscalls": [
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]}
  ]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "architectures": ["SCMP_ARCH_X86_64"],
  "syscalls": [
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 1, "op": "SCMP_CMP_EQ"}]}
  ]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
