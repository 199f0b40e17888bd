#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kInvalidOption, report);
}

}  // namespace

extern const Rule kInvalidOption{
    .info = {.id = "invalid-option",
             .title = "the client refuses what is written",
             .why = "it never runs as it stands, and whoever makes it run may drop the "
                    "hardening that was meant",
             .rationale =
                 "The client reads all options before it asks the engine for anything. It refuses "
                 "an option that it does not know, a value that does not fit, and options that "
                 "exclude each other (`--rm` with a restart policy, `-d` with `-a`); then no "
                 "container is made.\n\n"
                 "docker's command line is read by the rules of docker/cli 28, those of podman and "
                 "nerdctl by their own. What stands in a script as a placeholder (`<name>`, "
                 "`[options]`) or cannot be known is not refused.\n\n"
                 "A compose file is read by the rules of docker-compose 2.40: values of the wrong "
                 "type, a service without an image, a name that nothing declares and the like, "
                 "which keep the whole project from being loaded. Keys have rules of their own.\n\n"
                 "The same place is also a gap: what follows a word that the client does not know "
                 "can only be guessed.",
             .references = {"docker/cli 28.2.2, run for every option",
                            "containers/podman and containerd/nerdctl, sources of run and create",
                            "docker-compose 2.40.3, run for every key"},
             .cis = {},
             .bad = "docker run --rm --read-onyl alpine:3.22\n",
             .good = "docker run --rm --read-only alpine:3.22\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
