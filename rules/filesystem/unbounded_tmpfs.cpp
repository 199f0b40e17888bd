#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

std::string Place(const model::Mount& mount) {
  return mount.target.IsKnown() ? "the tmpfs on `" + mount.target.value + "`" : "a tmpfs";
}

std::string Help(const Container& container, const model::Mount& mount) {
  const bool is_long = mount.form == model::Mount::Form::kLong;
  if (!is_long) return "give it a size: `size=64m` behind the path's colon";
  return container.IsCompose() ? "give it a size: `tmpfs: {size: 64m}`"
                               : "give it a size: `tmpfs-size=64m`";
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !item.value.IsTmpfs()) continue;
    const model::Mount& mount = item.value;
    if (model::Writable(mount) != Tri::kYes || model::TmpfsLimited(mount) != Tri::kNo) continue;
    const bool bounded = container.effective.memory_limited != Tri::kNo;
    const bool zero = mount.size.Is(0);
    report.Add({.span = zero ? PlaceOf(mount.size, container) : PlaceOf(mount.target, container),
                .message = Place(mount) +
                           (zero ? " has size 0, which is no limit" : " has no size of its own"),
                .help = Help(container, mount),
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
         .good = "docker run --tmpfs /tmp:size=64m alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
