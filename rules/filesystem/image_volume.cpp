#include <set>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.read_only.Is(true) || !container.build.IsKnown()) return;
  if (container.mounts.HasUnknown()) return;
  std::set<std::string> mounted;
  for (const auto& item : container.mounts.items)
    if (item.value.target.IsKnown()) mounted.insert(base::CleanPath(item.value.target.value));
  for (const auto& volume : container.build.value.volumes) {
    const std::string path = base::CleanPath(volume.value);
    if (mounted.contains(path)) continue;
    const model::Place place = PlaceOf(volume, container);
    report.Add({.span = PlaceOf(container.read_only, container),
                .message = "`" + path + "` stays writable: it is a volume of the image",
                .help = "cover it with a tmpfs or a read-only volume",
                .labels = {{place, "the image's volume"}}});
  }
}

}  // namespace

extern const Rule kImageVolume{
    .info =
        {.id = "image-volume",
         .title = "a volume of the image is writable under a read-only root",
         .why = "the program inside writes and runs what it likes there, on the host's disk",
         .rationale =
             "For every `VOLUME` of an image the engine makes an anonymous volume: writable, "
             "executable and without a size, whatever `--read-only` says of the root. A mount of "
             "your own at the same place replaces it.\n\n"
             "Known only where a compose file builds the image from a Dockerfile that is here.",
         .references = {"Docker documentation, Dockerfile reference, VOLUME",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "services:\n  agent:\n    read_only: true\n    build:\n      dockerfile_inline: "
                "|\n        FROM alpine:3.22\n        VOLUME /data\n",
         .good =
             "services:\n  agent:\n    read_only: true\n    build:\n      dockerfile_inline: "
             "|\n        FROM alpine:3.22\n        VOLUME /data\n    tmpfs: [\"/data:size=64m\"]"
             "\n",
         .example_name = "compose.yaml"},
    .on_container = Check,
};

}  // namespace cagelint::rules
