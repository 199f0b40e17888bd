#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.restart.IsKnown()) return;
  const std::string& policy = container.restart.value.policy;
  if (policy != "always" && policy != "unless-stopped" && policy != "on-failure" && policy != "any")
    return;
  report.Add({.span = PlaceOf(container.restart, container),
              .message = "restart policy `" + policy + "` starts the container again by itself",
              .help = container.IsCompose()
                          ? "write `restart: \"no\"`"
                          : "leave it out, and use " + Spelling(container, "remove", "true")});
}

}  // namespace

extern const Rule kRestartPolicy{
    .info =
        {.id = "restart-policy",
         .title = "container restarts by itself",
         .why = "a planted program starts again without anybody asking, after a crash or a reboot",
         .rationale =
             "With `always`, `unless-stopped` or `on-failure` the daemon starts the same container "
             "again, with the same writable layer: whatever the program inside left in a place "
             "that "
             "its start looks at runs again, and a program that ends its own session gets a fresh "
             "one. The client refuses a policy together with `--rm`, so it also keeps the "
             "container "
             "from being removed. In a compose file `deploy.restart_policy` does the same.\n\n"
             "The CIS benchmark (5.15) bounds `on-failure` to five tries; it asks for no policy.",
         .references = {"Docker documentation, Start containers automatically",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --restart=on-failure:3 alpine:3.22\n",
         .good = "docker run --rm alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
