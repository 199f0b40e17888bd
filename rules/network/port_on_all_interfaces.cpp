#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const Tri publishes = model::PublishesPorts(container);
  if (publishes == Tri::kNo) return;
  // A network that is not known may be one without a way in.
  const bool is_sure = publishes == Tri::kYes;
  const auto add = [&](const model::Place& place, const std::string& what,
                       std::vector<model::Fix> fixes) {
    report.Add({.span = place,
                .message = what + " on every address of the host",
                .help = "name an address: `127.0.0.1:8080:80`",
                .fixes = std::move(fixes),
                .weight = is_sure ? Weight::kAsPolicy : Weight::kAtMostWarning});
  };
  for (const auto& item : container.ports.items)
    if (item.IsKnown() && model::IsEveryAddress(item.value.host_ip))
      add(PlaceOf(item, container), "port " + item.value.target + " is published",
          {Unsafe("publish it on this machine alone", "other machines no longer reach it",
                  {SetOf("ports.host_ip", "127.0.0.1", item.whole)})});
  if (container.publish_all.Is(true))
    add(PlaceOf(container.publish_all, container), "every port of the image is published", {});
}

}  // namespace

extern const Rule kPortOnAllInterfaces{
    .info =
        {.id = "port-on-all-interfaces",
         .title = "a port is published on all of the host's addresses",
         .why = "whoever reaches the host reaches what the program inside listens with",
         .rationale =
             "Without an address a port is bound on 0.0.0.0 and on [::], past most firewalls of "
             "the "
             "host, for Docker's own rules come first. `host_ip=` of the long form of `docker run` "
             "is ignored by the client: the port is open to all there as well. An IPv4 address "
             "written as `::ffff:0.0.0.0` is 0.0.0.0.\n\n"
             "With the networks `none` and `host`, and on internal ones, nothing is published.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.14",
                        "Docker documentation, Port publishing and mapping",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.14"},
         .bad = "docker run -p 8080:80 alpine:3.22\n",
         .good = "docker run -p 127.0.0.1:8080:80 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
