#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(
      judgement, "allow `personality` for the values 0, 8, 131072, 131080 and 4294967295 alone",
      report);
}

}  // namespace

extern const Rule kSeccompAllowsPersonality{
    .info = {.id = "seccomp-allows-personality",
             .title = "seccomp profile lets memory protection be turned off",
             .why = "fixed addresses and memory that is writable and executable make every flaw of "
                    "another program easier to use",
             .rationale =
                 "ADDR_NO_RANDOMIZE, READ_IMPLIES_EXEC, MMAP_PAGE_ZERO and ADDR_COMPAT_LAYOUT are "
                 "handed on to programs that are started, and weaken them. Docker's profile allows "
                 "five values that do not: plain Linux, Linux on 32 bit, both as an old uname, and "
                 "the question for the current value. Debuggers ask for ADDR_NO_RANDOMIZE.",
             .references = {"personality(2)", "moby, profiles/seccomp/default.json"},
             .cis = {},
             .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "personality"], "action": "SCMP_ACT_ALLOW"}]
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
