#include "linter/model/effective.h"

#include <algorithm>
#include <set>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/model/document.h"

namespace cagelint::model {
namespace {

bool ParsesAsTrue(std::string_view value) {
  // Go's strconv.ParseBool; the daemon reads the bare word as true.
  return value.empty() || value == "1" || value == "t" || value == "T" || value == "TRUE" ||
         value == "true" || value == "True";
}

Tri Not(Tri value) {
  if (value == Tri::kUnknown) return value;
  return value == Tri::kYes ? Tri::kNo : Tri::kYes;
}

Tri TriOf(const Setting<bool>& setting) {
  if (setting.IsDynamic()) return Tri::kUnknown;
  return setting.Is(true) ? Tri::kYes : Tri::kNo;
}

// Go's strconv.Atoi of the uid gives 0: "0", "00", "+0", "-0" (run on Docker 20.10 and 28.5).
bool IsZero(std::string_view uid) {
  if (!uid.empty() && (uid[0] == '+' || uid[0] == '-')) uid.remove_prefix(1);
  return !uid.empty() && uid.find_first_not_of('0') == std::string_view::npos;
}

UserKind UserOf(const Container& container) {
  if (container.user.IsDynamic()) return UserKind::kUnknown;
  if (container.user.IsAbsent() || container.user.value.empty()) return UserKind::kImage;
  const std::string_view uid = base::Split(container.user.value, ':')[0];
  // An empty uid before a colon is root even where the image says another user.
  if (uid.empty() || uid == "root" || IsZero(uid)) return UserKind::kRoot;
  return UserKind::kNonRoot;
}

bool Joins(std::string_view mode) {
  return mode.starts_with("container:") || mode.starts_with("service:");
}

NetworkKind KindOfNetwork(const std::string& key, const Document& document) {
  if (key == "none") return NetworkKind::kNone;
  if (key == "host") return NetworkKind::kHost;
  if (Joins(key)) return NetworkKind::kJoined;
  for (const Network& network : document.networks) {
    if (network.key != key && network.name != key) continue;
    if (network.internal.IsDynamic()) return NetworkKind::kUnknown;
    return network.internal.Is(true) ? NetworkKind::kInternal : NetworkKind::kOutside;
  }
  return NetworkKind::kOutside;
}

NetworkKind NetworkOf(const Container& container, const Document& document) {
  const auto& mode = container.network_mode;
  if (mode.IsDynamic()) return NetworkKind::kUnknown;
  if (mode.IsKnown() && (mode.value == "none" || mode.value == "host" || Joins(mode.value)))
    return KindOfNetwork(mode.value, document);
  if (container.networks.IsAbsent() || container.networks.items.empty()) {
    if (container.networks.IsDynamic()) return NetworkKind::kUnknown;
    if (mode.IsKnown() && !mode.value.empty()) return KindOfNetwork(mode.value, document);
    return NetworkKind::kOutside;
  }
  NetworkKind worst = NetworkKind::kInternal;
  for (const auto& network : container.networks.items) {
    const NetworkKind kind =
        network.IsKnown() ? KindOfNetwork(network.value, document) : NetworkKind::kUnknown;
    if (kind == NetworkKind::kOutside) return kind;
    if (kind != NetworkKind::kInternal) worst = kind;
  }
  return container.networks.IsDynamic() ? NetworkKind::kUnknown : worst;
}

std::string Normal(std::string_view capability) {
  std::string name = base::ToUpper(capability);
  return name == "ALL" || name.starts_with("CAP_") ? name : "CAP_" + name;
}

bool Holds(const List<std::string>& list, std::string_view capability) {
  return std::any_of(list.items.begin(), list.items.end(), [&](const Setting<std::string>& item) {
    return item.IsKnown() && Normal(item.value) == capability;
  });
}

Tri DropsAll(const Container& container) {
  if (Holds(container.cap_drop, "ALL")) return Tri::kYes;
  return container.cap_drop.HasUnknown() ? Tri::kUnknown : Tri::kNo;
}

// The daemon's order (Docker 20.10 and 28.5): with ALL added, all; otherwise the defaults, or
// nothing when ALL is dropped, less the drops, then the adds: an add beats a drop.
std::optional<std::vector<std::string>> CapabilitiesOf(const Container& container) {
  if (container.privileged.IsDynamic() || container.cap_add.HasUnknown() ||
      container.cap_drop.HasUnknown()) {
    return std::nullopt;
  }
  if (container.privileged.Is(true) || Holds(container.cap_add, "ALL"))
    return std::vector<std::string>{"ALL"};
  std::set<std::string> set;
  if (!Holds(container.cap_drop, "ALL")) {
    const auto& defaults = DefaultCapabilities(container.engine);
    set.insert(defaults.begin(), defaults.end());
  }
  for (const auto& item : container.cap_drop.items) set.erase(Normal(item.value));
  for (const auto& item : container.cap_add.items) set.insert(Normal(item.value));
  return std::vector<std::string>(set.begin(), set.end());
}

SeccompKind SeccompOf(const Container& container) {
  if (container.privileged.IsDynamic()) return SeccompKind::kUnknown;
  const SecurityOption option = FindSecurityOption(container, "seccomp");
  if (option.unknown) return SeccompKind::kUnknown;
  if (option.present && option.value == "unconfined") return SeccompKind::kUnconfined;
  if (option.present && option.value != "builtin") return SeccompKind::kProfile;
  return container.privileged.Is(true) ? SeccompKind::kUnconfined : SeccompKind::kDefault;
}

Tri NoNewPrivilegesOf(const Container& container) {
  const SecurityOption option = FindSecurityOption(container, "no-new-privileges");
  if (option.unknown) return Tri::kUnknown;
  return option.present && ParsesAsTrue(option.value) ? Tri::kYes : Tri::kNo;
}

template <typename T>
Tri Positive(const Setting<T>& setting) {
  if (setting.IsDynamic()) return Tri::kUnknown;
  return setting.IsKnown() && setting.value > T{} ? Tri::kYes : Tri::kNo;
}

Tri CpuLimited(const Container& container) {
  // Shares and a period alone set no quota (run on Docker 20.10 and 28.5); a set of CPUs bounds it.
  Tri result = Positive(container.cpus);
  const Tri quota = Positive(container.cpu_quota);
  if (quota == Tri::kYes || (container.cpuset.IsKnown() && !container.cpuset.value.empty()))
    return Tri::kYes;
  if (result == Tri::kNo && (quota == Tri::kUnknown || container.cpuset.IsDynamic()))
    return Tri::kUnknown;
  return result;
}

Tri PidsLimited(const Container& container) {
  // podman's own default is 2048; an explicit 0 or -1 lifts it.
  if (container.pids_limit.IsAbsent() && container.engine == Engine::kPodman) return Tri::kYes;
  return Positive(container.pids_limit);
}

std::vector<std::string> WritablePaths(const Container& container) {
  std::set<std::string> paths;
  if (TriOf(container.read_only) == Tri::kNo) paths.insert("/");
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !item.value.target.IsKnown()) continue;
    if (Not(TriOf(item.value.read_only)) == Tri::kYes)
      paths.insert(base::CleanPath(item.value.target.value));
  }
  return {paths.begin(), paths.end()};
}

}  // namespace

