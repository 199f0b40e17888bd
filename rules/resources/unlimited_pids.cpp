#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  if (container.effective.pids_limited != Tri::kNo) return;
  const std::string written =
      container.pids_limit.IsKnown() ? std::to_string(container.pids_limit.value) : "";
  model::Fix fix = Safe("limit it to 256 processes", {Set("pids_limit", "256")});
  if (!written.empty())
    fix = Unsafe(fix.title, "somebody lifted the limit: more may be needed", fix.changes);
  report.Add({.span = PlaceOf(container.pids_limit, container),
              .message = written.empty() ? "no limit on processes is set"
                                         : "a process limit of " + written + " is none",
              .help = "set one: " + Spelling(container, "pids_limit", "256"),
              .fixes = {std::move(fix)}});
}

}  // namespace

extern const Rule kUnlimitedPids{
    .info =
        {.id = "unlimited-pids",
         .title = "the number of processes is not limited",
         .why = "a fork bomb inside takes the host's process table with it",
         .rationale =
             "Docker sets no limit on the processes and threads of a container; `0` and every "
             "negative number mean the same. podman has a default of 2048, which counts, and which "
             "such a number lifts. `--ulimit nproc` is no replacement: it does not bind root, and "
             "counts per uid over the whole host.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.29",
                        "Docker documentation, docker container run, --pids-limit",
                        "podman-run(1), --pids-limit", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {"5.29"},
         .bad = "docker run --pids-limit -1 alpine:3.22\n",
         .good = "docker run --pids-limit 256 alpine:3.22\n",
         .fix = Fixable::kSafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
