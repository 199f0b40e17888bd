#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const auto& score = container.oom_score_adj;
  if (!score.IsKnown() || score.value >= 0) return;
  report.Add({.span = PlaceOf(score, container),
              .message = score.value <= -1000
                             ? "the kernel never kills it when the host's memory runs out"
                             : "the kernel kills other programs before it",
              .help = "leave it out, or give a number above 0: " +
                      Spelling(container, "oom_score_adj", "500")});
}

}  // namespace

extern const Rule kOomScoreProtected{
    .info =
        {.id = "oom-score-protected",
         .title = "other programs are killed for the container's memory",
         .why = "when the host's memory runs out its own services die first",
         .rationale =
             "When memory runs out the kernel kills the process with the highest score. A number "
             "below 0 takes from the score of every process inside, and at -1000 they are never "
             "killed: the program inside uses up the memory, and sshd or a database of the host "
             "goes. A number above 0 is what an untrusted program should have. A memory limit of "
             "its own is kept all the same.",
         .references = {"proc_pid_oom_score_adj(5)",
                        "Docker documentation, docker container run, --oom-score-adj"},
         .cis = {},
         .bad = "docker run --oom-score-adj -500 alpine:3.22\n",
         .good = "docker run --oom-score-adj 500 alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
