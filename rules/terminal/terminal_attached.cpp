#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::string_view kMessage =
    "a terminal is attached: what the program prints, escape sequences too, steers it";

void Check(const Document& document, Reporter& report) {
  for (const Container& container : document.containers) {
    if (!container.tty.Is(true)) continue;
    const bool unseen = container.detach.Is(true) || container.output_captured;
    report.Add({.span = PlaceOf(container.tty, container),
                .message = std::string(kMessage),
                .help = container.IsCompose()
                            ? "leave `tty` out, and strip control characters from its output"
                            : "leave `-t` out, and strip control characters from its output",
                .fixes = {Unsafe("attach no terminal",
                                 "programs that need one (shells, editors) behave otherwise",
                                 {Remove(container.tty.whole)})},
                .weight = unseen ? Weight::kAtMostInfo : Weight::kAsPolicy});
  }
  for (const model::Command& command : document.commands) {
    if (command.kind != model::CommandKind::kExec || !command.tty.Is(true)) continue;
    const bool unseen = command.detach.Is(true) || command.output_captured;
    report.Add({.span = command.tty.value_span,
                .message = std::string(kMessage),
                .help = "leave `-t` out, and strip control characters from its output",
                .fixes = {Unsafe("attach no terminal",
                                 "programs that need one (shells, editors) behave otherwise",
                                 {Remove(command.tty.whole)})},
                .weight = unseen ? Weight::kAtMostInfo : Weight::kAsPolicy});
  }
}

}  // namespace

extern const Rule kTerminalAttached{
    .info =
        {.id = "terminal-attached",
         .title = "a terminal is attached to untrusted output",
         .why = "escape sequences can rewrite what the user reads, set the clipboard and make the "
                "terminal answer",
         .rationale =
             "With `-t` the client puts the user's terminal into raw mode and passes on every "
             "byte: "
             "the program inside can hide lines, change the title, write the clipboard (OSC 52) "
             "and "
             "ask questions to which the terminal types an answer; with `-i` that answer is its "
             "input.\n\n"
             "Leaving `-t` out is not the whole of it: without it, too, escape sequences arrive "
             "unfiltered wherever the output of `docker run`, `docker exec` or `docker logs` goes "
             "to a terminal. Capture the output and strip control characters. Where output is "
             "captured, or the container is detached, the finding is information only.",
         .references = {"Docker documentation, docker container run, Allocate a pseudo-TTY",
                        "moby issue 30137", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --rm -it alpine:3.22\n",
         .good = "docker run --rm alpine:3.22 make test | tr -cd '[:print:]\\n'\n",
         .fix = Fixable::kUnsafe},
    .on_document = Check,
};

}  // namespace cagelint::rules
