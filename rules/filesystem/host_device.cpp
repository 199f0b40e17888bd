#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

struct Kind {
  Weight weight = Weight::kAtMostWarning;
  std::string reason = "it is a device of the host";
};

Weight WeightOf(std::string_view level) {
  if (level == "error") return Weight::kAsPolicy;
  return level == "warning" ? Weight::kAtMostWarning : Weight::kAtMostInfo;
}

Kind KindOf(std::string_view path) {
  static const std::vector<std::pair<std::string, Kind>> kinds = [] {
    const auto table = base::ParseCsv(embedded::Find("rules/data/devices.csv"));
    std::vector<std::pair<std::string, Kind>> out;
    for (const auto& row : table.rows)
      out.push_back(
          {std::string(row[table.Column("prefix")]),
           {WeightOf(row[table.Column("level")]), std::string(row[table.Column("reason")])}});
    return out;
  }();
  if (path == "/dev") return {Weight::kAsPolicy, "it is every device of the host"};
  if (!path.starts_with("/dev/")) return {};
  const std::string_view name = path.substr(5);
  const auto found = std::find_if(kinds.begin(), kinds.end(),
                                  [&](const auto& kind) { return name.starts_with(kind.first); });
  return found == kinds.end() ? Kind{} : found->second;
}

// What every container has anyway.
bool IsHarmless(std::string_view path) {
  for (const char* name : {"full", "null", "random", "tty", "urandom", "zero"})
    if (path == "/dev/" + std::string(name)) return true;
  return false;
}

// `b 8:* rmw`, `a`: a node for it can be made inside, by whoever has MKNOD.
void CheckRules(const Container& container, Reporter& report) {
  const auto& capabilities = container.effective.capabilities;
  // An ordinary user without a way to more has them in the bounding set alone.
  const bool stays_user = container.engine == model::Engine::kDocker &&
                          container.effective.user == model::UserKind::kNonRoot &&
                          container.effective.no_new_privileges == Tri::kYes;
  const bool has_mknod = !capabilities || std::find(capabilities->begin(), capabilities->end(),
                                                    "CAP_MKNOD") != capabilities->end();
  const bool makes_nodes = has_mknod && !stays_user;
  for (const auto& rule : container.device_cgroup_rules.items) {
    if (!rule.IsKnown()) continue;
    const bool is_all = rule.value.starts_with('a');
    const bool is_disk = is_all || rule.value.starts_with('b');
    report.Add({.span = PlaceOf(rule, container),
                .message = is_all    ? "every device of the host may be used"
                           : is_disk ? "disks of the host may be used"
                                     : "devices of the host may be used",
                .help = "leave it out, or pass in the one device that is needed",
                .fixes = {Unsafe("leave the rule out", "what uses such a device fails",
                                 {Remove(rule.whole)})},
                .weight = is_disk && makes_nodes ? Weight::kAsPolicy : Weight::kAtMostWarning});
  }
}

void Check(const Container& container, Reporter& report) {
  if (container.privileged.Is(true)) return;  // it has them all
  CheckRules(container, report);
  for (const auto& item : container.devices.items) {
    if (!item.IsKnown() || !item.value.source.starts_with('/')) continue;
    const std::string path = base::CleanPath(item.value.source);
    if (IsHarmless(path)) continue;
    const Kind kind = KindOf(path);
    report.Add({.span = PlaceOf(item, container),
                .message = "`" + path + "` is passed in: " + kind.reason,
                .help = "leave it out",
                .fixes = {Unsafe("leave the device out", "what uses the device fails",
                                 {Remove(item.whole)})},
                .weight = kind.weight});
  }
}

}  // namespace

extern const Rule kHostDevice{
    .info =
        {.id = "host-device",
         .title = "a device of the host is passed in",
         .why = "a raw disk is every file of the host; other devices open a part of its kernel",
         .rationale =
             "`--device` makes a node and allows it, whatever capabilities were dropped; who may "
             "open it is decided by the node's mode, so an ordinary user gets nothing from a disk "
             "of root's. A rule of the devices cgroup needs CAP_MKNOD as well: without it the rule "
             "is a warning. Graphics and sound are information only, and a CDI name is not "
             "reported. A bind mount of a node does not allow it.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.18",
                        "Docker documentation, docker container run, --device",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.18"},
         .bad = "docker run --device //dev/sda alpine:3.22\n",
         .good = "docker run --device /dev/null alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
