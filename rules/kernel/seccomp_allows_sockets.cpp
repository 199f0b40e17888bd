#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  engine::ReportDangers(
      judgement,
      "allow `socket` for the families that are needed (`SCMP_CMP_EQ` 1, 2, 10, 16), "
      "instead of all or all but some",
      report);
}

}  // namespace

extern const Rule kSeccompAllowsSockets{
    .info =
        {.id = "seccomp-allows-sockets",
         .title = "seccomp profile allows sockets that leave the container",
         .why = "AF_VSOCK knows no network namespace: with `--network none` the program still "
                "reaches the hypervisor",
         .rationale =
             "`--network none` takes away interfaces, and AF_VSOCK needs none: on a virtual "
             "machine it reaches services of the host below. AF_ALG hands data to the kernel's "
             "cryptography, which had escalations. AF_PACKET stays in the container's own network "
             "and asks for CAP_NET_RAW, which Docker gives by default: that is information. "
             "Docker's profile denies AF_VSOCK since 23.0 and AF_ALG since 29.4.2; podman's "
             "allows AF_ALG.\n\n"
             "The family is an `int`, of which the kernel takes the lower half alone while a "
             "filter compares 64 bits: `seccomp-argument-bypass` speaks of that.",
         .references = {"vsock(7), packet(7)", "moby, profiles/seccomp/default.json",
                        "CVE-2021-26708", "CVE-2019-8912", "CVE-2020-14386"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 40, "op": "SCMP_CMP_NE"}]}
  ]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [
    {"names": ["socket"], "action": "SCMP_ACT_ALLOW",
     "args": [{"index": 0, "value": 2, "op": "SCMP_CMP_EQ"}]}
  ]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
