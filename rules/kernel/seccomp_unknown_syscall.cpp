#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  for (seccomp::Flaw& flaw : seccomp::UnknownCalls(judgement))
    report.Add({.span = flaw.span,
                .message = std::move(flaw.message),
                .help = std::move(flaw.help),
                .labels = std::move(flaw.labels),
                .weight = flaw.effect == seccomp::Effect::kNothing ? Weight::kAtMostInfo
                                                                   : Weight::kAsPolicy});
}

}  // namespace

extern const Rule kSeccompUnknownSyscall{
    .info = {.id = "seccomp-unknown-syscall",
             .title = "seccomp profile names a system call that does not exist",
             .why =
                 "the runtime passes over the name, and what was to be denied by it can be called",
             .rationale =
                 "runc and crun ask libseccomp for the number of each name, and leave out those "
                 "that it does not know, without a word. In a list of what is denied the call "
                 "stays open; in a list of what is allowed it stays denied, and the program that "
                 "needs it fails. Known are the calls of all architectures, those that only a "
                 "newer libseccomp knows, and some that Linux has and libseccomp does not. A name "
                 "that is near none of them may be a call of a newer kernel: in a list of what is "
                 "allowed that is information only.",
             .references = {"seccomp_syscall_resolve_name(3)",
                            "opencontainers/runc, libcontainer/seccomp/seccomp_linux.go"},
             .cis = {},
             .bad = R"({
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [{"names": ["ketctl", "reboot"], "action": "SCMP_ACT_ERRNO"}]
}
)",
             .good = R"({
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [{"names": ["keyctl", "reboot"], "action": "SCMP_ACT_ERRNO"}]
}
)",
             .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
