#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// What engines hide or make read-only, and whether writing there is enough to be root on the host.
struct Masked {
  std::string_view path;
  bool is_root = false;
};
constexpr std::array<Masked, 18> kMasked{{{"/proc/acpi"},
                                          {"/proc/asound"},
                                          {"/proc/bus"},
                                          {"/proc/fs"},
                                          {"/proc/interrupts"},
                                          {"/proc/irq"},
                                          {"/proc/kcore"},
                                          {"/proc/keys"},
                                          {"/proc/latency_stats"},
                                          {"/proc/sched_debug"},
                                          {"/proc/scsi"},
                                          {"/proc/sys", true},
                                          {"/proc/sysrq-trigger", true},
                                          {"/proc/timer_list"},
                                          {"/proc/timer_stats"},
                                          {"/sys/dev/block"},
                                          {"/sys/devices/virtual/powercap"},
                                          {"/sys/firmware"}}};

struct Opened {
  bool any = false;
  bool is_root = false;
};

// A path of podman's `unmask`: `/proc/*` is what lies in /proc; other patterns are not judged.
void Open(std::string_view pattern, Opened& opened) {
  const bool is_folder = pattern.ends_with("/*");
  if (is_folder) pattern.remove_suffix(1);
  for (const Masked& one : kMasked) {
    const bool inside = is_folder && one.path.starts_with(pattern) &&
                        one.path.find('/', pattern.size()) == std::string_view::npos;
    if (!inside && one.path != pattern) continue;
    opened.any = true;
    opened.is_root = opened.is_root || one.is_root;
  }
}

Opened WhatOpens(const std::string& option, bool is_podman) {
  if (option == "systempaths=unconfined") return {true, true};
  if (!is_podman) return {};
  if (option == "systempaths:unconfined") return {true, true};
  if (!option.starts_with("unmask=") && !option.starts_with("unmask:")) return {};
  Opened opened;
  for (const std::string_view path : base::Split(std::string_view(option).substr(7), ':')) {
    if (base::ToLower(path) == "all") return {true, true};
    Open(path, opened);
  }
  return opened;
}

void Check(const Container& container, Reporter& report) {
  const bool is_podman = container.engine == model::Engine::kPodman;
  const bool stays_user = container.effective.user == model::UserKind::kNonRoot &&
                          container.effective.no_new_privileges == Tri::kYes;
  for (const auto& item : container.security_opt.items) {
    const Opened opened = item.IsKnown() ? WhatOpens(item.value, is_podman) : Opened{};
    if (!opened.any) continue;
    const bool is_root = opened.is_root && !stays_user;
    report.Add({.span = PlaceOf(item, container),
                .message = is_root ? "paths of /proc are not masked: uid 0 inside writes the "
                                     "host's settings of its kernel"
                                   : "paths of /proc and /sys that give the host away are not "
                                     "masked",
                .help = "leave it out",
                .fixes = {Unsafe("leave it out", "what writes settings of the kernel fails",
                                 {Remove(item.whole)})},
                .weight = is_root && !is_podman ? Weight::kAsPolicy : Weight::kAtMostWarning});
  }
}

}  // namespace

extern const Rule kUnmaskedPaths{
    .info =
        {.id = "unmasked-paths",
         .title = "system paths are not masked",
         .why = "uid 0 inside sets the host's core_pattern, a program that the host then runs",
         .rationale =
             "Much of /proc and /sys belongs to the host's kernel, not to the container. Engines "
             "hide some of it and make the rest read-only; the kernel checks only the uid there. "
             "Without these masks uid 0, with every capability dropped and no-new-privileges set, "
             "writes /proc/sys/kernel/core_pattern and so has a program run as root on the host. "
             "Another uid cannot write there, and for one that cannot become root the finding is "
             "a warning.\n\n"
             "docker takes only `systempaths=unconfined`, podman `systempaths` in both spellings "
             "and `unmask=` with paths or `ALL`. podman may be rootless, where its root is an "
             "ordinary user of the host: a warning.",
         .references = {"Docker documentation, docker container run, --security-opt",
                        "podman-run(1), --security-opt",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --security-opt systempaths=unconfined alpine:3.22\n",
         .good = "docker run --security-opt no-new-privileges alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
