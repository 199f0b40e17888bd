#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kRemoteInclude, report);
}

}  // namespace

extern const Rule kRemoteInclude{
    .info = {.id = "remote-include",
             .title = "part of the project is fetched from elsewhere",
             .why = "who can write there decides what runs on this host, with which mounts "
                    "and privileges",
             .rationale =
                 "`include` and `extends` take the address of a git repository or of an "
                 "OCI artifact. Compose fetches it when the project is started: nobody who "
                 "reviewed this file has seen what it brings, and a branch or a tag can be "
                 "moved. What it brings is services with any setting, host folders among "
                 "them.\n\n"
                 "Nothing is fetched to judge it: the same place is a gap. Only what "
                 "Compose takes for an address counts: an `https` address that does not "
                 "end in `.git` is a path to it.",
             .references = {"Docker documentation, Include", "run with docker-compose 2.40.3"},
             .cis = {},
             .bad = "include:\n"
                    "  - https://github.com/example/stack.git#main\n"
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
