#include <charconv>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// `on-failure` without a number, which is 0 here, has no end.
bool IsBounded(const model::Restart& restart, const std::vector<std::string>& most) {
  std::int64_t bound = 0;
  for (const std::string& text : most)
    std::from_chars(text.data(), text.data() + text.size(), bound);
  return restart.policy == "on-failure" && restart.max_retries > 0 && restart.max_retries <= bound;
}

void Check(const Container& container, Reporter& report) {
  if (!container.restart.IsKnown()) return;
  if (IsBounded(container.restart.value, report.Parameter("max-retries"))) return;
  const std::string& policy = container.restart.value.policy;
  if (policy != "always" && policy != "unless-stopped" && policy != "on-failure" && policy != "any")
    return;
  report.Add({.span = PlaceOf(container.restart, container),
              .message = "restart policy `" + policy + "` starts the container again by itself",
              .help = container.IsCompose()
                          ? "write `restart: \"no\"`"
                          : "leave it out, and use " + Spelling(container, "remove", "true"),
              .fixes = {Unsafe("do not start it again", "it stays away after an error or a reboot",
                               {Remove(container.restart.whole)})}});
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
             "The CIS benchmark (5.15) bounds `on-failure` to five tries; policy `cis-docker` "
             "accepts these.",
         .references = {"Docker documentation, Start containers automatically",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.15"},
         .bad = "docker run --restart=on-failure:3 alpine:3.22\n",
         .good = "docker run --rm alpine:3.22\n",
         .parameters = {{"max-retries",
                         "`on-failure` with no more tries than this is accepted",
                         {"0"}}},
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
