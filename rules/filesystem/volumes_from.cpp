#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.volumes_from.items) {
    if (!item.IsKnown() || item.value.empty()) continue;
    const bool reads = item.value.ends_with(":ro");
    report.Add({.span = PlaceOf(item, container),
                .message = reads ? "gets every mount of another container, to be read"
                                 : "gets every mount of another container, writable where it is",
                .help = "mount what is needed by its own name, read-only",
                .fixes = {Unsafe("leave it out", "what the program read there is missing",
                                 {Remove(item.whole)})},
                .weight = reads ? Weight::kAtMostInfo : Weight::kAsPolicy});
  }
}

}  // namespace

extern const Rule kVolumesFrom{
    .info =
        {.id = "volumes-from",
         .title = "container gets the mounts of another one",
         .why = "what the other container may reach, the program inside reaches as well",
         .rationale =
             "All mounts of the other container appear at their places, binds of the host and "
             "volumes alike, writable where they are writable there. What that is does not stand "
             "in this configuration, and changes with the other one: a socket or a credential "
             "that is added there is here too.\n\n"
             "With `:ro` the mounts are read-only here, which a socket does not mind.",
         .references = {"Docker documentation, docker container run, --volumes-from",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --volumes-from builder alpine:3.22\n",
         .good = "docker run -v cache:/cache:ro alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
