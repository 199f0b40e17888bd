#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `acct` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsAcct{
    .info = {.id = "seccomp-allows-acct",
             .title = "seccomp profile allows `acct`",
             .why = "a record of every process that ends, or the end of such a record, is worth "
                    "something to who hides",
             .rationale =
                 "Process accounting belongs to a process namespace; with the host's it is the "
                 "host's. The kernel asks for CAP_SYS_PACCT. The finding is given for containers "
                 "alone that have the capability.",
             .references = {"acct(2)", "moby, profiles/seccomp/default.json"},
             .cis = {},
             .bad = R"(docker run --cap-add SYS_PACCT --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "acct"], "action": "SCMP_ACT_ALLOW"}]}
)",
             .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "acct"], "action": "SCMP_ACT_ALLOW"}]}
)",
             .example_name = "run.sh",
             .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
