#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::Command;
using model::UserKind;

void Check(const Document& document, Reporter& report) {
  for (const Command& command : document.commands) {
    if (command.kind != model::CommandKind::kExec) continue;
    if (model::KindOfUser(command.user) != UserKind::kRoot) continue;
    const int index = command.targets.empty() ? -1 : command.targets[0].container;
    const Container* container =
        index < 0 ? nullptr : &document.containers[static_cast<std::size_t>(index)];
    // One that runs as root says so itself (root-user): the command adds nothing to it.
    if (container != nullptr && container->effective.user == UserKind::kRoot) continue;
    const bool may_be_rootless = command.engine == model::Engine::kPodman;
    const std::string& written = command.user.IsKnown() ? command.user.value : command.user.source;
    Finding finding{.span = command.user.value_span,
                    .message = "user `" + written + "` is uid 0 in the container",
                    .help = "leave `--user` out, or prepare what needs root in the image",
                    .fixes = {Unsafe("run it as the container's own user", "what needs root fails",
                                     {Remove(command.user.whole)})},
                    .weight = may_be_rootless ? Weight::kAtMostInfo : Weight::kAsPolicy};
    if (container != nullptr && container->effective.user == UserKind::kNonRoot)
      finding.labels.push_back({PlaceOf(container->user, *container), "runs as an ordinary user"});
    report.Add(std::move(finding));
  }
}

}  // namespace

extern const Rule kExecAsRoot{
    .info =
        {.id = "exec-as-root",
         .title = "a command runs as root in a container",
         .why = "what the program inside left for the command to find, root runs",
         .rationale =
             "`exec --user 0` starts a process with uid 0 in a container whose program is an "
             "ordinary user. It has root's rights on the files of every mount, and the "
             "capabilities "
             "of the container become effective for it. A program that waits inside decides what "
             "the command meets: a replaced `sh` or `make`, a library, a configuration file.\n\n"
             "The uid is read as for `run`: `00`, `+0`, `:1000` and `0:1000` are root as well. A "
             "container that the same script starts as root is not reported here, because "
             "`root-user` reports it. Rootless podman maps uid 0 to the uid that started it; there "
             "the finding is information only.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.24",
                        "Docker documentation, docker container exec", "moby/sys/user, GetExecUser",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.24"},
         .bad = "docker exec --user root agent apk add curl\n",
         .good = "docker exec --user 1000:1000 agent make test\n",
         .fix = Fixable::kUnsafe},
    .on_document = Check,
};

}  // namespace cagelint::rules
