#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `open_by_handle_at` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsOpenByHandleAt{
    .info =
        {.id = "seccomp-allows-open-by-handle-at",
         .title = "seccomp profile allows `open_by_handle_at`",
         .why = "with a folder of the host mounted, every file of that file system can be opened, "
                "mounted or not",
         .rationale =
             "The call opens a file by its number on the file system, without a path. A bind "
             "mount hides what lies beside it only from paths: numbers can be tried out one after "
             "the other, and 2 is the root folder of many file systems. The kernel asks for "
             "CAP_DAC_READ_SEARCH. The finding is given for containers alone that have the "
             "capability. Containers of the first Docker releases had the capability and were "
             "left this way (\"shocker\").",
         .references = {"open_by_handle_at(2)", "moby, profiles/seccomp/default.json",
                        "CVE-2014-3519"},
         .cis = {},
         .bad = R"(docker run --cap-add DAC_READ_SEARCH --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "open_by_handle_at"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "open_by_handle_at"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .example_name = "run.sh",
         .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
