#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// The host of an address of an engine by TCP; empty for a socket of another kind. The command line
// takes `host:2375` for `tcp://host:2375`.
std::string_view HostOf(std::string_view value) {
  const std::size_t scheme = value.find("://");
  if (scheme != std::string_view::npos && value.substr(0, scheme) != "tcp") return {};
  if (scheme != std::string_view::npos) value.remove_prefix(scheme + 3);
  value = value.substr(0, value.find('/'));
  const std::size_t colon = value.rfind(':');
  if (scheme == std::string_view::npos &&
      (colon == std::string_view::npos || colon == 0 ||
       value.find_first_not_of("0123456789", colon + 1) != std::string_view::npos))
    return {};
  return value.substr(0, colon);
}

bool IsOwn(std::string_view host) {
  return host == "localhost" || host.starts_with("127.") || host == "[::1]";
}

void Check(const Container& container, Reporter& report) {
  const model::NetworkKind network = container.effective.network;
  if (network == model::NetworkKind::kNone) return;
  // Elsewhere the loopback is that of the container, and the engine one that runs inside.
  const bool shares_loopback = network == model::NetworkKind::kHost;
  for (const auto& item : container.environment.items) {
    const model::KeyValue& variable = item.value;
    if (!item.IsKnown() || !variable.value) continue;
    if (variable.key != "DOCKER_HOST" && variable.key != "CONTAINER_HOST") continue;
    const std::string_view host = HostOf(*variable.value);
    if (host.empty() || (IsOwn(host) && !shares_loopback)) continue;
    report.Add(
        {.span = PlaceOf(item, container),
         .message = "`" + variable.key + "` hands the API of an engine to the program",
         .help = "leave it out: who has that API is root on the engine's host",
         .fixes = {Unsafe("leave the variable out", "the program can start no containers any more",
                          {Remove(item.whole)})}});
  }
}

}  // namespace

extern const Rule kDockerApiAccess{
    .info =
        {.id = "docker-api-access",
         .title = "the program is given an engine's API",
         .why = "with the API it starts a privileged container, and is root on the engine's host",
         .rationale =
             "Who may talk to a Docker or podman API may start a container with the host's root "
             "mounted. `DOCKER_HOST=tcp://…` says that the program is meant to talk to one, over "
             "the network instead of the mounted socket. TLS keeps others out, not the program "
             "that is given the key. An engine in a container of its own (`docker:dind`) runs "
             "privileged, so that this is the host as well.\n\n"
             "A loopback address is an engine inside the container itself, and is reported on the "
             "host's network alone; with the network `none` no engine can be reached.",
         .references = {"Docker documentation, Protect the Docker daemon socket",
                        "Docker documentation, Use the Docker command line, DOCKER_HOST",
                        "podman-remote(1), CONTAINER_HOST"},
         .cis = {},
         .bad = "docker run -e DOCKER_HOST=tcp://dockerd:2375 docker:28-cli\n",
         .good = "docker run -e DOCKER_CONFIG=/tmp docker:28-cli\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
