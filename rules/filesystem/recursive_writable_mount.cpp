#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !item.value.IsBind() || !item.value.read_only.Is(true)) continue;
    for (const auto& option : item.value.options.items) {
      if (!option.Is("bind-recursive=writable") && !option.Is("recursive=writable")) continue;
      report.Add(
          {.span = PlaceOf(option, container),
           .message = "what is mounted below this read-only bind stays writable",
           .help = container.IsCompose() ? "leave `recursive` out" : "leave `bind-recursive` out"});
    }
  }
}

}  // namespace

extern const Rule kRecursiveWritableMount{
    .info =
        {.id = "recursive-writable-mount",
         .title = "a read-only bind with writable mounts in it",
         .why = "the program inside writes to another file system that is mounted below",
         .rationale =
             "Since Docker Engine 25, on Linux 5.12 and later, `readonly` also holds for what is "
             "mounted below the folder. `bind-recursive=writable` takes that back: a disk, a home "
             "or a tmpfs below stays writable. On older engines it was always so, and nothing in "
             "the configuration says which engine will run it.",
         .references = {"Docker documentation, Bind mounts, Recursive mounts", "mount_setattr(2)",
                        "run on Docker Engine 28.5.2"},
         .cis = {},
         .bad = "docker run --mount type=bind,src=/srv,dst=/srv,ro,bind-recursive=writable "
                "alpine:3.22\n",
         .good = "docker run --mount type=bind,src=/srv,dst=/srv,ro alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
