#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(judgement, "take `fanotify_init` out of what is allowed", report);
}

}  // namespace

extern const Rule kSeccompAllowsFanotify{
    .info =
        {.id = "seccomp-allows-fanotify",
         .title = "seccomp profile allows `fanotify_init`",
         .why =
             "accesses to files on whole mounts and file systems of the host are seen, and can be "
             "held up or refused",
         .rationale =
             "A group that is made with CAP_SYS_ADMIN may watch file systems and answer for the "
             "kernel whether a file may be opened, for every process that comes by. Without it "
             "(since Linux 5.13) a process can watch files that it may read anyway, which is what "
             "`inotify` gives: that is no finding. podman's default allows the call.",
         .references = {"fanotify_init(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"(docker run --cap-add SYS_ADMIN --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "fanotify_init"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .good = R"(docker run --cap-drop ALL --security-opt seccomp=p.json alpine

# --- p.json
{"defaultAction": "SCMP_ACT_ERRNO",
 "syscalls": [{"names": ["read", "fanotify_init"], "action": "SCMP_ACT_ALLOW"}]}
)",
         .example_name = "run.sh",
         .fix = Fixable::kUnsafe},
    .on_profile = Check,
};

}  // namespace cagelint::rules
