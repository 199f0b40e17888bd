#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(
      judgement,
      "take `io_uring_setup`, `io_uring_enter` and `io_uring_register` out of what is "
      "allowed",
      report);
}

}  // namespace

extern const Rule kSeccompAllowsIoUring{
    .info =
        {.id = "seccomp-allows-io-uring",
         .title = "seccomp profile allows io_uring",
         .why =
             "operations of a ring are no system calls: the program opens files and sockets that "
             "the profile denies to it",
         .rationale =
             "A ring takes requests from memory (open, connect, send, rename and more) and the "
             "kernel carries them out by itself, without asking any filter. A profile that denies "
             "`socket` for some families, or `openat` for nobody, means nothing to it. It is also "
             "the part of the kernel with the most escalations of the last years. Docker's "
             "profile denies all three calls since 25.0, containerd's since 2.0; releases before "
             "allow them.",
         .references = {"io_uring(7), io_uring_setup(2)", "moby, profiles/seccomp/default.json",
                        "CVE-2022-29582", "CVE-2023-2598"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "io_uring_setup", "io_uring_enter"], "action": "SCMP_ACT_ALLOW"}]
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
