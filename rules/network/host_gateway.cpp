#include <algorithm>
#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// Names under which engines and their desktop programs have the host.
constexpr std::array<std::string_view, 3> kHostNames{
    "host.docker.internal", "host.containers.internal", "gateway.docker.internal"};

bool IsHost(std::string_view entry) {
  const std::size_t colon = entry.find(':');
  if (colon == std::string_view::npos) return false;
  if (entry.substr(colon + 1) == "host-gateway") return true;
  return std::find(kHostNames.begin(), kHostNames.end(), entry.substr(0, colon)) !=
         kHostNames.end();
}

void Check(const Container& container, Reporter& report) {
  const model::NetworkKind network = container.effective.network;
  const bool is_sure = network == model::NetworkKind::kOutside;
  if (!is_sure && network != model::NetworkKind::kUnknown) return;
  for (const auto& item : container.extra_hosts.items) {
    if (!item.IsKnown() || !IsHost(item.value)) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = "`" + item.value.substr(0, item.value.find(':')) +
                           "` is a name for the host inside",
                .help = "leave it out, and give the program the one service that it needs as a "
                        "container",
                .fixes = {Unsafe("leave the name out",
                                 "what the program reached by it must be a container",
                                 {Remove(item.whole)})},
                .weight = is_sure ? Weight::kAsPolicy : Weight::kAtMostInfo});
  }
}

}  // namespace

extern const Rule kHostGateway{
    .info =
        {.id = "host-gateway",
         .title = "the host has a name inside the container",
         .why = "the program inside is shown the way to the services of the host",
         .rationale =
             "`host-gateway` becomes an address of the host, as a rule that of the default bridge. "
             "What listens there or on every address of the host, and is meant for programs of the "
             "host, is then a call by name away: databases, model servers, an engine's API. The "
             "address can be found without the name too; the entry says that somebody uses it.\n\n"
             "Not reported with the network `none`, where nothing can be reached, with `host`, "
             "which is a finding of its own, and on internal networks.",
         .references = {"Docker documentation, docker container run, --add-host",
                        "podman-run(1), --add-host"},
         .cis = {},
         .bad = "docker run --add-host host.docker.internal:host-gateway alpine:3.22\n",
         .good = "docker run --add-host registry.example:192.0.2.7 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
