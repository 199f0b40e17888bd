#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

struct HostPath {
  std::string path;
  bool below = false;
  bool reads = false;
  std::string reason;
};

const std::vector<HostPath>& Table() {
  static const std::vector<HostPath> paths = [] {
    const auto table = base::ParseCsv(embedded::Find("rules/data/host_paths.csv"));
    std::vector<HostPath> out;
    for (const auto& row : table.rows)
      out.push_back({std::string(row[table.Column("path")]), row[table.Column("below")] == "yes",
                     row[table.Column("reads")] == "yes",
                     std::string(row[table.Column("reason")])});
    return out;
  }();
  return paths;
}

// The longest entry that speaks about the path.
const HostPath* Find(const model::Mount& mount) {
  const model::HostPath& host = mount.host;
  if (!mount.IsBind() || !host.exact || host.base != model::PathBase::kAbsolute) return nullptr;
  // /var/run is a link to /run.
  const bool old = host.path == "/var/run" || host.path.starts_with("/var/run/");
  const std::string path = old ? host.path.substr(4) : host.path;
  const HostPath* found = nullptr;
  for (const HostPath& one : Table()) {
    const bool is_it = path == one.path || (one.below && path.starts_with(one.path + "/"));
    if (is_it && (found == nullptr || one.path.size() > found->path.size())) found = &one;
  }
  return found;
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    const HostPath* host = item.IsKnown() ? Find(item.value) : nullptr;
    if (host == nullptr) continue;
    const bool only_read = model::Writable(item.value) == Tri::kNo;
    if (only_read && !host->reads) continue;
    report.Add({.span = PlaceOf(item.value.source, container),
                .message = "`" + item.value.host.path + "` of the host is mounted" +
                           (only_read ? " to be read: " : ", writable: ") + host->reason,
                .help = only_read ? "mount the one file that is needed"
                                  : "take it out, or mount the one file that is needed read-only",
                .fixes = {Unsafe("take the mount out", "what the program read there is missing",
                                 {Remove(item.whole)})},
                .weight = only_read ? Weight::kAtMostWarning : Weight::kAsPolicy});
  }
}

}  // namespace

extern const Rule kSensitiveHostPath{
    .info =
        {.id = "sensitive-host-path",
         .title = "a part of the host's own system is mounted",
         .why = "the program inside reads the host's secrets, or writes what the host runs",
         .rationale =
             "Some folders of a host are its system: what is written there runs as root later, and "
             "what is read there opens it. A bind in any disguise counts: `/etc/..` and `/.` are "
             "the "
             "root, and a volume whose driver binds a folder is a bind.\n\n"
             "Read-only is one step lower, and no finding where reading gives nothing away. It is "
             "not recursive before Docker Engine 25 and Linux 5.12: what is mounted below stays "
             "writable there. Device nodes of a mounted /dev are stopped by the devices cgroup; "
             "/dev/shm, /dev/pts and /dev/mqueue are not.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.6", "Docker documentation, Bind mounts",
                        "hier(7)", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.6"},
         .bad = "docker run -v /etc/..:/host alpine:3.22\n",
         .good = "docker run -v /etc/localtime:/etc/localtime:ro alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
