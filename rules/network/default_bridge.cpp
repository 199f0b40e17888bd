#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  // podman's default network is another one.
  if (container.engine == model::Engine::kPodman) return;
  const auto& mode = container.network_mode;
  const bool named = mode.Is("bridge") || mode.Is("default");
  const bool unsaid = !container.IsCompose() && mode.IsAbsent() && container.networks.IsAbsent();
  if (!named && !unsaid) return;
  report.Add({.span = PlaceOf(mode, container),
              .message = "is on the engine's default bridge, with all others there",
              .help = "make a network for what belongs together, or use " +
                      Spelling(container, "network_mode", "none")});
}

}  // namespace

extern const Rule kDefaultBridge{
    .info = {.id = "default-bridge",
             .title = "container is on the engine's default bridge",
             .why = "the program inside reaches every other container that says nothing either",
             .rationale =
                 "`docker0`, the default bridge, connects all containers for which no network is "
                 "named. "
                 "They reach each other's ports whether or not these are published. A network of "
                 "their own parts them. Against hostile code that is little: it still reaches the "
                 "internet and the host, which is `network-access`.\n\n"
                 "A compose project has a network of its own unless `network_mode` says otherwise.",
             .references = {"CIS Docker Benchmark 1.6.0, 5.30",
                            "Docker documentation, Bridge network driver"},
             .cis = {"5.30"},
             .bad = "docker run --network bridge alpine:3.22\n",
             .good = "docker run --network app alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
