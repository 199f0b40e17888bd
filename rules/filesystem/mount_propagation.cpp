#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// mount(2) asks for CAP_SYS_ADMIN.
Tri MayMount(const Container& container) {
  const auto& capabilities = container.effective.capabilities;
  if (!capabilities) return Tri::kUnknown;
  const bool may = std::any_of(capabilities->begin(), capabilities->end(), [](const auto& name) {
    return name == "ALL" || name == "CAP_SYS_ADMIN";
  });
  return may ? Tri::kYes : Tri::kNo;
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown()) continue;
    const auto& propagation = item.value.propagation;
    const bool shared = propagation.Is("shared") || propagation.Is("rshared");
    const bool slave = propagation.Is("slave") || propagation.Is("rslave");
    if (!shared && !slave) continue;
    const bool both = shared && MayMount(container) == Tri::kYes;
    report.Add({.span = PlaceOf(propagation, container),
                .message = both ? "what is mounted inside appears on the host, and the reverse"
                                : "what the host mounts below later appears inside",
                .help = "leave it out: `rprivate` is the default",
                .weight = both ? Weight::kAsPolicy : Weight::kAtMostWarning});
  }
}

}  // namespace

extern const Rule kMountPropagation{
    .info =
        {.id = "mount-propagation",
         .title = "mounts are shared with the host",
         .why = "a disk, a secret or another home that the host mounts later is there inside as "
                "well",
         .rationale =
             "With `shared` and `slave` alike, what the host mounts below the folder while the "
             "container runs becomes visible in it: a USB disk, an encrypted home, a secret. With "
             "`shared` and the capability SYS_ADMIN the container also mounts over folders of the "
             "host; without that capability `shared` is no more than `slave`, and a warning at "
             "most. `private`, the default, does neither.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.20", "mount_namespaces(7)",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.20"},
         .bad = "docker run -v /srv:/srv:ro,rshared alpine:3.22\n",
         .good = "docker run -v /srv:/srv:ro,rprivate alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
