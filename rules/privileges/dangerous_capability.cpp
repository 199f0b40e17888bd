#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

struct Danger {
  bool escape = false;  // a way to root on the host, not only to other harm
  std::string reason;
};

const Danger* Find(const std::string& capability) {
  static const std::vector<std::pair<std::string, Danger>> dangers = [] {
    const auto table = base::ParseCsv(embedded::Find("rules/data/capabilities.csv"));
    std::vector<std::pair<std::string, Danger>> out;
    for (const auto& row : table.rows)
      out.push_back(
          {std::string(row[table.Column("capability")]),
           {row[table.Column("escape")] == "yes", std::string(row[table.Column("reason")])}});
    return out;
  }();
  const auto found = std::find_if(dangers.begin(), dangers.end(),
                                  [&](const auto& danger) { return danger.first == capability; });
  return found == dangers.end() ? nullptr : &found->second;
}

// An added capability that the container had anyway changes nothing.
bool HadAnyway(const Container& container, const std::string& capability) {
  const auto& defaults = model::DefaultCapabilities(container.engine);
  if (std::find(defaults.begin(), defaults.end(), capability) == defaults.end()) return false;
  return container.effective.drops_all_capabilities == Tri::kNo &&
         container.cap_drop.Find(capability) == nullptr;
}

void Check(const Container& container, Reporter& report) {
  if (container.privileged.Is(true) || container.cap_add.Find("ALL") != nullptr) return;
  // Docker gives it to an ordinary user in the bounding set alone. SYS_ADMIN opens `unshare`,
  // `clone` and `mount` in the default filter all the same.
  const bool stays_user = container.engine != model::Engine::kPodman &&
                          container.effective.user == model::UserKind::kNonRoot &&
                          container.effective.no_new_privileges == Tri::kYes;
  for (const auto& item : container.cap_add.items) {
    const Danger* danger = item.IsKnown() ? Find(item.value) : nullptr;
    if (danger == nullptr || HadAnyway(container, item.value)) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = "`" + item.value + "` is added: " + danger->reason,
                .help = "leave it out, or do what needs it outside of the container",
                .fixes = {Unsafe("leave `" + item.value + "` out", "what needs it fails",
                                 {Remove(item.whole)})},
                .weight = danger->escape && (!stays_user || item.value == "CAP_SYS_ADMIN")
                              ? Weight::kAsPolicy
                              : Weight::kAtMostWarning});
  }
}

}  // namespace

extern const Rule kDangerousCapability{
    .info =
        {.id = "dangerous-capability",
         .title = "a dangerous capability is added",
         .why = "a piece of root's power is enough to leave the container, or to harm the host",
         .rationale =
             "Some capabilities are as good as root on the host: CAP_SYS_ADMIN remounts a "
             "read-only "
             "root and `:ro` bind mounts writable and opens mount, unshare and setns in Docker's "
             "seccomp profile; CAP_SYS_MODULE loads kernel modules; CAP_DAC_READ_SEARCH opens any "
             "file of the host by its handle. Others give less, and are a warning at most.\n\n"
             "A capability that the engine gives by default is reported only where it was dropped "
             "before. For a user other than root Docker puts an added capability into the bounding "
             "set only, and with no-new-privileges it is out of reach: a warning at most, but for "
             "SYS_ADMIN, which opens system calls all the same. podman makes it effective.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.4", "capabilities(7)",
                        "Docker documentation, Seccomp security profiles for Docker",
                        "run on Docker Engine 20.10.24 and 28.5.2, podman 4.3.1"},
         .cis = {"5.4"},
         .bad = "docker run --cap-drop ALL --cap-add SYS_ADMIN alpine:3.22\n",
         .good = "docker run --cap-drop ALL --cap-add CHOWN alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
