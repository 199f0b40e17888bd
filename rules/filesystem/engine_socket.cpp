#include <algorithm>
#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::PathBase;

constexpr std::array<std::string_view, 9> kSockets = {"/run/docker.sock",
                                                      "/run/podman/podman.sock",
                                                      "/run/containerd/containerd.sock",
                                                      "/run/crio/crio.sock",
                                                      "/run/k3s/containerd/containerd.sock",
                                                      "/run/buildkit/buildkitd.sock",
                                                      "/run/cri-dockerd.sock",
                                                      "/run/systemd/private",
                                                      "/run/docker/containerd/containerd.sock"};

constexpr std::array<std::string_view, 5> kNames = {"docker.sock", "podman.sock", "containerd.sock",
                                                    "crio.sock", "buildkitd.sock"};

// What the engine makes of `mount` is an engine's socket, or a directory with one in it.
std::string_view SocketIn(const model::Mount& mount) {
  const model::HostPath& host = mount.host;
  if (const auto tail = model::KnownTail(mount); !tail.empty()) {
    const auto known = std::find(kNames.begin(), kNames.end(), tail.back());
    return known == kNames.end() ? std::string_view{} : *known;
  }
  if (!mount.IsBind() || !host.exact) return {};
  const std::string_view name = base::NameOf(host.path);
  const auto named = std::find(kNames.begin(), kNames.end(), name);
  if (host.base == PathBase::kHome && named != kNames.end()) return *named;
  if (host.base != PathBase::kAbsolute) return {};
  if (named != kNames.end()) return *named;
  // /var/run is a link to /run.
  const bool old = host.path == "/var/run" || host.path.starts_with("/var/run/");
  const std::string path = old ? host.path.substr(4) : host.path;
  for (const std::string_view socket : kSockets)
    if (socket == path || path == "/" || socket.starts_with(path + "/")) return socket;
  return {};
}

void Check(const Container& container, Reporter& report) {
  if (container.use_api_socket.Is(true)) {
    report.Add({.span = PlaceOf(container.use_api_socket, container),
                .message = "the engine's socket and the user's credentials are handed in",
                .help = "leave it out",
                .fixes = {Unsafe("leave it out", "the program can start no containers any more",
                                 {Remove(container.use_api_socket.whole)})}});
  }
  for (const auto& item : container.mounts.items) {
    const std::string_view socket = item.IsKnown() ? SocketIn(item.value) : "";
    if (socket.empty()) continue;
    const bool above = item.value.host.exact && socket.starts_with('/') &&
                       base::NameOf(socket) != base::NameOf(item.value.host.path);
    report.Add(
        {.span = PlaceOf(item.value.source, container),
         .message = above ? "`" + std::string(socket) + "` lies below this folder"
                          : "an engine's socket is mounted",
         .help = "take it out: mounted read-only it can still be connected to",
         .fixes = {Unsafe("take the mount out", "the program can start no containers any more",
                          {Remove(item.whole)})}});
  }
}

}  // namespace

extern const Rule kEngineSocket{
    .info =
        {.id = "engine-socket",
         .title = "a container engine's socket is mounted",
         .why = "whoever talks to the engine starts a privileged container: it is root on the host",
         .rationale =
             "The API of Docker, containerd, CRI-O or a rootful podman starts containers with any "
             "rights and any mount. To connect to its socket is enough. A read-only mount does not "
             "stop connecting, neither of the socket nor of a directory above it, and neither does "
             "the network `none`. A user outside of the socket's group is refused by the file's "
             "mode; the socket of rootless podman belongs to the user itself.\n\n"
             "Any other file that is only mounted *to* such a name is not reported.",
         .references =
             {"CIS Docker Benchmark 1.6.0, 5.32",
              "Docker documentation, Docker Engine security, Docker daemon attack surface",
              "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.32"},
         .bad = "docker run -v /var/run/docker.sock:/docker.sock:ro alpine:3.22\n",
         .good = "docker run -v /srv/data:/data:ro alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
