// Names, namespaces and what they exclude.
#include <algorithm>
#include <array>
#include <string_view>

#include "linter/model/daemon.h"

namespace cagelint::model {
namespace {

void FindName(const Container& container, std::vector<Refusal>& out) {
  const auto& name = container.name;
  if (container.IsCompose()) return;  // Compose refuses it itself
  if (!name.IsKnown() || name.value.empty() || IsPlaceholder(name.value)) return;
  std::string_view rest = name.value;
  if (rest.starts_with('/')) rest.remove_prefix(1);
  const auto alphanumeric = [](char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
  };
  const bool good = rest.size() > 1 && alphanumeric(rest[0]) &&
                    std::all_of(rest.begin(), rest.end(), [&](char c) {
                      return alphanumeric(c) || c == '_' || c == '.' || c == '-';
                    });
  if (good) return;
  out.push_back({PlaceOf(name, container), "`" + name.value + "` is no name of a container",
                 "take two or more letters, digits, `_`, `.` and `-`, a letter or digit first"});
}

// Docker 28 refuses it at the creation, 20.10 at the start.
void FindIpc(const Container& container, std::vector<Refusal>& out) {
  const auto& ipc = container.ipc;
  if (!ipc.IsKnown() || IsPlaceholder(ipc.value)) return;
  for (const char* mode : {"", "host", "private", "shareable", "none"})
    if (ipc.value == mode) return;
  if (ipc.value.starts_with("container:") && ipc.value.size() > 10) return;
  if (container.IsCompose() && ipc.value.starts_with("service:")) return;
  out.push_back({PlaceOf(ipc, container), "there is no IPC mode `" + ipc.value + "`",
                 "take `private`, `shareable` or `none`"});
}

// The network of another container takes nothing that belongs to a network of its own.
void FindJoinedNetwork(const Container& container, std::vector<Refusal>& out) {
  const auto& mode = container.network_mode;
  if (!mode.IsKnown()) return;
  if (!mode.value.starts_with("container:") && !mode.value.starts_with("service:")) return;
  const std::vector<diagnostic::Label> label{
      {PlaceOf(mode, container), "the network of another container"}};
  const auto say = [&](base::Span span, const std::string& what, const std::string& help) {
    out.push_back({span, what + " cannot go with the network of another container", help, label});
  };
  if (container.hostname.IsKnown() && !container.hostname.value.empty())
    say(PlaceOf(container.hostname, container), "a hostname", "leave it out");
  const auto first_known = [&](const auto& list) -> base::Span {
    for (const auto& item : list.items)
      if (item.IsKnown()) return PlaceOf(item, container);
    return {};
  };
  if (const base::Span ports = first_known(container.ports); ports.IsValid())
    say(ports, "a published port", "publish it from the container that owns the network");
  if (container.publish_all.Is(true))
    say(PlaceOf(container.publish_all, container), "publishing ports",
        "publish them from the container that owns the network");
  if (const base::Span dns = first_known(container.dns); dns.IsValid())
    say(dns, "a DNS server", "set it on the container that owns the network");
  if (const base::Span hosts = first_known(container.extra_hosts); hosts.IsValid())
    say(hosts, "a host entry", "set it on the container that owns the network");
  if (const base::Span links = first_known(container.links);
      links.IsValid() && !container.IsCompose())
    say(links, "a link", "leave it out");
}

void FindHostNamespaces(const Container& container, std::vector<Refusal>& out) {
  if (container.uts.Is("host") && container.hostname.IsKnown() &&
      !container.hostname.value.empty()) {
    out.push_back({PlaceOf(container.hostname, container),
                   "a hostname cannot go with the host's UTS namespace",
                   "leave it out",
                   {{PlaceOf(container.uts, container), "the host's UTS namespace"}}});
  }
  const bool host_network = container.network_mode.Is("host");
  for (const auto& link : container.links.items) {
    if (!host_network || !link.IsKnown() || container.IsCompose()) continue;
    out.push_back({PlaceOf(link, container),
                   "a link cannot go with the host's network",
                   "leave it out",
                   {{PlaceOf(container.network_mode, container), "the host's network"}}});
    break;
  }
  // runc refuses at the start what would change the host.
  for (const auto& sysctl : container.sysctls.items) {
    if (!sysctl.IsKnown()) continue;
    const std::string& key = sysctl.value.key;
    const bool network = host_network && key.starts_with("net.");
    const bool ipc = container.ipc.Is("host") &&
                     (key.starts_with("kernel.shm") || key.starts_with("kernel.msg") ||
                      key == "kernel.sem" || key.starts_with("fs.mqueue."));
    if (!network && !ipc) continue;
    const auto& cause = network ? container.network_mode : container.ipc;
    out.push_back({PlaceOf(sysctl, container),
                   "`" + key + "` cannot be set in a namespace of the host",
                   "leave it out",
                   {{PlaceOf(cause, container),
                     network ? "the host's network" : "the host's IPC namespace"}}});
  }
}

// What belongs to no namespace of a container. docker's client refuses the same; of a compose file
// runc does at the start (run on Docker 20.10.24; runc, libcontainer/configs/validate).
void FindSysctls(const Container& container, std::vector<Refusal>& out) {
  static constexpr std::array<std::string_view, 9> kNames{
      "kernel.domainname", "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni",         "kernel.sem",
      "kernel.shmall",     "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"};
  if (!container.IsCompose()) return;
  for (const auto& sysctl : container.sysctls.items) {
    const std::string& key = sysctl.value.key;
    // runc takes `/` between the parts as well.
    if (!sysctl.IsKnown() || IsPlaceholder(key) || key.find('/') != std::string::npos) continue;
    if (key.starts_with("net.") || key.starts_with("fs.mqueue.")) continue;
    if (std::find(kNames.begin(), kNames.end(), key) != kNames.end()) continue;
    out.push_back({PlaceOf(sysctl, container),
                   key == "kernel.hostname" ? "`kernel.hostname` cannot be set as a kernel setting"
                                            : "`" + key + "` belongs to the host's kernel",
                   key == "kernel.hostname" ? "write `hostname`" : "leave it out"});
  }
}

}  // namespace

void FindRefusedNetwork(const Container& container, std::vector<Refusal>& out) {
  FindName(container, out);
  FindIpc(container, out);
  FindJoinedNetwork(container, out);
  FindHostNamespaces(container, out);
  FindSysctls(container, out);
}

}  // namespace cagelint::model
