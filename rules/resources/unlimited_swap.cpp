#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

void Check(const Container& container, Reporter& report) {
  const auto& memory = container.memory;
  const auto& swap = container.memory_swap;
  if (container.effective.memory_limited != Tri::kYes || swap.IsDynamic()) return;
  const bool is_unlimited = swap.IsKnown() && swap.value < 0;
  // nerdctl's default is not known well enough.
  const bool is_default = swap.IsAbsent() || swap.Is(0);
  if (!is_unlimited && (!is_default || container.engine == model::Engine::kNerdctl)) return;
  report.Add({.span = is_unlimited ? PlaceOf(swap, container) : PlaceOf(memory, container),
              .message = is_unlimited ? "swap is not limited"
                                      : "as much swap as memory may be used besides",
              .help = "to have no swap give the sum of both as much as the memory: " +
                      Spelling(container, "memory_swap", std::to_string(memory.value)),
              .fixes = {Unsafe("let it swap nothing",
                               "a program that needs more than its memory is killed",
                               {Set("memory_swap", std::to_string(memory.value))})}});
}

}  // namespace

extern const Rule kUnlimitedSwap{
    .info =
        {.id = "unlimited-swap",
         .title = "swap is not limited with the memory",
         .why = "the program inside uses up the host's swap and keeps its disk busy",
         .rationale =
             "A memory limit alone lets the container use the same amount of swap on top: with "
             "`--memory 1g` it may hold 2 GB. `--memory-swap` is the sum of both; -1 is no limit "
             "on swap, and 0 is the same as nothing. Given as much as the memory limit there is "
             "no swap.\n\n"
             "Without a memory limit there is nothing to add to: `unlimited-memory` says so.",
         .references = {"Docker documentation, Resource constraints, --memory-swap details",
                        "podman-run(1), --memory-swap", "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --memory 1g alpine:3.22\n",
         .good = "docker run --memory 1g --memory-swap 1g alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
