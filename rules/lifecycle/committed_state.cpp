#include <map>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Command;
using model::CommandKind;

// What happened to the containers of the script, by their place in the document: when first.
struct Uses {
  std::map<int, int> started;  // a created one was started
  std::map<int, int> open;     // a command that ran in it is not known, or reads from the user
};

bool IsOpen(const model::List<std::string>& command, const model::Setting<bool>& interactive) {
  return command.IsAbsent() || command.HasUnknown() || !interactive.IsAbsent();
}

Uses Tabulate(const Document& document) {
  Uses uses;
  for (const Command& command : document.commands)
    for (const model::Target& target : command.targets) {
      const bool execs = command.kind == CommandKind::kExec;
      if (command.kind == CommandKind::kStart || command.kind == CommandKind::kRestart)
        uses.started.emplace(target.container, command.order);
      if (execs && IsOpen(command.command, command.interactive))
        uses.open.emplace(target.container, command.order);
      if (command.kind == CommandKind::kStart && !command.interactive.IsAbsent())
        uses.open.emplace(target.container, command.order);
    }
  return uses;
}

bool IsBefore(const std::map<int, int>& uses, int container, int order) {
  const auto found = uses.find(container);
  return found != uses.end() && found->second < order;
}

// Where the image is run later in the same script.
void LabelRuns(const Document& document, const Command& commit, Finding& finding) {
  constexpr std::size_t kMostLabels = 3;
  if (commit.images.items.empty() || !commit.images.items[0].IsKnown()) return;
  const std::string key = model::ImageKey(commit.images.items[0].value);
  if (key.empty()) return;
  for (const Container& container : document.containers) {
    if (container.order <= commit.order || !container.image.IsKnown()) continue;
    if (model::ImageKey(container.image.value) != key) continue;
    finding.labels.push_back({PlaceOf(container.image, container), "runs it again"});
    if (finding.labels.size() == kMostLabels) return;
  }
}

void Check(const Document& document, Reporter& report) {
  const Uses uses = Tabulate(document);
  std::size_t labelled = 0;
  for (const Command& command : document.commands) {
    if (command.kind != CommandKind::kCommit || command.targets.empty()) continue;
    const int index = command.targets[0].container;
    Finding finding{.span = command.anchor,
                    .message = "keeps what the container was made into: its files and environment",
                    .help = "build images from a Dockerfile, and copy out single files"};
    if (index >= 0) {
      const Container& container = document.containers[static_cast<std::size_t>(index)];
      // Never started: it holds the image and what the script copied in.
      if (container.created_only && !IsBefore(uses.started, index, command.order)) continue;
      if (!IsOpen(container.command, container.stdin_open) &&
          !IsBefore(uses.open, index, command.order))
        finding.weight = Weight::kAtMostInfo;
    }
    // A bound on the search, which goes through all containers.
    if (++labelled <= 256) LabelRuns(document, command, finding);
    report.Add(std::move(finding));
  }
}

}  // namespace

extern const Rule kCommittedState{
    .info =
        {.id = "committed-state",
         .title = "an image is made from a used container",
         .why = "what the program inside planted comes back in every container of that image",
         .rationale =
             "`docker commit` makes an image of the container's files as they are, with its "
             "environment, entry point and command. Programs that were replaced, start files that "
             "were changed and credentials in the environment are in every container that is "
             "started from it later, however well that one is confined.\n\n"
             "A container that the same script created and never started is not reported. Where "
             "all that the script runs in it is written out in the script, as in a build without a "
             "Dockerfile, the finding is information only.",
         .references = {"Docker documentation, docker container commit",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --name agent alpine:3.22\ndocker commit agent agent:next\n",
         .good = "docker create --name agent alpine:3.22\n"
                 "docker cp tool agent:/usr/bin/tool\n"
                 "docker commit agent agent:next\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
