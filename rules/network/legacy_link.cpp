#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.links.items) {
    if (!item.IsKnown()) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = container.IsCompose()
                               ? "a link is not needed to reach a service by its name"
                               : "a link is an old way to reach another container",
                .help = container.IsCompose()
                            ? "leave it out, or give the other service an alias in `networks`"
                            : "put both on a network of their own"});
  }
}

}  // namespace

extern const Rule kLegacyLink{
    .info =
        {.id = "legacy-link",
         .title = "containers are joined by a link",
         .why = "on the default bridge a link also hands over the other container's environment, "
                "secrets with it",
         .rationale =
             "On the default bridge `--link` writes the other container's name and address to the "
             "hosts file, and copies its whole environment into that of this one. On a network of "
             "one's own, and in Compose, it is only another name; every container is reached by "
             "its own name there without one. Docker calls links a legacy feature.",
         .references = {"Docker documentation, Legacy container links",
                        "Compose Specification, Services, links"},
         .cis = {},
         .bad = "docker run --link db:database alpine:3.22\n",
         .good = "docker run --network backend alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
