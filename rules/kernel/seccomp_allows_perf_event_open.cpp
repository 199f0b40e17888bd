#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `perf_event_open` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsPerfEventOpen{
    .info =
        {.id = "seccomp-allows-perf-event-open",
         .title = "seccomp profile allows `perf_event_open`",
         .why =
             "what the processor counts tells about the kernel and about other processes, and the "
             "call is a way into much of the kernel",
         .rationale =
             "How much an unprivileged program may watch is decided by "
             "`kernel.perf_event_paranoid` on the host: with 2, the usual value, its own "
             "processes; with less, the kernel and the whole machine. Debian and Ubuntu add a "
             "value that closes the call. The code behind it had escalations of its own. Docker's "
             "profile opens it for containers with CAP_PERFMON or CAP_SYS_ADMIN.",
         .references = {"perf_event_open(2)", "moby, profiles/seccomp/default.json",
                        "CVE-2013-2094"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "perf_event_open"], "action": "SCMP_ACT_ALLOW"}]
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
