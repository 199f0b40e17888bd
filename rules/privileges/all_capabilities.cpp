#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const auto* all = container.cap_add.Find("ALL");
  if (all == nullptr) return;
  Finding finding{
      .span = PlaceOf(*all, container),
      .message = "every capability is added",
      .help = "name the capabilities that the program needs",
      .fixes = {Unsafe("take it out", "what needs a capability fails until that one is added",
                       {Remove(all->whole)})}};
  if (const auto* dropped = container.cap_drop.Find("ALL"))
    finding.labels.push_back({PlaceOf(*dropped, container), "void: what is added comes last"});
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kAllCapabilities{
    .info =
        {.id = "all-capabilities",
         .title = "every capability is added",
         .why = "with CAP_SYS_ADMIN, CAP_SYS_MODULE and the rest root inside is root on the host",
         .rationale =
             "Docker first takes away what is dropped and then adds what is added, whatever the "
             "order on the line: `ALL` added beside `ALL` dropped is every capability. It also "
             "opens "
             "what Docker's seccomp profile ties to capabilities: mount, unshare, bpf, module "
             "loading. For a user other than root these are the bounding set only; podman makes "
             "added capabilities effective for every user, and refuses `ALL` on both sides.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.4",
                        "Docker documentation, Running containers, Runtime privilege and Linux "
                        "capabilities",
                        "run on Docker Engine 20.10.24 and 28.5.2, podman 4.3.1"},
         .cis = {"5.4"},
         .bad = "docker run --cap-drop ALL --cap-add ALL alpine:3.22\n",
         .good = "docker run --cap-drop ALL --cap-add CHOWN alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
