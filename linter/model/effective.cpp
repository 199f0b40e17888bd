#include "linter/model/effective.h"

#include <algorithm>
#include <set>

#include <arpa/inet.h>
#include <netinet/in.h>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/model/document.h"
#include "linter/model/image_name.h"

namespace cagelint::model {
namespace {

bool ParsesAsTrue(std::string_view value) {
  // Go's strconv.ParseBool; the daemon reads the bare word as true.
  return value.empty() || value == "1" || value == "t" || value == "T" || value == "TRUE" ||
         value == "true" || value == "True";
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

// What stands behind an opening quote: dynamic values are kept as written.
std::string_view Unquoted(std::string_view source) {
  while (!source.empty() && (source[0] == '"' || source[0] == '\'')) source.remove_prefix(1);
  return source;
}

UserKind KindOfText(std::string_view user) {
  if (user.empty()) return UserKind::kImage;
  const std::string_view uid = base::Split(user, ':')[0];
  // An empty uid before a colon is root even where the image says another user.
  if (uid.empty() || uid == "root" || IsZero(uid)) return UserKind::kRoot;
  return UserKind::kNonRoot;
}

UserKind UserOf(const Container& container) {
  if (container.user.IsAbsent()) {
    // Then podman's keep-id also runs the program with the uid of the caller.
    const auto& userns = container.userns_mode;
    const bool kept = userns.IsDynamic() || userns.value.starts_with("keep-id");
    if (kept && container.engine == Engine::kPodman) return UserKind::kUnknown;
  }
  const UserKind kind = KindOfUser(container.user);
  return kind == UserKind::kImage ? KindOfUser(container.build.value.user) : kind;
}

bool Joins(std::string_view mode) {
  return mode.starts_with("container:") || mode.starts_with("service:") || mode.starts_with("ns:");
}

NetworkKind KindOfSpecial(std::string_view name) {
  if (name == "none") return NetworkKind::kNone;
  if (name == "host") return NetworkKind::kHost;
  return Joins(name) ? NetworkKind::kJoined : NetworkKind::kOutside;
}

// A network may be made in two branches of a script: a way out in one of them is a way out.
void Declare(std::map<std::string, NetworkKind, std::less<>>& table, const std::string& name,
             const Setting<bool>& internal) {
  NetworkKind kind = NetworkKind::kOutside;
  if (internal.Is(true)) kind = NetworkKind::kInternal;
  if (internal.IsDynamic()) kind = NetworkKind::kUnknown;
  const auto [place, is_new] = table.emplace(name, kind);
  if (!is_new && place->second != NetworkKind::kOutside && kind != NetworkKind::kInternal)
    place->second = kind;
}

NetworkKind Find(const std::map<std::string, NetworkKind, std::less<>>& table,
                 const std::string& name) {
  const auto found = table.find(name);
  return found == table.end() ? NetworkKind::kOutside : found->second;
}

// By the engine's name for it: in `network_mode`, and everywhere but in a Compose service.
NetworkKind KindOfNetwork(const std::string& name, const NetworkTable& table) {
  const NetworkKind special = KindOfSpecial(name);
  return special == NetworkKind::kOutside ? Find(table.by_name, name) : special;
}

// By the key of Compose's top-level `networks`.
NetworkKind KindOfNetworkKey(const std::string& key, const NetworkTable& table) {
  return Find(table.by_key, key);
}

std::vector<NetworkKind> NetworksOf(const Container& container, const NetworkTable& table) {
  std::vector<NetworkKind> kinds;
  for (const auto& item : container.networks.items) {
    const auto kind_of = container.IsCompose() ? KindOfNetworkKey : KindOfNetwork;
    kinds.push_back(item.IsKnown() ? kind_of(item.value, table) : NetworkKind::kUnknown);
  }
  return kinds;
}

// One way out is enough; what cannot be known comes next; internal only when all are.
NetworkKind Widest(const std::vector<NetworkKind>& kinds) {
  for (const NetworkKind kind : {NetworkKind::kHost, NetworkKind::kOutside, NetworkKind::kUnknown,
                                 NetworkKind::kJoined, NetworkKind::kInternal})
    if (std::find(kinds.begin(), kinds.end(), kind) != kinds.end()) return kind;
  return NetworkKind::kNone;
}

NetworkKind NetworkOf(const Container& container, const NetworkTable& table,
                      const std::vector<NetworkKind>& networks) {
  const auto& mode = container.network_mode;
  if (mode.IsDynamic()) return NetworkKind::kUnknown;
  if (mode.IsKnown() && !mode.value.empty()) {
    // With a second network beside a special one the daemon refuses the container.
    const NetworkKind kind = KindOfNetwork(mode.value, table);
    if (kind != NetworkKind::kInternal || networks.empty()) return kind;
  }
  if (!networks.empty()) {
    const NetworkKind widest = Widest(networks);
    const bool more = container.networks.IsDynamic() && widest != NetworkKind::kOutside;
    return more ? NetworkKind::kUnknown : widest;
  }
  if (container.networks.IsDynamic()) return NetworkKind::kUnknown;
  return container.IsCompose() ? KindOfNetworkKey("default", table) : NetworkKind::kOutside;
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

// The daemon's order (Docker 20.10 and 28.5; moby, oci/caps/utils.go): with ALL added, all less the
// drops, of which ALL is none; otherwise the defaults, or nothing when ALL is dropped, less the
// drops, then the adds: an add beats a drop.
std::optional<std::vector<std::string>> CapabilitiesOf(const Container& container) {
  if (container.privileged.IsDynamic() || container.cap_add.HasUnknown() ||
      container.cap_drop.HasUnknown()) {
    return std::nullopt;
  }
  const bool every = Holds(container.cap_add, "ALL");
  const auto& drops = container.cap_drop.items;
  const bool whole = std::all_of(drops.begin(), drops.end(),
                                 [](const auto& item) { return Normal(item.value) == "ALL"; });
  if (container.privileged.Is(true) || (every && whole)) return std::vector<std::string>{"ALL"};
  std::set<std::string> set;
  if (every) {
    const auto& all = AllCapabilities();
    set.insert(all.begin(), all.end());
    for (const auto& item : drops) set.erase(Normal(item.value));
    return std::vector<std::string>(set.begin(), set.end());
  }
  if (!Holds(container.cap_drop, "ALL")) {
    const auto& defaults = DefaultCapabilities(container.engine);
    set.insert(defaults.begin(), defaults.end());
  }
  for (const auto& item : container.cap_drop.items) set.erase(Normal(item.value));
  for (const auto& item : container.cap_add.items) set.insert(Normal(item.value));
  return std::vector<std::string>(set.begin(), set.end());
}

SeccompKind SeccompOf(const Container& container) {
  // Docker 28.5 and podman apply a named file also with --privileged; older engines drop it. To
  // podman `builtin` is a file.
  const SecurityOption option = FindSecurityOption(container, "seccomp");
  if (option.unknown) return SeccompKind::kUnknown;
  if (option.present && option.value == "unconfined") return SeccompKind::kUnconfined;
  if (option.present && (option.value != "builtin" || container.engine == Engine::kPodman))
    return SeccompKind::kProfile;
  if (container.privileged.IsDynamic()) return SeccompKind::kUnknown;
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
    if (Writable(item.value) == Tri::kYes) paths.insert(base::CleanPath(item.value.target.value));
  }
  return {paths.begin(), paths.end()};
}

}  // namespace

Tri WritableAt(const Container& container, std::string_view path) {
  if (container.mounts.HasUnknown() || !container.volumes_from.IsAbsent()) return Tri::kUnknown;
  const Setting<bool>& root = container.read_only;
  Tri innermost = root.IsDynamic() ? Tri::kUnknown : root.Is(true) ? Tri::kNo : Tri::kYes;
  std::size_t depth = 0;
  for (const auto& item : container.mounts.items) {
    if (!item.value.target.IsKnown()) return Tri::kUnknown;
    const std::string target = base::CleanPath(item.value.target.value);
    const bool holds = path == target || path.starts_with(target + "/");
    if (!holds || target.size() < depth) continue;
    innermost = Writable(item.value);
    depth = target.size();
  }
  return innermost;
}

UserKind KindOfUser(const Setting<std::string>& user) {
  if (user.IsAbsent()) return UserKind::kImage;
  if (user.IsKnown()) return KindOfText(user.value);
  // `0:$GID` is root whatever the group.
  const std::string_view source = Unquoted(user.source);
  const std::size_t colon = source.find(':');
  const std::size_t unknown = source.find_first_of("$`");
  if (colon == std::string_view::npos || unknown == std::string_view::npos || unknown < colon)
    return UserKind::kUnknown;
  return KindOfText(source.substr(0, colon + 1));
}

bool IsEveryAddress(const std::string& address) {
  if (address.empty()) return true;
  in_addr four{};
  if (inet_pton(AF_INET, address.c_str(), &four) == 1) return four.s_addr == INADDR_ANY;
  in6_addr six{};
  if (inet_pton(AF_INET6, address.c_str(), &six) != 1) return false;
  const bool is_mapped = IN6_IS_ADDR_V4MAPPED(&six) != 0;
  return IN6_IS_ADDR_UNSPECIFIED(&six) != 0 ||
         (is_mapped &&
          std::all_of(six.s6_addr + 12, six.s6_addr + 16, [](auto b) { return b == 0; }));
}

Tri PublishesPorts(const Container& container) {
  switch (container.effective.network) {
    case NetworkKind::kOutside:
      return Tri::kYes;
    case NetworkKind::kUnknown:
      return Tri::kUnknown;
    default:
      return Tri::kNo;
  }
}

SecurityOption FindSecurityOption(const Container& container, const std::string& key) {
  SecurityOption found;
  found.unknown = container.security_opt.IsDynamic();
  const auto& items = container.security_opt.items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!items[i].IsKnown()) {
      // Only what begins with this key, or with something unknown, can override it.
      const std::string_view source = Unquoted(items[i].source);
      const std::size_t end = source.find_first_of("=:$`");
      if (end == std::string_view::npos || source[end] == '$' || source[end] == '`' ||
          source.substr(0, end) == key) {
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

NetworkTable TabulateNetworks(const Document& document) {
  NetworkTable table;
  for (const Network& network : document.networks) {
    Declare(table.by_name, network.name, network.internal);
    const NetworkKind special = KindOfSpecial(network.name);
    if (network.external.Is(true) && special != NetworkKind::kOutside) {
      table.by_key[network.key] = special;
    } else {
      Declare(table.by_key, network.key, network.internal);
    }
  }
  for (const Command& command : document.commands)
    if (command.kind == CommandKind::kNetworkCreate && command.network.IsKnown())
      Declare(table.by_name, command.network.value, command.internal);
  return table;
}

ImageTable TabulateImages(const Document& document) {
  ImageTable table;
  for (const Command& command : document.commands)
    for (const auto& image : command.images.items)
      if (image.IsKnown() && !image.value.empty()) table.insert(ImageKey(image.value));
  return table;
}

Effective ComputeEffective(const Container& container, const NetworkTable& networks,
                           const ImageTable& images) {
  Effective effective;
  effective.capabilities = CapabilitiesOf(container);
  effective.drops_all_capabilities = DropsAll(container);
  effective.user = UserOf(container);
  effective.networks = NetworksOf(container, networks);
  effective.network = NetworkOf(container, networks, effective.networks);
  effective.seccomp = SeccompOf(container);
  effective.no_new_privileges = NoNewPrivilegesOf(container);
  effective.read_only_root = TriOf(container.read_only);
  effective.memory_limited = Positive(container.memory);
  effective.cpu_limited = CpuLimited(container);
  effective.pids_limited = PidsLimited(container);
  effective.writable_paths = WritablePaths(container);
  if (!images.empty() && container.image.IsKnown())
    effective.image_is_made_here = images.contains(ImageKey(container.image.value));
  return effective;
}

}  // namespace cagelint::model
