#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

enum class Removal { kNone, kAbove, kBelow };

bool Names(const model::Target& target, const Document& document, std::size_t index) {
  if (target.container >= 0) return target.container == static_cast<int>(index);
  const Container& container = document.containers[index];
  if (target.name.IsKnown())
    return !target.name.value.empty() && container.name.Is(target.name.value);
  return std::any_of(container.handles.begin(), container.handles.end(),
                     [&](const std::string& handle) {
                       const std::string& source = target.name.source;
                       return source == "$" + handle || source == "${" + handle + "}";
                     });
}

Removal RemovalOf(const Document& document, std::size_t index) {
  Removal removal = Removal::kNone;
  for (const model::Command& command : document.commands) {
    if (command.kind != model::CommandKind::kRemove) continue;
    const bool is_it =
        std::any_of(command.targets.begin(), command.targets.end(),
                    [&](const model::Target& target) { return Names(target, document, index); });
    if (!is_it) continue;
    if (command.order > document.containers[index].order) return Removal::kBelow;
    removal = Removal::kAbove;
  }
  return removal;
}

void Check(const Document& document, Reporter& report) {
  for (std::size_t i = 0; i < document.containers.size(); ++i) {
    const Container& container = document.containers[i];
    if (container.IsCompose() || container.remove.IsDynamic() || container.remove.Is(true))
      continue;
    const Removal removal = RemovalOf(document, i);
    if (removal == Removal::kBelow) continue;
    const bool above = removal == Removal::kAbove;
    report.Add({.span = PlaceOf(container.remove, container),
                .message = above
                               ? "the container stays after the program ends, unless what removes "
                                 "it further up is a trap"
                               : "the container stays after the program ends, with all that it "
                                 "wrote",
                .help = "let the engine remove it: " + Spelling(container, "remove", "true"),
                .weight = above ? Weight::kAtMostInfo : Weight::kAsPolicy});
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
             "A container that the same script removes further down is not reported; one that it "
             "removes further up, as a trap does and as a clean-up before the start does, is "
             "information only. Services of a compose file are left alone: the compose commands "
             "manage their life.",
         .references = {"Docker documentation, docker container run, Automatically clean up (--rm)",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run alpine:3.22\n",
         .good = "docker run --rm alpine:3.22\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
