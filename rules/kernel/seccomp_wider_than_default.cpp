#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

constexpr std::size_t kMostLabels = 8;
constexpr std::size_t kMostNames = 3;  // of a group

using Calls = std::vector<const seccomp::DefaultCall*>;

Calls CallsOf(const std::vector<seccomp::Wider>& wider) {
  Calls out;
  for (const seccomp::Wider& one : wider) out.push_back(one.call);
  return out;
}

std::string Message(const Calls& calls, std::string_view engine) {
  const std::string denies = " that " + std::string(engine) + "'s newest default profile denies";
  if (calls.size() == 1) return "`" + calls.front()->shown + "` is let through, a call" + denies;
  return std::to_string(calls.size()) + " calls are let through" + denies + ": " +
         seccomp::ListByGroup(calls, kMostNames);
}

// The other places, each with the calls that it is the first to open.
void AddLabels(const std::vector<seccomp::Wider>& wider, Finding& out) {
  for (std::size_t i = 0; i < wider.size() && out.labels.size() < kMostLabels;) {
    const auto end =
        std::find_if(wider.begin() + static_cast<std::ptrdiff_t>(i), wider.end(),
                     [&](const seccomp::Wider& other) { return other.span != wider[i].span; });
    const auto size = static_cast<std::size_t>(end - wider.begin()) - i;
    if (i > 0)
      out.labels.push_back(
          {wider[i].span, size == 1 ? "lets `" + wider[i].call->shown + "` through"
                                    : "lets " + std::to_string(size) + " of them through"});
    i += size;
  }
}

void Check(const seccomp::Judgement& judgement, Reporter& report) {
  const std::vector<seccomp::Wider> wider = seccomp::WiderThanDefault(judgement);
  if (wider.empty()) return;
  const Container* container = judgement.container;
  const auto engine = container == nullptr ? model::Engine::kDocker : container->engine;
  const Calls calls = CallsOf(wider);
  Finding finding{.span = wider.front().span,
                  .message = Message(calls, seccomp::DefaultOf(engine)),
                  .help =
                      "take out what the program does not need; without a profile of its own "
                      "the container would be better kept"};
  // Calls that are of use to nobody are no reason to stop.
  if (std::none_of(calls.begin(), calls.end(), [](const auto* call) { return call->dangerous; }))
    finding.weight = Weight::kAtMostInfo;
  AddLabels(wider, finding);
  if (container != nullptr && container->seccomp)
    finding.labels.push_back({container->seccomp->span, "a container runs under this profile"});
  report.Add(std::move(finding));
}

}  // namespace

extern const Rule kSeccompWiderThanDefault{
    .info =
        {.id = "seccomp-wider-than-default",
         .title = "seccomp profile allows what the engine's default denies",
         .why = "a profile was written to keep more out, and lets more in than none at all",
         .rationale =
             "A profile replaces the engine's default, it does not add to it. One that was copied "
             "from an old release, made for another engine or cut to fit one program often opens "
             "calls that the newest default denies to a container with these capabilities. One "
             "finding names all of them, by what they are for; the dangerous ones have rules of "
             "their own, which say what each does. It is given even where these rules say it all, "
             "since a rule does not know which others run, and since it says something else: that "
             "leaving the profile out would keep the program in better.\n\n"
             "The default is that of the engine which runs the container, in its newest release; "
             "of Docker for a profile that no container names. Ways of calling are compared, not "
             "only names: `clone` with flags for namespaces, `socket` by address family, "
             "`personality` by value. Where only calls without harm are wider, obsolete ones or "
             "very new ones, the finding is information. Where the capabilities cannot be known, "
             "only calls count that the default denies with all of them; a privileged container "
             "has no "
             "default that a profile could be compared with.",
         .references = {"moby/profiles, seccomp/default.json",
                        "containers/container-libs, common/pkg/seccomp/seccomp.json",
                        "containerd, contrib/seccomp/seccomp_default.go"},
         .cis = {},
         .bad = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "keyctl", "mount"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .good = R"({
  "defaultAction": "SCMP_ACT_ERRNO",
  "syscalls": [{"names": ["read", "write"], "action": "SCMP_ACT_ALLOW"}]
}
)",
         .example_name = "seccomp.json"},
    .on_profile = Check,
};

}  // namespace cagelint::rules
