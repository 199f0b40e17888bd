#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const SuppressionUse& use, Reporter& report) {
  const model::Suppression& suppression = *use.suppression;
  if (!use.is_expired || !suppression.problem.empty()) return;
  report.Add({.span = suppression.span,
              .message = "held until " + suppression.until,
              .help = "mend what it hid, or decide again and give a new date"});
}

}  // namespace

extern const Rule kExpiredSuppression{
    .info = {.id = "expired-suppression",
             .title = "the last day of a suppression is over",
             .why = "what was accepted for a while is still there",
             .rationale =
                 "`until=2027-01-31` is the last day on which a suppression holds, by the clock of "
                 "the machine that lints. Afterwards its findings are back, and this one says why "
                 "they are.",
             .references = {"README, Suppressions"},
             .cis = {},
             .bad =
                 "# cagelint: ignore[privileged] until=2020-12-31 until the new builder is there\n"
                 "docker run --privileged alpine:3.22\n",
             .good =
                 "# cagelint: ignore[privileged] until=2999-12-31 until the new builder is there\n"
                 "docker run --privileged alpine:3.22\n"},
    .on_suppression = Check,
};

}  // namespace cagelint::rules
