#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.effective.memory_limited != Tri::kNo) return;
  const bool zero = container.memory.IsKnown();
  // A limit below the reservation is refused.
  constexpr std::int64_t kLimit = 512 * 1024 * 1024;
  const auto& reserved = container.memory_reservation;
  const std::string limit =
      reserved.IsKnown() && reserved.value > kLimit ? std::to_string(reserved.value) : "512m";
  Finding finding{
      .span = PlaceOf(container.memory, container),
      .message = zero ? "a memory limit of 0 is none" : "no memory limit is set",
      .help = "set one: " + Spelling(container, "memory", "512m"),
      .fixes = {Unsafe("limit its memory to " + limit, "a program that needs more is killed",
                       {Set("memory", limit), Set("memory_swap", limit)})}};
  if (container.memory_reservation.IsKnown() && container.memory_reservation.whole.IsValid())
    finding.labels.push_back({container.memory_reservation.whole, "a reservation limits nothing"});
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kUnlimitedMemory{
    .info =
        {.id = "unlimited-memory",
         .title = "memory is not limited",
         .why = "the program inside can use up the host's memory until the kernel kills other "
                "processes",
         .rationale =
             "Without a limit a container may use all memory and swap of the host. `0` is the "
             "default and no limit; a reservation is only what the kernel tries to leave under "
             "pressure. A limit alone allows the same amount of swap on top: set "
             "memory and swap limit to the same number to have none. The pages of a tmpfs count "
             "towards the limit.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.11",
                        "Docker documentation, Resource constraints, Limit a container's access to "
                        "memory",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.11"},
         .bad = "docker run --memory-reservation 1g alpine:3.22\n",
         .good = "docker run --memory 2g alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
