#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kDeprecatedOption, report);
}

}  // namespace

extern const Rule kDeprecatedOption{
    .info =
        {.id = "deprecated-option",
         .title = "an option that newer clients refuse or ignore",
         .why = "after an update the command fails, or protects less than it says",
         .rationale =
             "docker 29 reads `--mount` more strictly than 28: values with blanks at their ends or "
             "without any text are refused, booleans are `true`, `1`, `false` or `0`, and "
             "`bind-nonrecursive` is gone (`bind-recursive=disabled` says the same). `--ip` and "
             "`--ip6` must be addresses, where 28 took any text and left the refusal to the "
             "engine. Content trust was removed: `--disable-content-trust` only warns, also where "
             "`=false` was meant to switch the verification of images on.\n\n"
             "What has no effect on any current engine is `ignored-option`.",
         .references = {"run with the docker clients 28.2.2 and 29.9.3"},
         .cis = {},
         .bad = "docker run --rm --mount type=bind,src=/srv,dst=/srv,readonly=TRUE alpine:3.22\n",
         .good = "docker run --rm --mount type=bind,src=/srv,dst=/srv,readonly alpine:3.22\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
