#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::uint16_t kNoSuchCall = 38;
// A pointer and the size of the structure behind it.
constexpr std::uint64_t kArguments[] = {0x7f0000000000, 88};

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  const seccomp::Loaded loaded = seccomp::LoadProfile(judgement);
  if (loaded.filter == nullptr) return;
  // Where no thread can be made anyway, nothing is lost.
  if (seccomp::Openings(*loaded.filter, "clone").empty()) return;
  // That `clone3` can be made is a matter of `seccomp-allows-clone`.
  if (!seccomp::Openings(*loaded.filter, "clone3").empty()) return;
  const seccomp::Verdict verdict = seccomp::Decide(*loaded.filter, "", "clone3", kArguments);
  if (!verdict.exists || verdict.action.Opens() || !verdict.decided_by.IsValid()) return;
  if (verdict.action.kind == seccomp::ActionKind::kNotify) return;
  const bool answers = verdict.action.kind == seccomp::ActionKind::kErrno;
  if (answers && verdict.action.data == kNoSuchCall) return;
  const std::string what = "`" + seccomp::Name(verdict.action) + "`";
  report.Add(
      {.span = verdict.decided_by,
       .message = answers ? "`clone3` is answered with " + what +
                                ", and only ENOSYS (38) makes the C library take `clone`"
                          : "`clone3` is answered with " + what +
                                ", which ends the program that makes a thread",
       .help = "deny it with `\"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 38` in an entry of its "
               "own"});
}

}  // namespace

extern const Rule kSeccompClone3Errno{
    .info = {.id = "seccomp-clone3-errno",
             .title = "`clone3` is not denied as if it did not exist",
             .why = "programs of today cannot make threads, and whoever needs them will run "
                    "without the profile",
             .rationale =
                 "The flags of `clone3` stand behind a pointer, where no filter sees them, so that "
                 "a profile has to deny the call as a whole. glibc since 2.34 makes threads and "
                 "processes by `clone3`, and takes `clone` instead when the answer is ENOSYS; with "
                 "EPERM it gives up: `pthread_create` fails, and so do `system` and `posix_spawn`. "
                 "SCMP_ACT_KILL and SCMP_ACT_TRAP end the program. Docker before 20.10.10 answered "
                 "EPERM. runc by itself answers ENOSYS for calls that are newer than all that a "
                 "profile names, so that a profile whose newest name is older than `clone3` (Linux "
                 "5.3) is none of these; crun does not. Nothing is reported where `clone` is "
                 "denied as well.",
             .references = {"glibc 2.34, sysdeps/unix/sysv/linux/clone-internal.c",
                            "moby issue 42680",
                            "opencontainers/runc, libcontainer/seccomp/patchbpf"},
             .cis = {},
             .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "clone", "openat2"], "action": "SCMP_ACT_ALLOW"}]
}
)",
             .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["read", "clone", "openat2"], "action": "SCMP_ACT_ALLOW"},
    {"names": ["clone3"], "action": "SCMP_ACT_ERRNO", "errnoRet": 38}
  ]
}
)",
             .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
