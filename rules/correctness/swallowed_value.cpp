#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kSwallowedValue, report);
}

}  // namespace

extern const Rule kSwallowedValue{
    .info =
        {.id = "swallowed-value",
         .title = "a word is taken for something else than it was meant to be",
         .why = "an option is not set, or is set to the opposite, and nothing is said about it",
         .rationale =
             "The client never guesses. An option with a value takes the next word, also one that "
             "begins with a dash: `--name --rm` names the container `--rm`, and it is not "
             "removed. An option without one takes no word: `--read-only false img` switches it "
             "on and runs the image `false`. A letter keeps a lone equals sign: `-u=` is the user "
             "`=`. In a group of letters the value belongs to the last: `-it=false` leaves `-i` "
             "on. And with one dash a long name is a group of letters: `-user root` is `-u ser` "
             "with the image `root`.",
         .references = {"spf13/pflag, parseSingleShortArg and parseLongArg",
                        "docker/cli 28.2.2, run"},
         .cis = {},
         .bad = "docker run --name --rm alpine:3.22\n",
         .good = "docker run --name agent --rm alpine:3.22\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
