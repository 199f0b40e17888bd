#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::int64_t kDefaultSize = 64 * 1024 * 1024;

// Only then the container has a /dev/shm of its own.
bool IsOwn(const Container& container) {
  const auto& ipc = container.ipc;
  return ipc.IsAbsent() || ipc.Is("") || ipc.Is("private") || ipc.Is("shareable");
}

void Check(const Container& container, Reporter& report) {
  const auto& size = container.shm_size;
  if (!size.IsKnown() || !IsOwn(container)) return;
  const bool is_podman = container.engine == model::Engine::kPodman;
  const bool is_open = is_podman && size.value == 0;
  std::string message;
  Tri limited = container.effective.memory_limited;
  if (limited == Tri::kNo && (is_open || size.value > kDefaultSize))
    message = is_open ? "/dev/shm has no size, and no memory limit bounds it"
                      : "no memory limit bounds what /dev/shm may hold";
  if (limited == Tri::kYes && size.value > container.memory.value)
    message = "/dev/shm is larger than the memory limit";
  if (message.empty()) return;
  Finding finding{
      .span = PlaceOf(size, container),
      .message = std::move(message),
      .help = "make it smaller than the memory limit: " + Spelling(container, "shm_size", "64m")};
  if (limited == Tri::kYes)
    finding.labels.push_back({PlaceOf(container.memory, container), "filling it ends here"});
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kOversizedShm{
    .info =
        {.id = "oversized-shm",
         .title = "/dev/shm is larger than what the container may use",
         .why = "every user inside fills the host's memory through /dev/shm",
         .rationale =
             "/dev/shm is memory that every user of a container can write, also under a read-only "
             "root. It has 64 MB unless another size is asked for, and what lies there counts "
             "towards the memory limit. A size above that limit bounds nothing: whoever fills it "
             "has the container killed. Without a memory limit the size is all that bounds it, and "
             "more than the default is reported.\n\n"
             "To docker 0 is the default, to podman no limit. Without an IPC namespace of its own "
             "the container has another /dev/shm, or none, and the size does not count.",
         .references = {"Docker documentation, docker container run, --shm-size",
                        "podman-run(1), --shm-size", "run on Docker Engine 20.10.24"},
         .cis = {},
         .bad = "docker run --memory 1g --shm-size 2g alpine:3.22\n",
         .good = "docker run --memory 1g --shm-size 256m alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
