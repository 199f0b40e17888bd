#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kMisplacedOption, report);
}

}  // namespace

extern const Rule kMisplacedOption{
    .info =
        {.id = "misplaced-option",
         .title = "an option of the engine stands behind the image",
         .why = "the hardening that the command shows is not there: the program got it as its own "
                "arguments",
         .rationale =
             "`docker run` reads options up to the image. All words behind it are the command "
             "line of the program inside, whatever they look like: `docker run alpine "
             "--read-only` asks the image for a program of the name `--read-only`, and an image "
             "with an entrypoint may pass over it without a word.\n\n"
             "Reported are the words directly behind the image that the client would read as "
             "options, if at least one of them can hardly be the program's own: `--read-only`, "
             "`--cap-drop`, `--network none`, `-p 80:80`, `-it`. What programs have as well "
             "(`--version`, `-v`, `--user me`) is not reported by itself, and nothing behind "
             "`--`.",
         .references = {"docker/cli 28.2.2, run", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --rm alpine:3.22 --read-only --network none\n",
         .good = "docker run --rm --read-only --network none alpine:3.22\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
