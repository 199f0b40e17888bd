#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.effective.user != model::UserKind::kRoot) return;
  report.Add({.span = container.user.value_span,
              .message = "runs as root",
              .help = "run as a user of your own: " + Spelling(container, "user", "1000:1000")});
}

}  // namespace

extern const Rule kRootUser{
    .info = {.id = "root-user",
             .title = "container runs as root",
             .why = "root inside owns every file that is bound in, and can still write /dev of a "
                    "read-only container",
             .rationale = "todo",
             .references = {"CIS Docker Benchmark 1.6.0, 4.1"},
             .cis = {"4.1"},
             .bad = "docker run --user 0 alpine\n",
             .good = "docker run --user 1000:1000 alpine\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
