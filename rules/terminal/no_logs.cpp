#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (!container.log_driver.Is("none")) return;
  report.Add({.span = PlaceOf(container.log_driver, container),
              .message = "nothing that the program prints is kept",
              .help = "leave the log driver out, and bound the log with `max-size`",
              .fixes = {Unsafe("keep its log", "the log takes room on the disk",
                               {Remove(container.log_driver.whole)})}});
}

}  // namespace

extern const Rule kNoLogs{
    .info =
        {.id = "no-logs",
         .title = "the container keeps no log",
         .why = "nobody can see afterwards what the program inside did",
         .rationale =
             "With the log driver `none` the engine throws away what the program prints. An "
             "attached terminal still shows it, and once that is gone nothing is left to look at "
             "after an incident. A log that is bounded (`--log-opt max-size=10m`) costs little.",
         .references = {"Docker documentation, Configure logging drivers"},
         .cis = {},
         .bad = "docker run --log-driver none alpine:3.22\n",
         .good = "docker run --log-opt max-size=10m alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
