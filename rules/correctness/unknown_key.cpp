#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kUnknownKey, report);
}

}  // namespace

extern const Rule kUnknownKey{
    .info = {.id = "unknown-key",
             .title = "key that Compose does not know",
             .why = "the setting that was meant is not there, and the file does not load "
                    "until the key is taken out",
             .rationale =
                 "Compose checks every mapping against its schema, and refuses what the "
                 "schema does not know: a slip (`privilged`), a key on the wrong level "
                 "(`memory` beside `image`), an option of `docker run` (`cap-drop`). Keys "
                 "that begin with `x-` are the author's own, wherever Compose takes them.\n\n"
                 "The same place is also a gap.",
             .references = {"Compose Specification, schema compose-spec.json",
                            "run with docker-compose 2.40.3"},
             .cis = {},
             .bad = "services:\n"
                    "  agent:\n"
                    "    image: alpine:3.22\n"
                    "    read-only: true\n",
             .good = "services:\n"
                     "  agent:\n"
                     "    image: alpine:3.22\n"
                     "    read_only: true\n"
                     "    x-note: reviewed\n",
             .example_name = "compose.yaml"},
    .on_document = Check,
};

}  // namespace cagelint::rules
