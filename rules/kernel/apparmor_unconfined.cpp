#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const auto option = model::FindSecurityOption(container, "apparmor");
  if (!option.present || option.unknown || option.value != "unconfined") return;
  report.Add({.span = PlaceOf(container.security_opt.items[option.index], container),
              .message = "no AppArmor profile confines the program",
              .help = "leave it out: the engine's own profile then applies",
              .fixes = {Unsafe("leave it out",
                               "what the engine's profile denies (mount, ptrace of others) fails",
                               {Remove(container.security_opt.items[option.index].whole)})}});
}

}  // namespace

extern const Rule kApparmorUnconfined{
    .info =
        {.id = "apparmor-unconfined",
         .title = "no AppArmor profile confines the container",
         .why = "mounting, and writing to /proc and /sys, are no longer denied by the host",
         .rationale =
             "Where the host has AppArmor the engine loads a profile of its own for containers. It "
             "denies mount, writing below /proc/sys and /sys, and tracing of programs outside, "
             "also to root and also beside capabilities that would allow it: it is what remains "
             "when another wall falls. `apparmor=unconfined` takes it away; on a host without "
             "AppArmor it has no effect.\n\n"
             "The last such option counts.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.2",
                        "Docker documentation, AppArmor security profiles for Docker"},
         .cis = {"5.2"},
         .bad = "docker run --security-opt apparmor=unconfined alpine:3.22\n",
         .good = "docker run --security-opt apparmor=docker-default alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
