#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// The other container, as `container:NAME` (podman also `ns:PATH`) or Compose's `service:NAME`
// names it; empty where the value joins none.
std::string_view JoinedTo(std::string_view mode) {
  for (const std::string_view start : {"container:", "service:", "ns:"})
    if (mode.starts_with(start)) return mode.substr(start.size());
  return {};
}

void CheckOne(const model::Setting<std::string>& mode, const char* gain, const Container& container,
              Reporter& report) {
  if (!mode.IsKnown()) return;
  const std::string_view other = JoinedTo(mode.value);
  if (other.empty()) return;
  report.Add({.span = PlaceOf(mode, container),
              .message = "joins `" + std::string(other) + "`: " + gain,
              .help = "leave it out"});
}

void Check(const Container& container, Reporter& report) {
  CheckOne(container.pid, "it sees its processes, and those of its own uid are in its hands",
           container, report);
  CheckOne(container.ipc, "it reads and writes its shared memory", container, report);
  CheckOne(container.network_mode, "it has its network, and whatever is connected to it later",
           container, report);
}

}  // namespace

extern const Rule kJoinedNamespace{
    .info =
        {.id = "joined-namespace",
         .title = "container joins a namespace of another container",
         .why = "the program inside reaches the other container from within",
         .rationale =
             "With the processes of another container the program sees them, signals those of its "
             "own uid, and as root reads the other's files through /proc/PID/root. With its IPC "
             "it shares /dev/shm and message queues, if the other was started `shareable`. With "
             "its network it uses the same addresses, reaches what listens on localhost there, "
             "and gets every network that the other is connected to later.",
         .references = {"Docker documentation, docker container run, PID and IPC settings",
                        "Docker documentation, Container networks",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --pid container:db alpine:3.22\n",
         .good = "docker run --ipc private alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
