#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  for (const model::Command& command : document.commands) {
    const bool attaches = command.kind == model::CommandKind::kAttach;
    if (!attaches && command.kind != model::CommandKind::kLogs) continue;
    if (command.output_captured) continue;
    report.Add({.span = command.anchor,
                .message = "hands what the program wrote to the terminal as it is",
                .help = attaches ? "read its log through `cat -v` instead"
                                 : "send it to a file, or through `cat -v`"});
  }
}

}  // namespace

extern const Rule kRawLogOutput{
    .info =
        {.id = "raw-log-output",
         .title = "a container's output reaches the terminal unfiltered",
         .why = "escape sequences in the output change what the reader sees and what his terminal "
                "does",
         .rationale =
             "The engine keeps every byte that the program printed, and `docker logs` and `docker "
             "attach` print every byte again. A terminal obeys escape sequences: they hide lines, "
             "retitle the window, write to the clipboard (OSC 52), and with some terminals make "
             "it answer on its input. The log of a program that is not trusted is best looked at "
             "through `cat -v`, or in a file.\n\n"
             "Output that goes to a file, a pipe or a variable is not reported.",
         .references = {"xterm, Control Sequences", "Docker documentation, docker container logs",
                        "run on Docker Engine 20.10.24 through a pseudo-terminal"},
         .cis = {},
         .bad = "docker logs agent\n",
         .good = "docker logs agent 2>&1 | cat -v\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
