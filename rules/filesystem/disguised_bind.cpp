#include <algorithm>
#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::array<std::string_view, 11> kKernel{"proc",    "sysfs",    "devtmpfs", "cgroup",
                                                   "cgroup2", "debugfs",  "tracefs",  "securityfs",
                                                   "bpf",     "configfs", "efivarfs"};
constexpr std::array<std::string_view, 8> kNetwork{"nfs", "nfs4", "cifs",      "smb3",
                                                   "9p",  "ceph", "glusterfs", "sshfs"};

std::string Option(const model::Mount& mount, std::string_view key) {
  for (const auto& [name, value] : mount.driver_options)
    if (name == key) return value;
  return "";
}

bool IsOneOf(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool Binds(const std::string& options) {
  for (const std::string_view option : base::Split(options, ','))
    if (option == "bind" || option == "rbind") return true;
  return false;
}

std::string Describe(const model::Mount& mount) {
  if (mount.driver_options.empty() || (mount.driver.IsKnown() && !mount.driver.Is("local")))
    return "";
  const std::string type = Option(mount, "type");
  const std::string device = Option(mount, "device");
  if (Binds(Option(mount, "o"))) return "this volume is a bind of `" + device + "`";
  if (IsOneOf(type, kKernel))
    return "this volume is the host's `" + type + "`, writable and without masks";
  if (type == "overlay") return "this volume is made of folders of the host: `overlay`";
  if (IsOneOf(type, kNetwork))
    return "the daemon mounts a file system over the network: `" + type + "`";
  if (device.starts_with("/dev/")) return "this volume is the host's disk `" + device + "`";
  return "";
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !item.value.type.Is("volume")) continue;
    std::string message = Describe(item.value);
    if (message.empty()) continue;
    const bool network = message.starts_with("the daemon");
    const auto& source = item.value.source;
    report.Add({.span = source.IsAbsent() ? PlaceOf(item, container) : PlaceOf(source, container),
                .message = std::move(message),
                .help = "say what is mounted (a bind), or take it out",
                .weight = network ? Weight::kAtMostWarning : Weight::kAsPolicy});
  }
}

}  // namespace

extern const Rule kDisguisedBind{
    .info =
        {.id = "disguised-bind",
         .title = "a volume is a mount of the host in disguise",
         .why =
             "what looks like a volume of its own is a part of the host, its kernel or its disks",
         .rationale =
             "The engine's `local` driver mounts any file system, as root of the host. With "
             "`type=proc` it gives a host procfs that is writable and has no masked paths: "
             "through `core_pattern` in there the program runs commands on the host, with every "
             "capability dropped, if it is uid 0. A device is the disk itself, `overlay` shows "
             "the folders that it is made of, and NFS, CIFS and their like are storage on the "
             "network for a container that has none: a warning at most.\n\n"
             "A bind is also judged by what it shows, as if it were written as one.",
         .references = {"Docker documentation, docker volume create, Driver-specific options",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.6"},
         .bad = "docker run --mount type=volume,dst=/p,volume-driver=local,volume-opt=type=proc,"
                "volume-opt=device=proc alpine:3.22\n",
         .good = "docker run --mount type=volume,src=cache,dst=/cache alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
