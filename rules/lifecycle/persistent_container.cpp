#include <algorithm>
#include <map>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// What a command can call a container: its place in the document, its name, a variable.
using Removals = std::map<std::string, int>;  // → order of the last command that removes it

Removals Tabulate(const Document& document) {
  Removals removals;
  for (const model::Command& command : document.commands) {
    if (command.kind != model::CommandKind::kRemove) continue;
    for (const model::Target& target : command.targets) {
      const std::string key = target.container >= 0   ? "#" + std::to_string(target.container)
                              : target.name.IsKnown() ? "=" + target.name.value
                                                      : target.name.source;
      int& order = removals.emplace(key, command.order).first->second;
      order = std::max(order, command.order);
    }
  }
  return removals;
}

// -1 where nothing removes it.
int LastRemoval(const Removals& removals, const Container& container, std::size_t index) {
  std::vector<std::string> keys{"#" + std::to_string(index)};
  if (container.name.IsKnown() && !container.name.value.empty())
    keys.push_back("=" + container.name.value);
  for (const std::string& handle : container.handles) {
    keys.push_back("$" + handle);
    keys.push_back("${" + handle + "}");
  }
  int last = -1;
  for (const std::string& key : keys)
    if (const auto found = removals.find(key); found != removals.end())
      last = std::max(last, found->second);
  return last;
}

// Whether some command may mean any of the containers: `docker logs $(docker ps -lq)`.
bool MayMeanAny(const Document& document) {
  return std::any_of(document.commands.begin(), document.commands.end(),
                     [](const model::Command& command) {
                       return std::any_of(command.targets.begin(), command.targets.end(),
                                          [](const model::Target& target) {
                                            return target.container < 0 && !target.name.IsKnown();
                                          });
                     });
}

// Whether somebody may look for the container once its program has ended: it has a name or its id
// is kept, it works on in the background, or a volume goes away with it.
bool IsWantedLater(const Container& container) {
  const bool has_volume = std::any_of(
      container.mounts.items.begin(), container.mounts.items.end(), [](const auto& item) {
        return !item.IsKnown() || (item.value.type.Is("volume") && item.value.source.IsAbsent());
      });
  return has_volume || !container.name.IsAbsent() || !container.handles.empty() ||
         !container.cid_file.empty() || container.output_captured || container.created_only ||
         !container.detach.IsAbsent() || !container.remove.IsAbsent() ||
         !container.restart.IsAbsent();
}

void Check(const Document& document, Reporter& report) {
  const Removals removals = Tabulate(document);
  const bool has_strangers = MayMeanAny(document);
  for (std::size_t i = 0; i < document.containers.size(); ++i) {
    const Container& container = document.containers[i];
    if (container.IsCompose() || container.remove.IsDynamic() || container.remove.Is(true))
      continue;
    const int removal = LastRemoval(removals, container, i);
    if (removal > container.order) continue;
    const bool above = removal >= 0;
    std::vector<model::Fix> fixes{Safe("let the engine remove it", {Set("remove", "true")})};
    if (container.restart.IsDynamic()) {
      // Beside a policy the client refuses the option.
      fixes.clear();
    } else if (has_strangers || IsWantedLater(container)) {
      fixes = {Unsafe("let the engine remove it",
                      "what looks for the container afterwards finds none",
                      {Set("remove", "true")})};
    }
    report.Add({.span = PlaceOf(container.remove, container),
                .message = above
                               ? "the container stays after the program ends, unless what removes "
                                 "it further up is a trap"
                               : "the container stays after the program ends, with all that it "
                                 "wrote",
                .help = "let the engine remove it: " + Spelling(container, "remove", "true"),
                .fixes = std::move(fixes),
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
         .good = "docker run --rm alpine:3.22\n",
         .fix = Fixable::kSafe},
    .on_document = Check,
};

}  // namespace cagelint::rules
