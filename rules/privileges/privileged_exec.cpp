#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Command;
using model::UserKind;

// The user of the process: what the command says, else what the container is known to run as.
UserKind UserOf(const model::Setting<std::string>& user, const Container* container) {
  const UserKind said = model::KindOfUser(user);
  if (said != UserKind::kImage) return said;
  return container == nullptr ? UserKind::kUnknown : container->effective.user;
}

void CheckExec(const model::Place& place, const base::Span& whole, UserKind user,
               const Container* container, Reporter& report) {
  Finding finding{
      .span = place,
      .message = "the program gets every capability where it runs as root",
      .help = "run it without more privileges, and do what needs them outside of the container",
      .fixes = {Unsafe("run it without more privileges", "what needs a capability fails",
                       {Remove(whole)})}};
  if (user == UserKind::kNonRoot) {
    finding.message =
        "the program runs as an ordinary user: setuid programs in the container can give it every "
        "capability";
    finding.weight = Weight::kAtMostWarning;
  }
  if (container != nullptr && container->cap_drop.IsKnown() &&
      container->cap_drop.whole.IsValid()) {
    finding.labels.push_back({container->cap_drop.whole, "void for this program"});
  }
  report.Add(std::move(finding));
}

void Check(const Document& document, Reporter& report) {
  for (const Command& command : document.commands) {
    if (command.kind != model::CommandKind::kExec || !command.privileged.Is(true)) continue;
    const int index = command.targets.empty() ? -1 : command.targets[0].container;
    const Container* container =
        index < 0 ? nullptr : &document.containers[static_cast<std::size_t>(index)];
    CheckExec(command.privileged.value_span, command.privileged.whole,
              UserOf(command.user, container), container, report);
  }
  for (const Container& container : document.containers)
    for (const model::Hook& hook : container.hooks)
      if (hook.privileged.Is(true))
        CheckExec(PlaceOf(hook.privileged, container), hook.privileged.whole,
                  UserOf(hook.user, &container), &container, report);
}

}  // namespace

extern const Rule kPrivilegedExec{
    .info =
        {.id = "privileged-exec",
         .title = "a command in a container gets every capability",
         .why = "a planted program that the command runs has all of root's power in the container",
         .rationale =
             "`exec --privileged` gives the new process every capability, also in a container that "
             "dropped them all. Where it runs as root, they are effective at once. The seccomp "
             "filter, the devices, the masked paths and no-new-privileges of the container stay, "
             "so "
             "that with Docker's own filter mounting is still refused; what the filter leaves open "
             "to a capability is not.\n\n"
             "For an ordinary user only the bounding set grows: a setuid program of the container "
             "can then reach what was dropped, unless no-new-privileges is set. That is a warning "
             "at most. `docker compose exec` does the same, and so do Compose's "
             "`post_start`, `pre_stop` and the `exec` of `develop.watch` with `privileged: true`.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.23",
                        "Docker documentation, docker container exec",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.23"},
         .bad = "docker exec --privileged --user 0 agent make test\n",
         .good = "docker exec agent make test\n",
         .fix = Fixable::kUnsafe},
    .on_document = Check,
};

}  // namespace cagelint::rules
