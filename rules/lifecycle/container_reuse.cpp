#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Command;
using model::CommandKind;

bool Resumes(CommandKind kind) {
  return kind == CommandKind::kStart || kind == CommandKind::kRestart ||
         kind == CommandKind::kAttach || kind == CommandKind::kExec;
}

// A container before `command` that it means, or that could have its name.
bool MayBeCreatedBefore(const Document& document, const Command& command,
                        const model::Target& target) {
  for (std::size_t i = 0; i < document.containers.size(); ++i) {
    const Container& container = document.containers[i];
    if (container.order > command.order) continue;
    if (target.container == static_cast<int>(i) || container.name.IsDynamic()) return true;
    if (container.name.Is(target.name.value)) return true;
  }
  return false;
}

void Check(const Document& document, Reporter& report) {
  for (const Command& command : document.commands) {
    if (!Resumes(command.kind)) continue;
    for (const model::Target& target : command.targets) {
      if (!target.name.IsKnown() || MayBeCreatedBefore(document, command, target)) continue;
      report.Add({.span = target.name.value_span,
                  .message = "`" + target.name.value + "` is left over from an earlier run",
                  .help = "start a fresh container each time: `" +
                          std::string(model::Name(command.engine)) + " run --rm`"});
    }
  }
}

}  // namespace

extern const Rule kContainerReuse{
    .info =
        {.id = "container-reuse",
         .title = "a container of an earlier run is used again",
         .why = "what an earlier session planted in the container takes part in this one",
         .rationale =
             "`start`, `restart`, `attach` and `exec` go on with a container as it was left: its "
             "files, and for `exec` and `attach` its processes. A script that did not create the "
             "container itself trusts whatever the last session made of it, and cannot know how it "
             "was configured.\n\n"
             "A container that the script creates before is not reported. Neither is one whose "
             "name "
             "is only known when the script runs (`docker exec \"$1\"`), nor any after a container "
             "whose name cannot be known.",
         .references = {"Docker documentation, docker container start, docker container exec",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker start agent\ndocker exec agent make test\n",
         .good = "docker run --rm -d --name agent alpine:3.22 sleep 600\n"
                 "docker exec agent make test\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
