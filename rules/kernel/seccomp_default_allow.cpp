#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  const model::SeccompProfile& profile = *judgement.profile;
  constexpr std::string_view kHelp =
      "deny by default (`SCMP_ACT_ERRNO`) and name what is needed, as the profile of Docker does";
  if (seccomp::LoadProfile(judgement).load == seccomp::Load::kDisabled) {
    report.Add({.span = profile.anchor,
                .message = "the profile has no default action and no entry, and so switches "
                           "seccomp off",
                .help = std::string(kHelp)});
    return;
  }
  const std::string& action = profile.default_action.text;
  for (const std::string_view open : {"ALLOW", "LOG", "TRACE", "NOTIFY"})
    if (action == "SCMP_ACT_" + std::string(open))
      report.Add({.span = profile.default_action.span,
                  .message = "every call that no entry names is answered with `" + action + "`",
                  .help = std::string(kHelp)});
}

}  // namespace

extern const Rule kSeccompDefaultAllow{
    .info =
        {.id = "seccomp-default-allow",
         .title = "seccomp profile is a list of what is denied",
         .why = "whatever the list forgets is open, and so is every call that a newer kernel adds",
         .rationale =
             "The default action answers all calls that no entry names. With SCMP_ACT_ALLOW or "
             "SCMP_ACT_LOG they are made; with SCMP_ACT_TRACE a tracer decides, which can be the "
             "program itself; with SCMP_ACT_NOTIFY a supervisor outside does. A list of denials is "
             "complete for the kernel of its day only, and a name in it that the runtime does not "
             "know is passed over without a word. A profile with neither a default action nor an "
             "entry is taken as none at all: the container runs unconfined.",
         .references = {"seccomp(2)", "opencontainers/runtime-spec, config-linux.md, Seccomp"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ALLOW",
  "syscalls": [{"names": ["reboot"], "action": "SCMP_ACT_ERRNO"}]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
