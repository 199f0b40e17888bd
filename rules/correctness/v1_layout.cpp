#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kFirstLayout, report);
}

}  // namespace

extern const Rule kV1Layout{
    .info = {.id = "v1-layout",
             .title = "services stand at the top of the file",
             .why = "the file does not load in Compose 2, and Compose 1 that would load it "
                    "gets no fixes",
             .rationale = "The first layout of compose files had services at the top, and no "
                          "networks or volumes. Compose 2 refuses it. Services that are there are "
                          "read as if they stood below `services:` where that can be told, and the "
                          "same place is a gap.",
             .references = {"Compose Specification, Services top-level elements",
                            "run with docker-compose 2.40.3"},
             .cis = {},
             .bad = "agent:\n"
                    "  image: alpine:3.22\n",
             .good = "services:\n"
                     "  agent:\n"
                     "    image: alpine:3.22\n",
             .example_name = "compose.yaml"},
    .on_document = Check,
};

}  // namespace cagelint::rules
