#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

bool RemovedLater(const Document& document, std::size_t index) {
  const Container& container = document.containers[index];
  return std::any_of(document.commands.begin(), document.commands.end(),
                     [&](const model::Command& command) {
                       if (command.kind != model::CommandKind::kRemove) return false;
                       if (command.order < container.order) return false;
                       return std::any_of(command.targets.begin(), command.targets.end(),
                                          [&](const model::Target& target) {
                                            return target.container == static_cast<int>(index);
                                          });
                     });
}

void Check(const Document& document, Reporter& report) {
  for (std::size_t i = 0; i < document.containers.size(); ++i) {
    const Container& container = document.containers[i];
    if (container.IsCompose() || container.remove.IsDynamic() || container.remove.Is(true))
      continue;
    if (RemovedLater(document, i)) continue;
    report.Add({.span = PlaceOf(container.remove, container),
                .message = "the container stays after the program ends, with all that it wrote",
                .help = "let the engine remove it: " + Spelling(container, "remove", "true")});
  }
}

}  // namespace

extern const Rule kPersistentContainer{
    .info =
        {.id = "persistent-container",
         .title = "container is not removed at its end",
         .why = "what the program inside left behind is there again at the next `docker start`",
         .rationale =
             "Without `--rm` a container that ended stays: its root layer and its volumes come "
             "back "
             "with `docker start`, and with them planted programs and settings. What lay on a "
             "tmpfs "
             "or in /dev/shm does not. `--rm` removes the container and its anonymous volumes, not "
             "named ones.\n\n"
             "A container that the same script removes further down is not reported, and neither "
             "are services of a compose file, whose life the compose commands manage.",
         .references = {"Docker documentation, docker container run, Automatically clean up (--rm)",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run alpine:3.22\n",
         .good = "docker run --rm alpine:3.22\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
