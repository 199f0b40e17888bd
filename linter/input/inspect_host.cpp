// HostConfig as flags.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/inspect_words.h"

namespace cagelint::input::inspect {
namespace {

using syntax::Entry;
using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;

// A key of HostConfig, the flag that sets it, and the value that stands for no flag, besides an
// empty one.
struct Plain {
  const char* key;
  const char* flag;
  const char* absent = "";
};
constexpr Plain kTexts[] = {
    {"PidMode", "--pid", "private"},
    {"UTSMode", "--uts", "private"},
    {"UsernsMode", "--userns"},
    {"CgroupnsMode", "--cgroupns", "private"},
    {"CgroupMode", "--cgroupns", "private"},
    {"CgroupParent", "--cgroup-parent"},
    {"CpusetCpus", "--cpuset-cpus"},
    {"NetworkMode", "--network", "default"},
};
constexpr Plain kNumbers[] = {
    {"Memory", "--memory", "0"},           {"MemoryReservation", "--memory-reservation", "0"},
    {"CpuShares", "--cpu-shares", "0"},    {"PidsLimit", "--pids-limit", "0"},
    {"ShmSize", "--shm-size", "67108864"}, {"OomScoreAdj", "--oom-score-adj", "0"},
};
constexpr Plain kSwitches[] = {
    {"Privileged", "--privileged"},
    {"ReadonlyRootfs", "--read-only"},
    {"Init", "--init"},
    {"OomKillDisable", "--oom-kill-disable"},
    {"PublishAllPorts", "--publish-all"},
    {"AutoRemove", "--rm"},
};
constexpr Plain kLists[] = {
    {"Binds", "--volume"},
    {"VolumesFrom", "--volumes-from"},
    {"CapAdd", "--cap-add"},
    {"CapDrop", "--cap-drop"},
    {"Dns", "--dns"},
    {"ExtraHosts", "--add-host"},
    {"GroupAdd", "--group-add"},
    {"DeviceCgroupRules", "--device-cgroup-rule"},
};
constexpr Plain kMaps[] = {{"Sysctls", "--sysctl"}, {"StorageOpt", "--storage-opt"}};

bool Is(std::string_view text, std::initializer_list<std::string_view> any) {
  return std::find(any.begin(), any.end(), text) != any.end();
}

// Billionths of a processor as `--cpus` has them.
std::string Processors(std::string_view billionths) {
  std::string text(billionths);
  if (text.find_first_not_of("0123456789") != std::string::npos) return text;
  if (text.size() < 10) text.insert(0, 10 - text.size(), '0');
  text.insert(text.size() - 9, ".");
  while (text.ends_with('0')) text.pop_back();
  if (text.ends_with('.')) text.pop_back();
  return text;
}

bool IsTwice(std::string_view number, std::string_view half) {
  constexpr std::size_t kMost = 18;
  if (number.empty() || half.empty() || number.size() > kMost || half.size() > kMost) return false;
  if (number.find_first_not_of("0123456789") != std::string_view::npos ||
      half.find_first_not_of("0123456789") != std::string_view::npos)
    return false;
  return std::stoll(std::string(number)) == 2 * std::stoll(std::string(half));
}

void AddTables(Words& words) {
  for (const Plain& plain : kSwitches)
    if (words.tree.IsTrue(words.host, plain.key))
      words.list.AddImplied(plain.flag, words.Whole(*words.tree.Find(words.host, plain.key)));
  for (const Plain& plain : kTexts) {
    const NodeId value = words.tree.Value(words.host, plain.key);
    if (value == kNoNode || Is(words.tree.At(value).text, {"", plain.absent})) continue;
    words.Mode(plain.flag, words.tree.At(value));
  }
  for (const Plain& plain : kNumbers) {
    const Entry* entry = words.tree.Find(words.host, plain.key);
    if (entry == nullptr || words.tree.At(entry->value).text == plain.absent) continue;
    words.Flag(plain.flag, words.tree.At(entry->value).text, words.Whole(*entry));
  }
  for (const Plain& plain : kLists)
    words.Items(words.tree.Value(words.host, plain.key),
                [&](NodeId item) { words.Flag(plain.flag, words.tree.At(item)); });
  for (const Plain& plain : kMaps) words.Pairs(words.tree.Value(words.host, plain.key), plain.flag);
}

// Each engine has a default of its own, and says it.
void AddNamespaces(Words& words) {
  const NodeId ipc = words.tree.Value(words.host, "IpcMode");
  if (ipc == kNoNode) return;
  const std::string_view text = words.tree.At(ipc).text;
  if (text.empty() || text == "private" || (text == "shareable" && words.is_podman)) return;
  words.Mode("--ipc", words.tree.At(ipc));
}

void AddSecurity(Words& words) {
  // Docker sets this itself where a label would not hold. (moby, daemon, generateSecurityOpt)
  const bool has_no_label = words.tree.IsTrue(words.host, "Privileged") ||
                            words.tree.Text(words.host, "PidMode") == "host" ||
                            words.tree.Text(words.host, "IpcMode") == "host";
  words.Items(words.tree.Value(words.host, "SecurityOpt"), [&](NodeId item) {
    const Node& option = words.tree.At(item);
    if (option.text == "label=disable" && has_no_label) return;
    words.Flag("--security-opt", option);
  });
  // `systempaths=unconfined` is not kept as an option: what is hidden and read-only is an empty
  // list then.
  const Entry* masked = words.tree.Find(words.host, "MaskedPaths");
  if (masked != nullptr && words.tree.At(masked->value).IsList() &&
      words.tree.At(masked->value).items.empty() && !words.tree.IsTrue(words.host, "Privileged"))
    words.Flag("--security-opt", "systempaths=unconfined", words.Whole(*masked));
  // Podman lists what is missing from its defaults, whatever these are.
  const Entry* bounding = words.tree.Find(words.container, "BoundingCaps");
  if (words.is_podman && words.tree.Has(words.container, "BoundingCaps") &&
      (bounding == nullptr || words.tree.At(bounding->value).items.empty()))
    words.Flag("--cap-drop", "ALL", bounding == nullptr ? words.anchor : words.Whole(*bounding));
}

void AddLimits(Words& words) {
  if (const Entry* cpus = words.tree.Find(words.host, "NanoCpus");
      cpus != nullptr && words.tree.At(cpus->value).text != "0") {
    words.Flag("--cpus", Processors(words.tree.At(cpus->value).text), words.Whole(*cpus));
  } else {
    for (const auto& [key, flag] :
         {std::pair{"CpuQuota", "--cpu-quota"}, {"CpuPeriod", "--cpu-period"}})
      if (const Entry* entry = words.tree.Find(words.host, key);
          entry != nullptr && words.tree.At(entry->value).text != "0")
        words.Flag(flag, words.tree.At(entry->value).text, words.Whole(*entry));
  }
  // Twice the memory is the engine's own.
  const Entry* swap = words.tree.Find(words.host, "MemorySwap");
  if (swap != nullptr && words.tree.At(swap->value).text != "0" &&
      !IsTwice(words.tree.At(swap->value).text, words.tree.Text(words.host, "Memory")))
    words.Flag("--memory-swap", words.tree.At(swap->value).text, words.Whole(*swap));
  words.Items(words.tree.Value(words.host, "Ulimits"), [&](NodeId item) {
    std::string name = base::ToLower(words.tree.Text(item, "Name"));
    if (name.starts_with("rlimit_")) name.erase(0, 7);
    if (name.empty()) return;
    words.Flag("--ulimit",
               name + "=" + std::string(words.tree.Text(item, "Soft")) + ":" +
                   std::string(words.tree.Text(item, "Hard")),
               words.PlaceOf(item, "Name"));
  });
  const Entry* restart = words.tree.Find(words.host, "RestartPolicy");
  if (restart == nullptr) return;
  std::string policy(words.tree.Text(restart->value, "Name"));
  if (policy.empty() || policy == "no") return;
  const std::string_view count = words.tree.Text(restart->value, "MaximumRetryCount");
  if (policy == "on-failure" && !count.empty() && count != "0") policy += ":" + std::string(count);
  words.Flag("--restart", policy, words.PlaceOf(restart->value, "Name"));
}

// A field of a record of comma separated ones.
std::string Quoted(const std::string& field) {
  if (field.find_first_of(",\"\n") == std::string::npos) return field;
  std::string out = "\"";
  for (const char byte : field) out += byte == '"' ? "\"\"" : std::string(1, byte);
  return out + "\"";
}

// The members of a mount as `--mount` has them.
void AddMount(Words& words, NodeId item) {
  if (!words.tree.At(item).IsMap()) return;
  std::string text = "type=" + std::string(words.tree.Text(item, "Type"));
  const auto add = [&](std::string_view key, std::string_view value) {
    if (!value.empty()) text += "," + Quoted(std::string(key) + "=" + std::string(value));
  };
  add("source", words.tree.Text(item, "Source"));
  add("target", words.tree.Text(item, "Target"));
  if (words.tree.IsTrue(item, "ReadOnly")) text += ",readonly";
  const NodeId bind = words.tree.Value(item, "BindOptions");
  add("bind-propagation", words.tree.Text(bind, "Propagation"));
  if (words.tree.IsTrue(bind, "NonRecursive")) text += ",bind-recursive=disabled";
  if (words.tree.IsTrue(bind, "ReadOnlyNonRecursive")) text += ",bind-recursive=writable";
  if (words.tree.IsTrue(bind, "ReadOnlyForceRecursive")) text += ",bind-recursive=readonly";
  const NodeId volume = words.tree.Value(item, "VolumeOptions");
  if (words.tree.IsTrue(volume, "NoCopy")) text += ",volume-nocopy";
  const NodeId driver = words.tree.Value(volume, "DriverConfig");
  add("volume-driver", words.tree.Text(driver, "Name"));
  if (const NodeId options = words.tree.Value(driver, "Options"); options != kNoNode)
    for (const Entry& entry : words.tree.At(options).entries)
      add("volume-opt", words.tree.At(entry.key).text + "=" + words.tree.At(entry.value).text);
  const NodeId tmpfs = words.tree.Value(item, "TmpfsOptions");
  add("tmpfs-size", words.tree.Text(tmpfs, "SizeBytes"));
  words.Flag("--mount", text, words.PlaceOf(item, "Source"));
}

void AddMounted(Words& words, NodeId item) {
  const std::string_view type = words.tree.Text(item, "Type");
  const std::string target(words.tree.Text(item, "Destination"));
  const std::string_view name = words.tree.Text(item, type == "volume" ? "Name" : "Source");
  if (!Is(type, {"bind", "volume"}) || name.empty() || target.empty()) return;
  // What it makes itself.
  if (Is(target, {"/etc/resolv.conf", "/etc/hosts", "/etc/hostname"})) return;
  const bool is_read_only = words.tree.Has(item, "RW") && !words.tree.IsTrue(item, "RW");
  words.Flag("--volume", std::string(name) + ":" + target + (is_read_only ? ":ro" : ""),
             words.PlaceOf(item, "Source"));
}

std::set<std::string_view> BoundTargets(const Words& words) {
  std::set<std::string_view> out;
  words.Items(words.tree.Value(words.host, "Binds"), [&](NodeId item) {
    const auto parts = base::Split(words.tree.At(item).text, ':');
    if (parts.size() > 1) out.insert(parts[1]);
  });
  return out;
}

void AddMounts(Words& words) {
  words.Items(words.tree.Value(words.host, "Mounts"), [&](NodeId item) { AddMount(words, item); });
  if (const NodeId tmpfs = words.tree.Value(words.host, "Tmpfs"); tmpfs != kNoNode) {
    for (const Entry& entry : words.tree.At(tmpfs).entries) {
      const std::string& options = words.tree.At(entry.value).text;
      words.Flag("--tmpfs", words.tree.At(entry.key).text + (options.empty() ? "" : ":" + options),
                 words.Whole(entry));
    }
  }
  const std::set<std::string_view> bound = BoundTargets(words);
  if (const NodeId volumes = words.tree.Value(words.config, "Volumes"); volumes != kNoNode)
    for (const Entry& entry : words.tree.At(volumes).entries)
      if (!bound.contains(words.tree.At(entry.key).text))
        words.Flag("--volume", words.tree.At(entry.key).text, words.tree.At(entry.key).span);
  // Nerdctl has them nowhere else.
  if (words.is_nerdctl && words.tree.Value(words.host, "Binds") == kNoNode)
    words.Items(words.tree.Value(words.container, "Mounts"),
                [&](NodeId item) { AddMounted(words, item); });
}

// Those that it was connected to besides the one that it was made with.
void AddFurtherNetworks(Words& words) {
  const std::string_view mode = words.tree.Text(words.host, "NetworkMode");
  const NodeId networks =
      words.tree.Value(words.tree.Value(words.container, "NetworkSettings"), "Networks");
  const bool is_own = Is(mode, {"host", "none", "private"}) || mode.starts_with("container:") ||
                      mode.starts_with("ns:") || words.is_podman;
  if (networks == kNoNode || is_own) return;
  for (const Entry& entry : words.tree.At(networks).entries) {
    const Node& name = words.tree.At(entry.key);
    const bool is_first = name.text == mode || (name.text == "bridge" && Is(mode, {"", "default"}));
    if (!is_first) words.Flag("--network", name.text, name.span);
  }
}

void AddNetwork(Words& words) {
  if (const NodeId ports = words.tree.Value(words.host, "PortBindings"); ports != kNoNode) {
    for (const Entry& entry : words.tree.At(ports).entries)
      words.Items(entry.value, [&](NodeId item) {
        std::string_view ip = words.tree.Text(item, "HostIp");
        const std::string address =
            ip.find(':') != std::string_view::npos ? "[" + std::string(ip) + "]" : std::string(ip);
        words.Flag("--publish",
                   (address.empty() ? "" : address + ":") +
                       std::string(words.tree.Text(item, "HostPort")) + ":" +
                       words.tree.At(entry.key).text,
                   words.tree.At(entry.key).span);
      });
  }
  // "/other:/name/alias"
  words.Items(words.tree.Value(words.host, "Links"), [&](NodeId item) {
    const std::string_view text = words.tree.At(item).text;
    const std::size_t colon = text.find(':');
    if (!text.starts_with('/') || colon == std::string_view::npos) return;
    words.Flag("--link",
               std::string(text.substr(1, colon)) + std::string(text.substr(text.rfind('/') + 1)),
               words.tree.At(item).span);
  });
  AddFurtherNetworks(words);
}

void AddDevices(Words& words) {
  words.Items(words.tree.Value(words.host, "Devices"), [&](NodeId item) {
    const std::string host(words.tree.Text(item, "PathOnHost"));
    const std::string inside(words.tree.Text(item, "PathInContainer"));
    const std::string permissions(words.tree.Text(item, "CgroupPermissions"));
    if (host.empty()) return;
    words.Flag("--device",
               host + (inside.empty() ? "" : ":" + inside) +
                   (permissions.empty() ? "" : ":" + permissions),
               words.PlaceOf(item, "PathOnHost"));
  });
  words.Items(words.tree.Value(words.host, "DeviceRequests"), [&](NodeId item) {
    const std::string_view count = words.tree.Text(item, "Count");
    words.Flag("--gpus", count.empty() || count == "0" || count == "-1" ? "all" : count,
               words.tree.At(item).span);
  });
  if (const NodeId runtime = words.tree.Value(words.host, "Runtime");
      runtime != kNoNode && !Is(words.tree.At(runtime).text, {"", "runc", "oci"}) &&
      !words.is_podman)
    words.Flag("--runtime", words.tree.At(runtime));
}

void AddLog(Words& words) {
  const NodeId log = words.tree.Value(words.host, "LogConfig");
  const NodeId driver = words.tree.Value(log, "Type");
  // The engines' own.
  if (driver != kNoNode &&
      !Is(words.tree.At(driver).text, {"", "json-file", "journald", "k8s-file"}))
    words.Flag("--log-driver", words.tree.At(driver));
  words.Pairs(words.tree.Value(log, "Config"), "--log-opt");
}

}  // namespace

void AddHost(Words& words) {
  AddTables(words);
  AddNamespaces(words);
  AddSecurity(words);
  AddLimits(words);
  AddMounts(words);
  AddNetwork(words);
  AddDevices(words);
  AddLog(words);
}

}  // namespace cagelint::input::inspect
