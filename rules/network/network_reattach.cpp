#include <map>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Command;
using model::CommandKind;
using model::NetworkKind;
using model::Target;

constexpr std::string_view kHelp =
    "do what needs a network in a container of its own, and hand over the result";

// What a command calls a container: its place in the document, a literal name, one variable.
std::string KeyOf(const Target& target) {
  if (target.container >= 0) return "#" + std::to_string(target.container);
  return target.name.IsKnown() ? "=" + target.name.value : "$" + target.name.source;
}

// What the rule looks up, gathered in one pass.
struct Tables {
  std::map<std::string, const Command*> detached;   // first taken off `none`, by KeyOf
  std::map<std::string, const Container*> joiners;  // by the name of the one they join
  std::map<std::string, int> removed;               // order of the last removal, by KeyOf
};

Tables Tabulate(const Document& document) {
  Tables tables;
  for (const Container& container : document.containers)
    if (container.network_mode.IsKnown() && container.network_mode.value.starts_with("container:"))
      tables.joiners.emplace(container.network_mode.value.substr(10), &container);
  for (const Command& command : document.commands) {
    for (const Target& target : command.targets) {
      if (command.kind == CommandKind::kNetworkDisconnect && command.network.Is("none"))
        tables.detached.emplace(KeyOf(target), &command);
      if (command.kind == CommandKind::kRemove) tables.removed[KeyOf(target)] = command.order;
    }
  }
  return tables;
}

void Mark(Finding& finding, const model::Setting<std::string>& place, std::string message) {
  if (place.IsKnown() && place.value_span.IsValid())
    finding.labels.push_back({place.value_span, std::move(message)});
}

void CheckConnect(const Document& document, const Tables& tables, const Command& connect,
                  const Target& target, Reporter& report) {
  if (connect.network.Is("none") || connect.network.Is("host")) return;
  // nerdctl has no such command.
  if (connect.engine == model::Engine::kNerdctl) return;
  const Container* container =
      target.container < 0 ? nullptr
                           : &document.containers[static_cast<std::size_t>(target.container)];
  const auto detached = tables.detached.find(KeyOf(target));
  const auto joiner = tables.joiners.find(target.name.value);
  const NetworkKind kind = container ? container->effective.network : NetworkKind::kUnknown;
  Finding finding{.span = connect.anchor, .message = {}, .help = std::string(kHelp)};
  // podman has no network `none` to take a container off.
  const bool opened = connect.engine == model::Engine::kDocker;
  if (opened && detached != tables.detached.end() && detached->second->order < connect.order) {
    finding.message = "gives a network to a container that was started without one";
    finding.labels.push_back(
        {detached->second->anchor, "taken off `none` here, which opens the way"});
  } else if (kind == NetworkKind::kNone) {
    finding.message = "the engine refuses to connect a container on `none`: this never worked";
    finding.help = "remove it: the container stays without a network";
    finding.weight = Weight::kAtMostWarning;
  } else if (kind == NetworkKind::kInternal || kind == NetworkKind::kOutside) {
    finding.message = "gives the container a further network";
    if (target.name.IsKnown() && joiner != tables.joiners.end())
      Mark(finding, joiner->second->network_mode, "lives in that container's network");
  } else if (target.name.IsKnown() && joiner != tables.joiners.end() &&
             kind == NetworkKind::kUnknown) {
    finding.message = "gives a further network to a container whose network another one shares";
    Mark(finding, joiner->second->network_mode, "lives in that container's network");
  } else {
    return;
  }
  if (container != nullptr) Mark(finding, container->network_mode, "this is what it started with");
  report.Add(std::move(finding));
}

bool RemovedBetween(const Tables& tables, std::size_t first, const Container& container,
                    const Container& second) {
  for (const std::string& key : {"#" + std::to_string(first), "=" + container.name.value}) {
    const auto found = tables.removed.find(key);
    if (found == tables.removed.end()) continue;
    if (container.order < found->second && found->second < second.order) return true;
  }
  return false;
}

// The same name again, now with a network: whoever looks at the first start is deceived.
void CheckAgain(const Document& document, const Tables& tables, Reporter& report) {
  std::map<std::string, std::size_t> without;  // the last of a name that has no network
  for (std::size_t i = 0; i < document.containers.size(); ++i) {
    const Container& container = document.containers[i];
    const std::string& name = container.name.value;
    const NetworkKind kind = container.effective.network;
    if (!container.name.IsKnown() || name.empty() || container.IsCompose()) continue;
    if (kind == NetworkKind::kNone) without[name] = i;
    const auto first = without.find(name);
    if (first == without.end()) continue;
    if (kind != NetworkKind::kOutside && kind != NetworkKind::kHost) continue;
    const Container& before = document.containers[first->second];
    if (!RemovedBetween(tables, first->second, before, container)) continue;
    Finding finding{.span = PlaceOf(container.name, container),
                    .message = "`" + name + "` is created again, now with a network",
                    .help = std::string(kHelp)};
    Mark(finding, before.network_mode, "this is what it started with");
    report.Add(std::move(finding));
  }
}

void Check(const Document& document, Reporter& report) {
  const Tables tables = Tabulate(document);
  for (const Command& command : document.commands) {
    if (command.kind != CommandKind::kNetworkConnect) continue;
    for (const Target& target : command.targets)
      CheckConnect(document, tables, command, target, report);
  }
  CheckAgain(document, tables, report);
}

}  // namespace

extern const Rule kNetworkReattach{
    .info =
        {.id = "network-reattach",
         .title = "a container gets a network after its start",
         .why = "a program that waits (`sleep 300 && curl`) finds a network when nobody looks any "
                "more",
         .rationale =
             "The network of a container is not fixed by the command that starts it. `docker "
             "network "
             "connect` adds an interface to processes that already run. On a container that is on "
             "an internal or a user-defined network this is enough, and on one whose network "
             "another container shares it serves both.\n\n"
             "On a container on `none` the engine refuses it, until `docker network disconnect "
             "none` "
             "took the container off; then it works, and `docker inspect` still shows the network "
             "mode `none`. `docker network connect` alone is therefore a warning: the author "
             "believes that it works. On containers with the host's network, or with that of "
             "another container, it is always refused, and nothing is said.\n\n"
             "podman connects only containers that are on a bridge: one on `none` stays without a "
             "network, whatever is disconnected first. nerdctl has no such command.\n\n"
             "Removing a container on `none` and creating one of the same name with a network is "
             "reported as well, where both stand in one script.",
         .references = {"Docker documentation, docker network connect", "moby issue 39345",
                        "podman, test/e2e/network_connect_disconnect_test.go",
                        "nerdctl, cmd/nerdctl/network", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -d --name agent --network none alpine:3.22 sleep 600\n"
                "docker network disconnect none agent\n"
                "docker network connect bridge agent\n",
         .good = "docker run -d --name agent --network none alpine:3.22 sleep 600\n"
                 "docker exec agent ls\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
