#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.IsCompose() || !container.detach.Is(true)) return;
  // What names the container afterwards would find it gone.
  const bool is_named =
      !container.name.IsAbsent() || !container.handles.empty() || container.output_captured;
  std::vector<model::Fix> fixes;
  if (!is_named)
    fixes = {Unsafe("run it in the foreground", "the script waits until the program ends",
                    {Remove(container.detach.whole)})};
  report.Add({.span = PlaceOf(container.detach, container),
              .message = "runs in the background",
              .help = "run it in the foreground, with `--init` and under `timeout`",
              .fixes = std::move(fixes)});
}

}  // namespace

extern const Rule kDetachedContainer{
    .info =
        {.id = "detached-container",
         .title = "container runs in the background",
         .why = "the program inside works on when the session is over and nobody looks",
         .rationale =
             "A detached container belongs to the daemon: it lives on when the script ends, its "
             "terminal closes and its user logs out. A program that waits has all the time it "
             "needs.\n\n"
             "An attached container is tied to its client only loosely: a client that is killed "
             "leaves it running, and `timeout 60 docker run` does too where the first process "
             "ignores SIGTERM. `--init` makes the signal count.",
         .references = {"Docker documentation, Running containers, Foreground and background",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --rm --detach alpine:3.22 sleep 600\n",
         .good = "timeout 600 docker run --rm --init alpine:3.22 make test\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
