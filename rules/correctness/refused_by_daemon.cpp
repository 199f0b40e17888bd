#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  for (model::Refusal& refusal : model::DaemonRefusals(container))
    report.Add({.span = refusal.span,
                .message = std::move(refusal.message),
                .help = std::move(refusal.help),
                .labels = std::move(refusal.labels)});
}

}  // namespace

extern const Rule kRefusedByDaemon{
    .info = {.id = "refused-by-daemon",
             .title = "the daemon refuses the container",
             .why = "the container never starts as it stands, and whoever makes it start may drop "
                    "the hardening that was meant",
             .rationale =
                 "The client passes many values on as they are: names of capabilities, security "
                 "options, users, modes of volumes, options of a tmpfs, restart policies. The "
                 "daemon looks at them, and refuses the container at its creation or its start. "
                 "`CAP_ALL` is no capability (`ALL` is), and docker reads `NET_ADMIN,SYS_ADMIN` as "
                 "one name, where podman reads two.\n\n"
                 "Only what Docker 20.10.24 and 28.5.2 both refuse is reported, and nothing that "
                 "depends on the host: its CPUs, files, images and plugins.",
             .references = {"run on Docker Engine 20.10.24 and 28.5.2 with the client 28.2.2",
                            "podman 4.3.1"},
             .cis = {},
             .bad = "docker run --cap-drop CAP_ALL alpine:3.22\n",
             .good = "docker run --cap-drop ALL alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
