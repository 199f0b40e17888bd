#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const model::ClientTimeout& timeout = container.client_timeout;
  if (!timeout.span.IsValid() || container.created_only) return;
  // The client of a detached container ends at once: the time bounds nothing but the start.
  if (!container.detach.IsAbsent() && !container.detach.Is(false)) return;
  const bool has_init = !container.init.IsAbsent() && !container.init.Is(false);
  if (has_init && !timeout.kills) return;
  Finding finding{.span = timeout.span,
                  .message =
                      "ends the client: the container goes on where its first process does "
                      "not handle SIGTERM, and most do not",
                  .help = "add " + Spelling(container, "init", "true") +
                          ", or run `timeout` inside the container",
                  .fixes = {Safe("let a first process pass signals on", {Set("init", "true")})}};
  if (timeout.kills) {
    finding.message = "kills the client, which cannot pass that on: the container goes on";
    finding.fixes.clear();
    finding.help = "let it send SIGTERM and add " + Spelling(container, "init", "true") +
                   ", or run `timeout` inside the container";
  }
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kOrphanedContainer{
    .info =
        {.id = "orphaned-container",
         .title = "a time limit ends the client and not the container",
         .why = "the program inside goes on working after everybody believes that it is over",
         .rationale =
             "The container is a child of the engine, not of the client that started it. "
             "`timeout 60 docker run …` sends SIGTERM to the client, which passes it to the "
             "container's first process; the kernel drops it there unless that process handles it, "
             "as a shell or most programs do not. The client is gone, the container lives on, also "
             "with `--rm`.\n\n"
             "With `--init` the first process is one that passes the signal on. SIGKILL (`-s "
             "KILL`) takes the client away at once and never reaches the container. `timeout` as "
             "the program inside the container bounds the work itself. `--stop-timeout` only "
             "counts for `docker stop`.",
         .references = {"Docker documentation, docker container run, --init and --sig-proxy",
                        "signal(7), pid_namespaces(7)", "run on Docker Engine 20.10.24"},
         .cis = {},
         .bad = "timeout 60 docker run --rm alpine:3.22 sleep 600\n",
         .good = "timeout 60 docker run --rm --init alpine:3.22 sleep 600\n",
         .fix = Fixable::kSafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