const std::vector<std::string>& DefaultCapabilities(Engine engine) {
  static const std::vector<std::string> kDocker{
      "CAP_AUDIT_WRITE", "CAP_CHOWN",   "CAP_DAC_OVERRIDE",     "CAP_FOWNER",    "CAP_FSETID",
      "CAP_KILL",        "CAP_MKNOD",   "CAP_NET_BIND_SERVICE", "CAP_NET_RAW",   "CAP_SETFCAP",
      "CAP_SETGID",      "CAP_SETPCAP", "CAP_SETUID",           "CAP_SYS_CHROOT"};
  static const std::vector<std::string> kPodman{
      "CAP_CHOWN",   "CAP_DAC_OVERRIDE",     "CAP_FOWNER",    "CAP_FSETID",
      "CAP_KILL",    "CAP_NET_BIND_SERVICE", "CAP_SETFCAP",   "CAP_SETGID",
      "CAP_SETPCAP", "CAP_SETUID",           "CAP_SYS_CHROOT"};
  return engine == Engine::kPodman ? kPodman : kDocker;
}

SecurityOption FindSecurityOption(const Container& container, const std::string& key) {
  SecurityOption found;
  found.unknown = container.security_opt.IsDynamic();
  const auto& items = container.security_opt.items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].IsKnown()) {
      // Only what begins with this key, or with something unknown, can override it.
      const std::size_t end = items[i].source.find_first_of("=:$");
      if (end == std::string::npos || items[i].source[end] == '$' ||
          items[i].source.substr(0, end) == key) {
        found.unknown = true;
      }
      continue;
    }
    const std::string& text = items[i].value;
    if (text != key && !text.starts_with(key + "=") && !text.starts_with(key + ":")) continue;
    found = {true, container.security_opt.IsDynamic(),
             text == key ? "" : text.substr(key.size() + 1), i};
  }
  return found;
}

Effective ComputeEffective(const Container& container, const Document& document) {
  Effective effective;
  effective.capabilities = CapabilitiesOf(container);
  effective.drops_all_capabilities = DropsAll(container);
  effective.user = UserOf(container);
  effective.network = NetworkOf(container, document);
  effective.seccomp = SeccompOf(container);
  effective.no_new_privileges = NoNewPrivilegesOf(container);
  effective.read_only_root = TriOf(container.read_only);
  effective.memory_limited = Positive(container.memory);
  effective.cpu_limited = CpuLimited(container);
  effective.pids_limited = PidsLimited(container);
  effective.writable_paths = WritablePaths(container);
  return effective;
}

}  // namespace cagelint::model
