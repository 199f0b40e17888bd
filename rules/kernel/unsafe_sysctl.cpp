#include <charconv>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

struct Weakness {
  std::string before, behind;  // of the name, around `*`; all of it in `before` where there is none
  bool of_zero = false;
  std::string reason;
};

const std::vector<Weakness>& Table() {
  static const std::vector<Weakness> weaknesses = [] {
    const auto table = base::ParseCsv(embedded::Find("rules/data/sysctls.csv"));
    std::vector<Weakness> out;
    for (const auto& row : table.rows) {
      const std::string name(row[table.Column("name")]);
      const std::size_t star = name.find('*');
      out.push_back({name.substr(0, star), star == name.npos ? "" : name.substr(star + 1),
                     row[table.Column("weak")] == "zero",
                     std::string(row[table.Column("reason")])});
    }
    return out;
  }();
  return weaknesses;
}

bool IsNamed(const Weakness& one, const std::string& key) {
  if (one.behind.empty()) return key == one.before;
  return key.size() > one.before.size() + one.behind.size() && key.starts_with(one.before) &&
         key.ends_with(one.behind);
}

const Weakness* Find(const model::KeyValue& sysctl) {
  if (!sysctl.value) return nullptr;
  const std::string_view text = base::Trim(*sysctl.value);
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return nullptr;
  for (const Weakness& one : Table())
    if (IsNamed(one, sysctl.key) && one.of_zero == (value == 0)) return &one;
  return nullptr;
}

void Check(const Container& container, Reporter& report) {
  // There the engine refuses them.
  if (container.effective.network == model::NetworkKind::kHost) return;
  for (const auto& item : container.sysctls.items) {
    const Weakness* weakness = item.IsKnown() ? Find(item.value) : nullptr;
    if (weakness == nullptr) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = "with `" + item.value.key + "` " + weakness->reason,
                .help = "leave it out",
                .fixes = {Unsafe("leave it out", "what relies on the setting behaves otherwise",
                                 {Remove(item.whole)})}});
  }
}

}  // namespace

extern const Rule kUnsafeSysctl{
    .info =
        {.id = "unsafe-sysctl",
         .title = "a kernel setting of the container is weakened",
         .why = "its network takes packets that the kernel would refuse, or passes them on",
         .rationale =
             "A container may set what belongs to its own network and IPC namespaces. Some of "
             "these settings open it: `route_localnet` lets neighbours reach services that listen "
             "on its loopback only, `accept_source_route` lets a sender choose a way past filters. "
             "What belongs to the whole host (most of `kernel.`, `vm.`, `fs.`) the client or the "
             "daemon refuses, and so it refuses `net.` on the host's network.\n\n"
             "`net.ipv4.ip_unprivileged_port_start=0` is Docker's default, and no finding.",
         .references = {"Linux, Documentation/networking/ip-sysctl.rst",
                        "Docker documentation, docker container run, --sysctl",
                        "run on Docker Engine 20.10.24"},
         .cis = {},
         .bad = "docker run --sysctl net.ipv4.conf.all.route_localnet=1 alpine:3.22\n",
         .good = "docker run --sysctl net.ipv4.ip_unprivileged_port_start=0 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
