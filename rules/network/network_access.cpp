#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::NetworkKind;

// The network that makes the container what it is; null for the engine's default.
const model::Setting<std::string>* Culprit(const Container& container) {
  const auto& effective = container.effective;
  for (std::size_t i = 0; i < effective.networks.size(); ++i) {
    const auto& item = container.networks.items[i];
    if (effective.networks[i] == effective.network) return item.value.empty() ? nullptr : &item;
  }
  const bool named = container.network_mode.IsKnown() && !container.network_mode.value.empty();
  return named ? &container.network_mode : nullptr;
}

std::string Describe(const Container& container, const model::Setting<std::string>* network) {
  if (container.effective.network == NetworkKind::kHost)
    return "uses the host's own network, with all that listens on it";
  if (network == nullptr)
    return container.IsCompose() ? "is on the project's default network, which has a way out"
                                 : "is on the engine's default network, which has a way out";
  if (container.effective.network == NetworkKind::kInternal)
    return "network `" + network->value + "` has no way out, but reaches the host and every peer";
  return "is on network `" + network->value + "`";
}

void Check(const Container& container, Reporter& report) {
  const NetworkKind kind = container.effective.network;
  const bool internal = kind == NetworkKind::kInternal;
  if (!internal && kind != NetworkKind::kOutside && kind != NetworkKind::kHost) return;
  const auto* network = Culprit(container);
  // Compose refuses a service that has both.
  std::vector<model::Change> changes{Set("network_mode", "none")};
  if (container.IsCompose() && container.networks.whole.IsValid())
    changes.push_back(Remove(container.networks.whole));
  report.Add(
      {.span = network == nullptr ? container.anchor : PlaceOf(*network, container),
       .message = Describe(container, network),
       .help =
           "take the network away: " + Spelling(container, "network_mode", "none") +
           (container.networks.IsKnown() && container.IsCompose() ? " in place of `networks`" : ""),
       .fixes = {Unsafe("take the network away", "it reaches nothing, and nobody reaches it",
                        std::move(changes))},
       .weight = internal ? Weight::kAtMostWarning : Weight::kAsPolicy});
}

}  // namespace

extern const Rule kNetworkAccess{
    .info =
        {.id = "network-access",
         .title = "container has a network",
         .why = "the program inside can send out what it reads, and fetch what it will run",
         .rationale =
             "A container for which nothing is said is on the engine's default bridge: it reaches "
             "the internet, the host's addresses and its neighbours. A user-defined network, as "
             "the "
             "CIS benchmark wants it (5.30), only changes who the neighbours are. Only `none` "
             "leaves nothing but the loopback interface.\n\n"
             "An internal network has no route out, but services of the host that listen on all "
             "addresses answer on the network's gateway address, and so does every other container "
             "there; before 23.0.11, 25.0.5 and 26.0 the engine's DNS server passed queries on to "
             "the outside (CVE-2024-29018). That is a warning at most.\n\n"
             "`none` does not cover sockets without an IP network: AF_VSOCK is open on older "
             "engines, and so is every unix socket that is bound in. A container that joins the "
             "namespace of another is not reported here: the other one is.",
         .references = {"Docker documentation, Networking overview, None network driver",
                        "Docker documentation, docker network create, Network internal mode",
                        "CVE-2024-29018", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --network bridge alpine:3.22\n",
         .good = "docker run --network none alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
