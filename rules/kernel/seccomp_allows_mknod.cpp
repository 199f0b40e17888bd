#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(
      judgement,
      "allow `mknod` where `(arg1 & 0x2000) == 0` and `mknodat` where `(arg2 & 0x2000) == "
      "0` (`SCMP_CMP_MASKED_EQ`, value 8192, valueTwo 0), or drop CAP_MKNOD",
      report);
}

}  // namespace

extern const Rule kSeccompAllowsMknod{
    .info =
        {.id = "seccomp-allows-mknod",
         .title = "seccomp profile lets device nodes be made",
         .why = "a node for the host's disk that is made in a mounted folder can be opened by "
                "whoever comes by outside of the container",
         .rationale =
             "The kernel asks for CAP_MKNOD, which Docker gives by default and podman does not. "
             "The device list of the container keeps the program itself from opening what is not "
             "on it, not others: on a bind mount without `nodev` the node is there for the host. "
             "Pipes, sockets and plain files are made by the same calls without the capability, "
             "and stay allowed: character and block devices have the bit 0x2000 in the mode.",
         .references = {"mknod(2)", "moby, profiles/seccomp/default.json"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "mknod"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["mknod"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 1, "value": 8192, "valueTwo": 0, "op": "SCMP_CMP_MASKED_EQ"}]}
  ]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
