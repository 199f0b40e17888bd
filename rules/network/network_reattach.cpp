#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Command;
using model::CommandKind;
using model::NetworkKind;
using model::Target;

constexpr std::string_view kHelp =
    "do what needs a network in a container of its own, and hand over the result";

// The same word names the same container: a literal name, or one variable.
bool SameName(const Target& a, const Target& b) {
  if (a.container >= 0 || b.container >= 0) return a.container == b.container;
  if (a.name.IsKnown()) return b.name.Is(a.name.value);
  return a.name.IsDynamic() && b.name.IsDynamic() && a.name.source == b.name.source;
}

const Container* Find(const Document& document, const Target& target) {
  if (target.container < 0) return nullptr;
  return &document.containers[static_cast<std::size_t>(target.container)];
}

// The command before `connect` that took `target` off the network `none`.
const Command* Detached(const Document& document, const Command& connect, const Target& target) {
  for (const Command& command : document.commands) {
    if (command.kind != CommandKind::kNetworkDisconnect || !command.network.Is("none")) continue;
    if (command.order > connect.order) continue;
    for (const Target& other : command.targets)
      if (SameName(other, target)) return &command;
  }
  return nullptr;
}

// A container that lives in the network namespace of `target`.
const Container* Joiner(const Document& document, const Target& target) {
  if (!target.name.IsKnown()) return nullptr;
  for (const Container& container : document.containers)
    if (container.network_mode.Is("container:" + target.name.value)) return &container;
  return nullptr;
}

void Mark(Finding& finding, const model::Setting<std::string>& place, std::string message) {
  if (place.IsKnown() && place.value_span.IsValid())
    finding.labels.push_back({place.value_span, std::move(message)});
}

void CheckConnect(const Document& document, const Command& connect, const Target& target,
                  Reporter& report) {
  if (connect.network.Is("none") || connect.network.Is("host")) return;
  const Container* container = Find(document, target);
  const NetworkKind kind = container ? container->effective.network : NetworkKind::kUnknown;
  Finding finding{.span = connect.anchor, .message = {}, .help = std::string(kHelp)};
  if (const Command* detached = Detached(document, connect, target)) {
    finding.message = "gives a network to a container that was started without one";
    finding.labels.push_back({detached->anchor, "taken off `none` here, which opens the way"});
  } else if (kind == NetworkKind::kNone) {
    finding.message = "the engine refuses to connect a container on `none`: this never worked";
    finding.help = "remove it: the container stays without a network";
    finding.weight = Weight::kAtMostWarning;
  } else if (kind == NetworkKind::kInternal || kind == NetworkKind::kOutside) {
    finding.message = "gives a running container a further network";
  } else if (const Container* joiner = Joiner(document, target);
             joiner != nullptr && kind == NetworkKind::kUnknown) {
    finding.message = "gives a further network to a container whose network another one shares";
    Mark(finding, joiner->network_mode, "lives in that container's network");
  } else {
    return;
  }
  if (container != nullptr) Mark(finding, container->network_mode, "this is what it started with");
  report.Add(std::move(finding));
}

bool RemovedBetween(const Document& document, const Container& first, const Container& second) {
  return std::any_of(document.commands.begin(), document.commands.end(), [&](const Command& c) {
    const bool removes =
        c.kind == CommandKind::kRemove ||
        (first.remove.Is(true) && (c.kind == CommandKind::kStop || c.kind == CommandKind::kKill));
    if (!removes || c.order < first.order || c.order > second.order) return false;
    return std::any_of(c.targets.begin(), c.targets.end(), [&](const Target& target) {
      return target.name.Is(first.name.value) || Find(document, target) == &first;
    });
  });
}

// The same name again, now with a network: whoever looks at the first start is deceived.
void CheckAgain(const Document& document, std::size_t second, Reporter& report) {
  const Container& again = document.containers[second];
  const NetworkKind kind = again.effective.network;
  if (!again.name.IsKnown() || again.name.value.empty() || again.IsCompose()) return;
  if (kind != NetworkKind::kOutside && kind != NetworkKind::kHost) return;
  for (std::size_t i = 0; i < second; ++i) {
    const Container& first = document.containers[i];
    if (!first.name.Is(again.name.value) || first.effective.network != NetworkKind::kNone) continue;
    if (!RemovedBetween(document, first, again)) continue;
    Finding finding{.span = PlaceOf(again.name, again),
                    .message = "`" + again.name.value + "` is created again, now with a network",
                    .help = std::string(kHelp)};
    Mark(finding, first.network_mode, "this is what it started with");
    return report.Add(std::move(finding));
  }
}

void Check(const Document& document, Reporter& report) {
  for (const Command& command : document.commands) {
    if (command.kind != CommandKind::kNetworkConnect) continue;
    for (const Target& target : command.targets) CheckConnect(document, command, target, report);
  }
  for (std::size_t i = 1; i < document.containers.size(); ++i) CheckAgain(document, i, report);
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
             "Removing a container on `none` and creating one of the same name with a network is "
             "reported as well, where both stand in one script.",
         .references = {"Docker documentation, docker network connect", "moby issue 39345",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -d --name agent --network none alpine:3.22 sleep 600\n"
                "docker network disconnect none agent\n"
                "docker network connect bridge agent\n",
         .good = "docker run -d --name agent --network none alpine:3.22 sleep 600\n"
                 "docker exec agent ls\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
