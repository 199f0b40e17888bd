#include <algorithm>
#include <climits>
#include <map>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Command;
using model::CommandKind;

bool Resumes(CommandKind kind) {
  return kind == CommandKind::kStart || kind == CommandKind::kRestart ||
         kind == CommandKind::kAttach || kind == CommandKind::kExec;
}

// When containers are first created: by name, and one whose name cannot be known.
struct Creations {
  std::map<std::string, int> by_name;
  int unknown = INT_MAX;
};

Creations Tabulate(const Document& document) {
  Creations out;
  for (const Container& container : document.containers) {
    if (container.name.IsDynamic()) out.unknown = std::min(out.unknown, container.order);
    if (!container.name.IsKnown()) continue;
    int& order = out.by_name.emplace(container.name.value, container.order).first->second;
    order = std::min(order, container.order);
  }
  for (const Command& command : document.commands)
    if (command.kind == CommandKind::kBringUp) out.unknown = std::min(out.unknown, command.order);
  return out;
}

bool MayBeCreatedBefore(const Creations& creations, const Document& document,
                        const Command& command, const model::Target& target) {
  if (creations.unknown < command.order) return true;
  if (target.container >= 0)
    return document.containers[static_cast<std::size_t>(target.container)].order < command.order;
  const auto found = creations.by_name.find(target.name.value);
  return found != creations.by_name.end() && found->second < command.order;
}

void Check(const Document& document, Reporter& report) {
  const Creations creations = Tabulate(document);
  for (const Command& command : document.commands) {
    if (!Resumes(command.kind)) continue;
    for (const model::Target& target : command.targets) {
      if (!target.name.IsKnown() || MayBeCreatedBefore(creations, document, command, target))
        continue;
      report.Add(
          {.span = target.name.value_span,
           .message = "`" + target.name.value +
                      "` was not started by this script: it goes on as an earlier run left it",
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
             "whose name cannot be known, or after `docker compose up`.",
         .references = {"Docker documentation, docker container start, docker container exec",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker start agent\ndocker exec agent make test\n",
         .good = "docker run --rm -d --name agent alpine:3.22 sleep 600\n"
                 "docker exec agent make test\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
