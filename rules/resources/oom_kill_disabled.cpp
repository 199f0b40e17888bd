#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.oom_kill_disable.Is(true)) return;
  const bool is_limited = container.effective.memory_limited == Tri::kYes;
  report.Add({.span = PlaceOf(container.oom_kill_disable, container),
              .message = is_limited
                             ? "at its memory limit the container hangs instead of being killed"
                             : "the kernel is told not to kill the container for its memory",
              .help = "leave it out",
              .fixes = {Unsafe("leave it out", "the kernel kills it when its memory is used up",
                               {Remove(container.oom_kill_disable.whole)})}});
}

}  // namespace

extern const Rule kOomKillDisabled{
    .info =
        {.id = "oom-kill-disabled",
         .title = "the container is not killed for its memory",
         .why = "the program inside holds the host's memory with processes that nobody can end",
         .rationale =
             "On a host with cgroup v1 a process of such a container that runs into the memory "
             "limit waits for memory, in a state in which signals do not reach it: the container "
             "hangs until it is removed by force. Without a memory limit it is the host that runs "
             "out. cgroup v2 has no such setting: Docker says that it discards it.",
         .references = {"Docker documentation, docker container run, --oom-kill-disable",
                        "Linux, Documentation/admin-guide/cgroup-v1/memory.rst",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --memory 1g --oom-kill-disable alpine:3.22\n",
         .good = "docker run --memory 1g alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
