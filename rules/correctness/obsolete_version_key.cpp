#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kObsoleteVersion, report);
}

}  // namespace

extern const Rule kObsoleteVersionKey{
    .info = {.id = "obsolete-version-key",
             .title = "key `version` has no effect",
             .why = "a reader may think that it chooses an older Compose with other rules",
             .rationale =
                 "Compose 2 reads every file by the newest specification and warns of "
                 "`version`, whatever its value. It chooses nothing: limits below `deploy` "
                 "hold, and keys of newer versions are taken.",
             .references = {"Compose Specification, Version and name top-level elements",
                            "run with docker-compose 2.40.3"},
             .cis = {},
             .bad = "version: '3.8'\n"
                    "services:\n"
                    "  agent:\n"
                    "    image: alpine:3.22\n",
             .good = "services:\n"
                     "  agent:\n"
                     "    image: alpine:3.22\n",
             .example_name = "compose.yaml"},
    .on_document = Check,
};

}  // namespace cagelint::rules
