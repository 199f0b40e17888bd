#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.effective.host_ipc) return;
  const bool is_own = container.ipc.Is("host");
  Finding finding{.span = PlaceOf(container.ipc, container),
                  .message = "shares the host's shared memory" +
                             std::string(is_own ? "" : ", through `" + container.ipc.value + "`"),
                  .help = "leave it out",
                  .fixes = {Unsafe("give it shared memory of its own",
                                   "it shares none with programs of the host any more",
                                   {Remove(container.ipc.whole)})}};
  if (container.shm_size.IsKnown() && container.shm_size.whole.IsValid())
    finding.labels.push_back({container.shm_size.whole, "void: /dev/shm is the host's"});
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kHostIpc{
    .info = {.id = "host-ipc",
             .title = "container shares the host's shared memory",
             .why = "the program inside reads and changes what programs of the host keep in shared "
                    "memory",
             .rationale =
                 "/dev/shm is then the host's own: browsers, databases and desktop programs keep "
                 "data there. Its size is half of the host's memory whatever `--shm-size` says, "
                 "and programs can be run from it, which /dev/shm of a container forbids. "
                 "`shareable`, and the namespace of another container or service, are not "
                 "reported.",
             .references = {"CIS Docker Benchmark 1.6.0, 5.17",
                            "Docker documentation, docker container run, IPC settings",
                            "run on Docker Engine 20.10.24 and 28.5.2"},
             .cis = {"5.17"},
             .bad = "docker run --ipc host alpine:3.22\n",
             .good = "docker run --ipc private alpine:3.22\n",
             .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
