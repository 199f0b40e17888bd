#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kDuplicateKey, report);
}

}  // namespace

extern const Rule kDuplicateKey{
    .info = {.id = "duplicate-key",
             .title = "key stands twice in a mapping",
             .why = "the file does not load, and a program that takes the last of the two "
                    "runs other settings than were reviewed",
             .rationale =
                 "YAML's keys are unique, and Compose refuses a file where one stands "
                 "twice, at any depth, `<<` included. Other readers (editors, templates, "
                 "older Compose) take the last one without a word: `read_only: true` above "
                 "is gone when `read_only: false` stands below.\n\n"
                 "The same place is also a gap. The rest is judged with the last value.",
             .references = {"YAML 1.2.2, 3.2.1.1 Nodes", "run with docker-compose 2.40.3"},
             .cis = {},
             .bad = "services:\n"
                    "  agent:\n"
                    "    image: alpine:3.22\n"
                    "    read_only: true\n"
                    "    read_only: false\n",
             .good = "services:\n"
                     "  agent:\n"
                     "    image: alpine:3.22\n"
                     "    read_only: true\n",
             .example_name = "compose.yaml"},
    .on_document = Check,
};

}  // namespace cagelint::rules
