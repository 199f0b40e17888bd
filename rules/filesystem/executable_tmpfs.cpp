#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::FindTmpfsFlag;
using model::Mount;

base::Span PlaceOfOption(const Container& container, const Mount& mount, std::size_t index) {
  const auto& option = mount.options.items[index];
  return option.value_span.IsEmpty() ? PlaceOf(mount.target, container)
                                     : PlaceOf(option, container);
}

// All that lifts something, together: what stays would be the next finding.
std::vector<model::Fix> FixOf(const Mount& mount) {
  std::vector<model::Change> changes;
  for (const std::string name : {"exec", "suid", "dev"}) {
    const auto flag = FindTmpfsFlag(mount, name);
    if (flag.value != Tri::kYes) continue;
    const base::Span& place = mount.options.items[flag.index].value_span;
    if (!place.IsValid() || place.IsEmpty()) return {};
    changes.push_back(Replace(place, "no" + name));
  }
  return {
      Unsafe("lift nothing from the tmpfs", "what is run from there fails", std::move(changes))};
}

void Report(const Container& container, const Mount& mount, Reporter& report) {
  const std::string on = mount.target.IsKnown() ? " on `" + mount.target.value + "`" : "";
  const auto exec = FindTmpfsFlag(mount, "exec");
  if (exec.value == Tri::kYes) {
    return report.Add({.span = PlaceOfOption(container, mount, exec.index),
                       .message = "`exec` lets programs run from the tmpfs" + on,
                       .help = "leave it out, or write `noexec`",
                       .fixes = FixOf(mount)});
  }
  for (const std::string name : {"suid", "dev"}) {
    const auto flag = FindTmpfsFlag(mount, name);
    if (flag.value != Tri::kYes) continue;
    const bool void_here = name == "dev" || container.effective.no_new_privileges == Tri::kYes;
    return report.Add({.span = PlaceOfOption(container, mount, flag.index),
                       .message = "`" + name + "` lifts `no" + name + "` from the tmpfs" + on,
                       .help = "leave it out, or write `no" + name + "`",
                       .fixes = FixOf(mount),
                       .weight = void_here ? Weight::kAtMostInfo : Weight::kAsPolicy});
  }
  if (container.engine != model::Engine::kPodman || container.IsCompose() || exec.value) return;
  report.Add({.span = PlaceOf(mount.target, container),
              .message = "podman lets programs run from the tmpfs" + on + " without `noexec`",
              .help = "add `noexec`",
              .weight = Weight::kAtMostWarning});
}

// To the options of a volume that is a tmpfs Docker adds nothing (run on 20.10 and 28.5).
void CheckVolume(const Container& container, const model::Setting<Mount>& item,
                 const std::string& options, Reporter& report) {
  const auto words = base::Split(options, ',');
  if (std::find(words.begin(), words.end(), "noexec") != words.end()) return;
  const auto& source = item.value.source;
  report.Add({.span = source.IsAbsent() ? PlaceOf(item, container) : PlaceOf(source, container),
              .message = "programs run from this volume, which is a tmpfs without `noexec`",
              .help = "give its driver the option: `o: noexec,nosuid,nodev,size=64m`"});
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (const auto options = model::TmpfsVolumeOptions(item.value);
        options && item.IsKnown() && model::Writable(item.value) == Tri::kYes)
      CheckVolume(container, item, *options, report);
    if (!item.IsKnown() || !item.value.IsTmpfs()) continue;
    if (model::Writable(item.value) == Tri::kYes) Report(container, item.value, report);
  }
}

}  // namespace

extern const Rule kExecutableTmpfs{
    .info =
        {.id = "executable-tmpfs",
         .title = "programs can run from a tmpfs",
         .why =
             "a downloaded or compiled program can be started from a place that a read-only root "
             "leaves writable",
         .rationale =
             "Docker mounts every tmpfs that is asked for with noexec, nosuid and nodev, unless "
             "the "
             "options say otherwise; the last of `exec` and `noexec` counts. podman adds nosuid "
             "and "
             "nodev only, so there a tmpfs without `noexec` is reported too.\n\n"
             "`noexec` is a hurdle, not a wall: it stops programs and scripts that are started by "
             "their path, not `sh /tmp/x` or `python /tmp/x`, and not a program held in memory "
             "(memfd_create). It also keeps compiled extension modules from loading. `suid` "
             "matters "
             "only without no-new-privileges, and `dev` only together with CAP_MKNOD and a rule "
             "for "
             "the device: they are information otherwise.",
         .references = {"Docker documentation, tmpfs mounts", "podman-run(1), --tmpfs",
                        "run on Docker Engine 20.10.24 and 28.5.2, podman 4.3.1"},
         .cis = {},
         .bad = "docker run --tmpfs /tmp:noexec,exec,size=64m alpine:3.22\n",
         .good = "docker run --tmpfs /tmp:exec,noexec,size=64m alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
