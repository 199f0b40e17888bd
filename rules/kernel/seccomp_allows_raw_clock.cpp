#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(
      judgement,
      "take `settimeofday`, `clock_settime`, `clock_settime64` and `stime` out of what is "
      "allowed",
      report);
}

}  // namespace

extern const Rule kSeccompAllowsRawClock{
    .info =
        {.id = "seccomp-allows-raw-clock",
         .title = "seccomp profile lets the clock be set",
         .why = "there is one clock for the host and all containers: certificates and tokens that "
                "ran out hold again, records lie",
         .rationale =
             "Time namespaces cover the monotonic clocks alone; the time of day belongs to the "
             "host. The kernel asks for CAP_SYS_TIME. The finding is given for containers alone "
             "that have the capability. `adjtimex` and `clock_adjtime` can also only be asked, "
             "and are left alone.",
         .references = {"settimeofday(2), clock_settime(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"(docker run --cap-add SYS_TIME --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "settimeofday", "clock_settime", "clock_settime64", "stime"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "settimeofday", "clock_settime", "clock_settime64", "stime"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .example_name = "run.sh",
         .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
