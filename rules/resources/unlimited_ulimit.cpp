#include <algorithm>
#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// The limits that the kernel sets by itself, and what is possible without them. All others are
// unlimited anyway, and open files cannot be: the kernel refuses that.
struct Limit {
  std::string_view name;
  std::string_view reason;
};
constexpr std::array<Limit, 7> kLimits{{
    {"core", "a crash writes its whole memory to the disk"},
    {"memlock", "memory can be locked, and is never swapped out"},
    {"msgqueue", "message queues take the kernel's memory"},
    {"nice", "its processes may run before all others"},
    {"nproc", "processes are not counted for its user"},
    {"rtprio", "its processes may take a CPU and not give it back"},
    {"sigpending", "waiting signals take the kernel's memory"},
}};

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.ulimits.items) {
    if (!item.IsKnown() || (item.value.soft != -1 && item.value.hard != -1)) continue;
    const auto* limit = std::find_if(kLimits.begin(), kLimits.end(),
                                     [&](const Limit& one) { return one.name == item.value.name; });
    if (limit == kLimits.end()) continue;
    report.Add(
        {.span = PlaceOf(item, container),
         .message = "`" + item.value.name + "` is not limited: " + std::string(limit->reason),
         .help = "give a number, or leave it out",
         .fixes = {
             Unsafe("leave it out", "the engine's own limit then holds", {Remove(item.whole)})}});
  }
}

}  // namespace

extern const Rule kUnlimitedUlimit{
    .info =
        {.id = "unlimited-ulimit",
         .title = "a ulimit is lifted",
         .why = "the program inside may take what the kernel holds back from a process",
         .rationale =
             "-1 is no limit. Some of these limits are the kernel's own: real-time priority, "
             "locked memory, message queues, core files. Others, such as the size of a file, are "
             "unlimited by default, and -1 for them is not reported; with open files that cannot "
             "be unlimited the container does not start.\n\n"
             "A process limit (`nproc`) counts the processes of a uid on the whole host and does "
             "not bind root: `unlimited-pids` is about the limit that does.",
         .references = {"Docker documentation, docker container run, --ulimit", "prlimit(2)",
                        "run on Docker Engine 20.10.24"},
         .cis = {"5.19"},
         .bad = "docker run --ulimit memlock=-1 alpine:3.22\n",
         .good = "docker run --ulimit memlock=65536 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
