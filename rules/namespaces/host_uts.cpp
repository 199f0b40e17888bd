#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// sethostname(2) asks for CAP_SYS_ADMIN; without it the host's names can only be read.
bool MayRename(const Container& container) {
  const auto& capabilities = container.effective.capabilities;
  if (!capabilities) return false;
  return std::any_of(capabilities->begin(), capabilities->end(), [](const std::string& name) {
    return name == "ALL" || name == "CAP_SYS_ADMIN";
  });
}

void Check(const Container& container, Reporter& report) {
  if (!container.uts.Is("host")) return;
  report.Add({.span = PlaceOf(container.uts, container),
              .message = MayRename(container)
                             ? "shares the host's name, and may change it: it has SYS_ADMIN"
                             : "shares the host's name: it can be read, not changed",
              .help = "leave it out",
              .fixes = {Unsafe("give it a name of its own", "it no longer knows the host's name",
                               {Remove(container.uts.whole)})}});
}

}  // namespace

extern const Rule kHostUts{
    .info = {.id = "host-uts",
             .title = "container shares the host's name",
             .why = "the program inside learns the host's name, and with SYS_ADMIN changes it",
             .rationale =
                 "The UTS namespace holds the host name and the NIS domain name. To change them "
                 "the kernel wants CAP_SYS_ADMIN: without it the program can only read them, and "
                 "with it the host is renamed. `--hostname` beside it is refused.",
             .references = {"CIS Docker Benchmark 1.6.0, 5.21", "uts_namespaces(7)",
                            "run on Docker Engine 20.10.24 and 28.5.2"},
             .cis = {"5.21"},
             .bad = "docker run --uts host alpine:3.22\n",
             .good = "docker run --hostname agent alpine:3.22\n",
             .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
