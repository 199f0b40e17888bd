#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const Tri publishes = model::PublishesPorts(container);
  if (publishes == Tri::kNo) return;
  const Weight weight = publishes == Tri::kYes ? Weight::kAsPolicy : Weight::kAtMostWarning;
  for (const auto& item : container.ports.items)
    if (item.IsKnown())
      report.Add(
          {.span = PlaceOf(item, container),
           .message = "port " + item.value.target + " is published",
           .help = "leave it out, and let the program write its result to a file",
           .fixes = {Unsafe("do not publish the port",
                            "nobody outside reaches the program any more", {Remove(item.whole)})},
           .weight = weight});
  if (container.publish_all.Is(true))
    report.Add({.span = PlaceOf(container.publish_all, container),
                .message = "every port that the image exposes is published",
                .help = "leave it out",
                .fixes = {Unsafe("publish no port", "nobody outside reaches the program any more",
                                 {Remove(container.publish_all.whole)})},
                .weight = weight});
}

}  // namespace

extern const Rule kPublishedPort{
    .info =
        {.id = "published-port",
         .title = "a port is published",
         .why = "whoever reaches that port of the host talks with the program inside, and carries "
                "its data away",
         .rationale =
             "A published port is a way in and, for whoever connects, a way out. On 127.0.0.1 it "
             "is open to every program and browser tab of the host. An agent that works on files "
             "needs none; a service does, and for it the rule is off.\n\n"
             "With the networks `none` and `host` and on internal networks nothing is published, "
             "and nothing is reported here. Where the network cannot be known the finding is a "
             "warning.",
         .references = {"Docker documentation, Port publishing and mapping",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run -p 127.0.0.1:8080:80 alpine:3.22\n",
         .good = "docker run --network none -p 127.0.0.1:8080:80 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
