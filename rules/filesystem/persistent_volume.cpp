#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !item.value.type.Is("volume") || item.value.IsBind()) continue;
    if (!item.value.source.IsKnown() || item.value.source.value.empty()) continue;
    // A driver of its own says what it is: `disguised-bind`, or a plugin.
    if (!item.value.driver_options.empty()) continue;
    if (model::Writable(item.value) != Tri::kYes) continue;
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = "volume `" + item.value.source.value +
                           "` carries what is written from one run to the next",
                .help = "mount it read-only, use a tmpfs, or remove the volume after each run"});
  }
}

}  // namespace

extern const Rule kPersistentVolume{
    .info =
        {.id = "persistent-volume",
         .title = "a named volume outlives the container",
         .why = "what the program inside plants there is run by the next session",
         .rationale =
             "A named volume is writable and executable also under a read-only root, has no size, "
             "and stays when the container goes, with `--rm` as well: that removes anonymous "
             "volumes only. A cache of packages, a virtual environment or a home in a volume is "
             "where hostile code waits for the next run.\n\n"
             "Not reported where the volume is mounted read-only.",
         .references = {"Docker documentation, Volumes",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --rm -v cache:/home/agent/.cache alpine:3.22\n",
         .good = "docker run --rm -v cache:/home/agent/.cache:ro alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
