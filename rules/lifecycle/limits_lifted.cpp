#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Command;

// No host has as much: a limit that is none.
constexpr std::int64_t kHuge = std::int64_t{1} << 40;

// The container's own limit that one flag of update takes away.
struct Lifted {
  const model::Setting<std::int64_t>& flag;
  const model::Setting<std::int64_t>* before;
  Tri limited;
  std::string_view what;
};

bool Lifts(const model::Setting<std::int64_t>& flag, const Command& command) {
  if (!flag.IsKnown()) return false;
  return &flag == &command.memory ? flag.value >= kHuge : flag.value < 0;
}

void CheckLimits(const Command& command, const Container* container, Reporter& report) {
  const auto of = [&](auto member) {
    return container == nullptr ? nullptr : &(container->*member);
  };
  const auto state = [&](auto member) {
    return container == nullptr ? Tri::kUnknown : container->effective.*member;
  };
  const Tri memory = state(&model::Effective::memory_limited);
  const Lifted all[] = {
      {command.pids_limit, of(&Container::pids_limit), state(&model::Effective::pids_limited),
       "takes the limit on processes away"},
      {command.cpu_quota, of(&Container::cpu_quota), state(&model::Effective::cpu_limited),
       "takes the CPU limit away"},
      {command.memory, of(&Container::memory), memory,
       "is more memory than any host has: the limit is gone"},
      {command.memory_swap, of(&Container::memory_swap), memory, "takes the limit on swap away"},
  };
  for (const Lifted& one : all) {
    // What the container never had is not taken from it: `unlimited-…` says that.
    if (!Lifts(one.flag, command) || one.limited == Tri::kNo) continue;
    if (one.before != nullptr && one.before->IsKnown() && one.before->value < 0) continue;
    Finding finding{.span = one.flag.value_span,
                    .message = std::string(one.what),
                    .help = "leave it as the container was started, or name a higher limit"};
    if (one.before != nullptr && one.before->IsKnown() && one.before->value > 0)
      finding.labels.push_back({one.before->whole, "this is what it was started with"});
    report.Add(std::move(finding));
  }
}

void CheckRestart(const Command& command, const Container* container, Reporter& report) {
  const model::Setting<model::Restart>& restart = command.restart;
  if (!restart.IsKnown() || restart.value.policy.empty() || restart.value.policy == "no") return;
  // The engine refuses it for `--rm`. A policy that is there already is restart-policy's.
  const bool had = container != nullptr && container->restart.IsKnown() &&
                   !container->restart.value.policy.empty() &&
                   container->restart.value.policy != "no";
  if (had || (container != nullptr && container->remove.Is(true))) return;
  report.Add(
      {.span = restart.value_span,
       .message = "the container now starts again by itself: policy `" + restart.value.policy + "`",
       .help = "leave it out: a container that ended should be gone"});
}

void Check(const Document& document, Reporter& report) {
  for (const Command& command : document.commands) {
    if (command.kind != model::CommandKind::kUpdate) continue;
    // Of several containers nothing is looked up: a finding is about the flag.
    const int index = command.targets.size() == 1 ? command.targets[0].container : -1;
    const Container* container =
        index < 0 ? nullptr : &document.containers[static_cast<std::size_t>(index)];
    CheckLimits(command, container, report);
    CheckRestart(command, container, report);
  }
}

}  // namespace

extern const Rule kLimitsLifted{
    .info =
        {.id = "limits-lifted",
         .title = "a running container loses its limits",
         .why = "the program inside waits until its limits are gone, or starts again by itself",
         .rationale =
             "`docker update` changes the limits of a container that runs. A negative "
             "`--pids-limit`, `--cpu-quota` or `--memory-swap` takes the limit away; a `--memory` "
             "of a terabyte or more has the same effect. `0` changes nothing, and is not reported. "
             "With `--restart` the container comes back after a crash or a reboot, with all that "
             "was planted in it. On a container with `--rm` the engine refuses that.\n\n"
             "A container of the same script that never had the limit is left to the rules on "
             "missing limits.",
         .references = {"Docker documentation, docker container update",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -d --name agent --pids-limit 100 alpine:3.22 sleep 600\n"
                "docker update --pids-limit -1 agent\n",
         .good = "docker run -d --name agent --pids-limit 100 alpine:3.22 sleep 600\n"
                 "docker update --pids-limit 200 agent\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
