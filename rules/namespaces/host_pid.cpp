#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.effective.host_pid) return;
  const bool is_own = container.pid.Is("host");
  report.Add(
      {.span = PlaceOf(container.pid, container),
       .message = "shares the host's processes" +
                  std::string(is_own ? "" : ", through `" + container.pid.value + "`"),
       .help = "leave it out",
       .fixes = {Unsafe("give it processes of its own", "it sees no process of the host any more",
                        {Remove(container.pid.whole)})}});
}

}  // namespace

extern const Rule kHostPid{
    .info = {.id = "host-pid",
             .title = "container shares the host's processes",
             .why = "the program inside reads every process's arguments, and steers those of its "
                    "own uid",
             .rationale =
                 "Any user inside sees the arguments of every process of the host, passwords "
                 "included. uid 0 signals every process of root even without capabilities.\n\n"
                 "A container that runs with the uid of a user of the host (`--user $(id -u)`) "
                 "reads that user's files through /proc/PID/root and may trace that user's "
                 "processes: it is the whole account, with every capability dropped, no-new- "
                 "privileges and a read-only root. Joining the processes of another container is "
                 "another matter and not reported here.",
             .references = {"CIS Docker Benchmark 1.6.0, 5.16",
                            "Docker documentation, docker container run, PID settings",
                            "run on Docker Engine 20.10.24 and 28.5.2"},
             .cis = {"5.16"},
             .bad = "docker run --pid host alpine:3.22\n",
             .good = "docker run --pid container:other alpine:3.22\n",
             .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
