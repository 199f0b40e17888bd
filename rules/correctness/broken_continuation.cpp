#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kBrokenContinuation, report);
}

}  // namespace

extern const Rule kBrokenContinuation{
    .info =
        {.id = "broken-continuation",
         .title = "the command ends before its author thinks",
         .why = "the options on the lines below do not reach the container, and hardening is "
                "often among them",
         .rationale =
             "A backslash continues a command only as the last character of its line. With a "
             "blank behind it the shell takes the blank for a word: the command ends with the "
             "line, and the next line is a command of its own that no program answers to. The "
             "same happens where a line lacks its backslash, and at a comment on a line of its "
             "own inside a continued command: the comment reaches to the end of the line, its "
             "backslash included.\n\n"
             "The container is judged as the shell starts it: what was cut off is no part of "
             "it. Lines below are looked at only behind `run`, `create` and `exec`, and without "
             "a backslash only where they begin with one of the options.",
         .references = {"POSIX.1-2017, Shell Command Language, 2.2.1 Escape Character, 2.3 Token "
                        "Recognition",
                        "bash 5.2, run for each of the three"},
         .cis = {},
         .bad = "docker run --rm \\ \n  --read-only alpine:3.22\n",
         .good = "docker run --rm \\\n  --read-only alpine:3.22\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
