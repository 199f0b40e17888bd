#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const SuppressionUse& use, Reporter& report) {
  const model::Suppression& suppression = *use.suppression;
  if (!suppression.problem.empty() || !suppression.reason.empty()) return;
  report.Add({.span = suppression.span,
              .message = "no reason is given",
              .help = suppression.by == model::Suppression::By::kComment
                          ? "say behind the bracket why this is meant to be there"
                          : "write the reason as the value"});
}

}  // namespace

extern const Rule kSuppressionWithoutReason{
    .info =
        {.id = "suppression-without-reason",
         .title = "a suppression without a reason",
         .why = "nobody can tell a decision from an oversight, or from the work of the program",
         .rationale =
             "The reason goes into every report beside the finding that it hides, so that whoever "
             "reviews the file sees what was accepted and can disagree. A suppression without one "
             "hides its finding all the same.",
         .references = {"README, Suppressions"},
         .cis = {},
         .bad = "# cagelint: ignore[privileged]\n"
                "docker run --privileged alpine:3.22\n",
         .good = "# cagelint: ignore[privileged] builds images for machines of another kind\n"
                 "docker run --privileged alpine:3.22\n"},
    .on_suppression = Check,
};

}  // namespace cagelint::rules
