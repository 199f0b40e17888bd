#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

std::vector<std::string> Kept(const Container& container) {
  std::vector<std::string> kept = model::DefaultCapabilities(container.engine);
  const auto& all = container.effective.capabilities;
  if (!all || *all == std::vector<std::string>{"ALL"}) return kept;
  std::erase_if(kept, [&](const std::string& name) {
    return std::find(all->begin(), all->end(), name) == all->end();
  });
  return kept;
}

void Check(const Container& container, Reporter& report) {
  if (container.effective.drops_all_capabilities != Tri::kNo) return;
  if (container.cap_drop.Find("CAP_ALL") != nullptr) return;  // the daemon refuses it
  const std::vector<std::string> kept = Kept(container);
  if (kept.empty()) return;
  const std::string count = std::to_string(kept.size());
  const std::size_t all = model::DefaultCapabilities(container.engine).size();
  const std::string engine = std::string(model::Name(container.engine)) + "'s ";
  const bool unreachable = container.effective.user == model::UserKind::kNonRoot &&
                           container.effective.no_new_privileges == Tri::kYes;
  const bool some = container.cap_drop.whole.IsValid() && !container.cap_drop.whole.IsEmpty();
  std::string message = "keeps " + (kept.size() == all ? "all " + count + " of " : count + " of ") +
                        engine + (kept.size() == all ? "" : std::to_string(all) + " ") +
                        "default capabilities";
  if (container.privileged.Is(true)) message = "has every capability, and drops none";
  report.Add(
      {.span = some ? container.cap_drop.whole : container.anchor,
       .message = std::move(message),
       .help = "drop all: " + Spelling(container, "cap_drop", "ALL") +
               ", and add back what the program needs",
       .fixes = {Unsafe(
           "drop all capabilities",
           "what needs one (a port below 1024, another user, chown) fails until it is added back",
           {Append("cap_drop", "ALL")})},
       .weight = unreachable ? Weight::kAtMostWarning : Weight::kAsPolicy});
}

}  // namespace

extern const Rule kDefaultCapabilities{
    .info =
        {.id = "default-capabilities",
         .title = "the engine's default capabilities are kept",
         .why = "raw sockets, device nodes, foreign files and setuid: pieces of root that few "
                "programs need",
         .rationale =
             "Docker gives 14 capabilities to a container that asks for none, among them "
             "CAP_DAC_OVERRIDE, CAP_MKNOD, CAP_NET_RAW, CAP_SETUID and CAP_SETFCAP; podman gives "
             "11 "
             "(not MKNOD, NET_RAW and AUDIT_WRITE). Dropping some of them leaves the rest.\n\n"
             "For a user other than root these are only the bounding set: a setuid-root program, "
             "or "
             "one with file capabilities, can take them up. With no-new-privileges as well they "
             "are "
             "out of reach, and the finding is a warning at most. An added capability counts even "
             "where all are dropped, whatever the order. `CAP_ALL` is refused by the daemon: the "
             "word is `ALL`.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.4",
                        "Docker documentation, Running containers, Runtime privilege and Linux "
                        "capabilities",
                        "moby, oci/caps/defaults.go",
                        "run on Docker Engine 20.10.24 and 28.5.2, podman 4.3.1"},
         .cis = {"5.4"},
         .bad = "docker run --cap-drop NET_RAW alpine:3.22\n",
         .good = "docker run --cap-drop ALL alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
