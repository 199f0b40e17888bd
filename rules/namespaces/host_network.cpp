#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.effective.network != model::NetworkKind::kHost) return;
  model::Place place = PlaceOf(container.network_mode, container);
  for (std::size_t i = 0; i < container.effective.networks.size(); ++i)
    if (container.effective.networks[i] == model::NetworkKind::kHost)
      place = PlaceOf(container.networks.items[i], container);
  std::vector<model::Fix> fixes;
  // A command's options are in both; a service with both would be refused.
  if (report.Text(container.network_mode.value_span) == "host" &&
      container.networks.items.size() <= (container.IsCompose() ? 0U : 1U))
    fixes = {Unsafe("take the network away", "it reaches nothing, and nobody reaches it",
                    {Set("network_mode", "none")}),
             Unsafe("give it a network of its own", "its ports have to be published",
                    {Remove(container.network_mode.whole)})};
  report.Add(
      {.span = place,
       .message = "shares the host's network namespace",
       .help = "use " + Spelling(container, "network_mode", "none") + ", or a network of its own",
       .fixes = std::move(fixes)});
}

}  // namespace

extern const Rule kHostNetwork{
    .info = {.id = "host-network",
             .title = "container shares the host's network",
             .why = "the program inside reaches what listens on the host's loopback and its "
                    "abstract sockets",
             .rationale =
                 "With the host's network there is no border at all: services that trust "
                 "127.0.0.1, abstract unix sockets (containerd had one, CVE-2020-15257, D-Bus "
                 "and X11 may), the cloud's metadata service and every interface are in reach, "
                 "and ports that it opens are the host's. Read-only root, dropped capabilities "
                 "and an ordinary user do not change that.",
             .references = {"CIS Docker Benchmark 1.6.0, 5.10",
                            "Docker documentation, Host network driver", "CVE-2020-15257",
                            "run on Docker Engine 20.10.24 and 28.5.2"},
             .cis = {"5.10"},
             .bad = "docker run --network host alpine:3.22\n",
             .good = "docker run --network none alpine:3.22\n",
             .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
