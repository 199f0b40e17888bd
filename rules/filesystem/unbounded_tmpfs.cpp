#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

std::string Place(const model::Mount& mount) {
  return mount.target.IsKnown() ? "the tmpfs on `" + mount.target.value + "`" : "a tmpfs";
}

// The mount as it should be: its other options, and a size.
std::string Help(const Container& container, const model::Mount& mount) {
  const bool is_long = mount.form == model::Mount::Form::kLong;
  if (is_long && container.IsCompose()) return "give it a size: `tmpfs: {size: 64m}`";
  if (is_long) return "give it a size: `tmpfs-size=64m`";
  std::string better = mount.target.IsKnown() ? mount.target.value + ":" : "";
  for (const auto& option : mount.options.items)
    if (!option.value.starts_with("size=") && !option.value.starts_with("nr_blocks="))
      better += option.value + ",";
  return "give it a size: `" + better + "size=64m`";
}

std::string Describe(const model::Mount& mount, std::string_view option) {
  if (option.ends_with('%'))
    return " may take a share of the host's memory: `" + std::string(option) + "`";
  if (option.starts_with("nr_blocks=")) return " has 0 blocks, which is no limit";
  return mount.size.Is(0) ? " has size 0, which is no limit" : " has no size of its own";
}

// A volume whose driver mounts a tmpfs.
void CheckVolume(const Container& container, const model::Setting<model::Mount>& item,
                 const std::string& options, Reporter& report) {
  for (const std::string_view option : base::Split(options, ','))
    if ((option.starts_with("size=") && option != "size=0") || option.starts_with("nr_blocks="))
      return;
  const auto& source = item.value.source;
  report.Add({.span = source.IsAbsent() ? PlaceOf(item, container) : PlaceOf(source, container),
              .message = "this volume is a tmpfs without a size",
              .help = "give its driver one: `o: size=64m`",
              .weight = container.effective.memory_limited != Tri::kNo ? Weight::kAtMostInfo
                                                                       : Weight::kAsPolicy});
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (const auto options = model::TmpfsVolumeOptions(item.value);
        options && item.IsKnown() && model::Writable(item.value) == Tri::kYes)
      CheckVolume(container, item, *options, report);
    if (!item.IsKnown() || !item.value.IsTmpfs()) continue;
    const model::Mount& mount = item.value;
    if (model::Writable(mount) != Tri::kYes || model::TmpfsLimited(mount) != Tri::kNo) continue;
    const bool bounded = container.effective.memory_limited != Tri::kNo;
    const auto index = model::FindTmpfsLimit(mount);
    const std::string_view option = index ? mount.options.items[*index].value : std::string_view{};
    model::Place place = PlaceOf(mount.target, container);
    if (index) place = PlaceOf(mount.options.items[*index], container);
    if (!index && mount.size.Is(0)) place = PlaceOf(mount.size, container);
    model::Change change = SetOf("mounts.size", "512m", item.whole);
    if (option.starts_with("nr_blocks="))
      change = Replace(mount.options.items[*index].value_span, "size=512m");
    model::Fix fix = Safe("give the tmpfs a size", {std::move(change)});
    if (index || !mount.size.IsAbsent())
      fix = Unsafe(fix.title, "somebody wrote another one: more may be needed", fix.changes);
    report.Add({.span = place,
                .message = Place(mount) + Describe(mount, option),
                .help = Help(container, mount),
                .fixes = {std::move(fix)},
                .weight = bounded ? Weight::kAtMostInfo : Weight::kAsPolicy});
  }
}

}  // namespace

extern const Rule kUnboundedTmpfs{
    .info =
        {.id = "unbounded-tmpfs",
         .title = "tmpfs has no size",
         .why = "the program inside can fill half of the host's memory, or all of it",
         .rationale =
             "A tmpfs lives in the host's memory. Without a size the kernel lets it grow to half "
             "of "
             "it; `size=0` (and `tmpfs-size=0`) lifts even that, and a percentage is one of the "
             "host's memory, whatever the container may use. A size in bytes, or `nr_blocks`, is a "
             "limit.\n\n"
             "A memory limit of the container counts the pages of a tmpfs too: the writer is "
             "killed "
             "there. With such a limit, or one that cannot be known, the finding is information "
             "only.",
         .references = {"Docker documentation, tmpfs mounts, Options for --tmpfs",
                        "Linux kernel documentation, Tmpfs",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --tmpfs /tmp:size=0 alpine:3.22\n",
         .good = "docker run --tmpfs /tmp:size=64m alpine:3.22\n",
         .fix = Fixable::kSafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
