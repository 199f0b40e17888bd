#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.effective.cpu_limited != Tri::kNo) return;
  const bool quota = container.cpu_quota.IsKnown() && !container.cpus.IsKnown();
  // A quota or a period of its own beside `cpus` is refused.
  std::vector<model::Change> changes{Set("cpus", "1")};
  for (const auto* own : {&container.cpu_quota, &container.cpu_period})
    if (own->whole.IsValid()) changes.push_back(Remove(own->whole));
  Finding finding{
      .span = quota ? PlaceOf(container.cpu_quota, container) : PlaceOf(container.cpus, container),
      .message = "no CPU limit is set",
      .help = "set one: " + Spelling(container, "cpus", "1"),
      .fixes = {Unsafe("limit it to one CPU", "what used more takes longer", std::move(changes))}};
  if (quota || container.cpus.IsKnown()) finding.message = "a CPU limit of 0 or less is none";
  if (container.cpu_shares.IsKnown() && container.cpu_shares.whole.IsValid())
    finding.labels.push_back({container.cpu_shares.whole, "shares only rank, they limit nothing"});
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kUnlimitedCpu{
    .info =
        {.id = "unlimited-cpu",
         .title = "CPU time is not limited",
         .why = "the program inside can take every core for as long as it likes",
         .rationale =
             "Only a quota limits CPU time: `cpus`, or `cpu_quota` above zero. Shares are a weight "
             "that counts while others want the CPU too, a period alone sets nothing, and `0` is "
             "the "
             "default. A set of CPUs bounds the container to these cores and counts as a limit "
             "here.\n\n"
             "The CIS benchmark's item is about priority, and is content with shares.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.12",
                        "Docker documentation, Resource constraints, CPU",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.12"},
         .bad = "docker run --cpu-shares 512 alpine:3.22\n",
         .good = "docker run --cpus 2 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
