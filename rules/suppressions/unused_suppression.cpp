#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const SuppressionUse& use, Reporter& report) {
  const model::Suppression& suppression = *use.suppression;
  if (!suppression.problem.empty()) {
    report.Add({.span = suppression.span,
                .message = suppression.problem,
                .help = "until then it hides nothing"});
    return;
  }
  for (const SuppressionUse::Id& id : use.ids) {
    if (!id.is_known) {
      report.Add({.span = id.id->span,
                  .message = "there is no rule `" + id.id->text + "`",
                  .help = id.nearest.empty() ? "`cagelint rules` lists them"
                                             : "did you mean `" + id.nearest + "`?"});
    } else if (id.could_hide && id.hidden == 0 && !use.is_expired) {
      report.Add({.span = id.id->span,
                  .message = "`" + id.id->text + "` finds nothing here",
                  .help = "take it out, or put it where the finding is"});
    }
  }
}

}  // namespace

extern const Rule kUnusedSuppression{
    .info =
        {.id = "unused-suppression",
         .title = "a suppression hides nothing",
         .why = "the next finding at that place would be hidden by a reason given for another",
         .rationale =
             "A suppression that hides nothing is left over, stands in the wrong place, or is not "
             "written as it must be: then somebody believes that a finding was looked at, and it "
             "was not.\n\n"
             "A comment behind other text speaks of its line, and one alone on its line of what "
             "begins below it: a whole command with its continued lines, a key with all that is in "
             "it. A setting that is missing is found at its service or command, so that is where "
             "its comment stands.\n\n"
             "Not reported: a rule that was not asked (another policy, `--select`), a file with a "
             "part that could not be judged, and what a configuration file ignores, since that is "
             "there for other files as well.",
         .references = {"README, Suppressions"},
         .cis = {},
         .bad = "# cagelint: ignore[privileged] it was, last year\n"
                "docker run alpine:3.22\n",
         .good = "# cagelint: ignore[privileged] builds images for machines of another kind\n"
                 "docker run --privileged alpine:3.22\n"},
    .on_suppression = Check,
};

}  // namespace cagelint::rules
