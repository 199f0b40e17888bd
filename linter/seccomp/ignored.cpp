// Fields that the engine passes over.
#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "linter/seccomp/errno_names.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/flaws.h"
#include "linter/seccomp/wording.h"

namespace cagelint::seccomp {
namespace {

using model::SeccompEntry;
using model::Word;

constexpr std::size_t kMostLabels = 8;
constexpr std::uint64_t kEperm = 1;

bool Opens(const SeccompEntry& entry) {
  const std::string& action = entry.action.text;
  return action == "SCMP_ACT_ALLOW" || action == "SCMP_ACT_LOG" || action == "SCMP_ACT_TRACE";
}

// Something to point at in the conditions of `entry`; null where it has none.
const Word* ConditionOf(const SeccompEntry& entry) {
  for (const model::SeccompFilter* filter : {&entry.includes, &entry.excludes}) {
    if (!filter->caps.empty()) return &filter->caps.front();
    if (!filter->arches.empty()) return &filter->arches.front();
    if (filter->min_kernel.span.IsValid()) return &filter->min_kernel;
  }
  return nullptr;
}

const Word* KernelOf(const SeccompEntry& entry) {
  for (const Word* version : {&entry.includes.min_kernel, &entry.excludes.min_kernel})
    if (version->span.IsValid()) return version;
  return nullptr;
}

// What the runtime gets of each entry: its names, as a list for messages.
std::string NamesOf(const SeccompEntry& entry) {
  std::vector<const Word*> names;
  for (const Word& name : entry.names) names.push_back(&name);
  return NameList(names);
}

class Ignored {
 public:
  Ignored(const Judgement& judgement, const Filter& filter)
      : profile_(*judgement.profile), environment_(judgement.environment), filter_(filter) {}

  std::vector<Flaw> Do() {
    for (const model::SeccompProblem& problem : profile_.problems)
      if (problem.kind == model::SeccompProblem::Kind::kIgnored) AddProblem(problem);
    if (environment_.dialect != Dialect::kPodman) AddErrnoNames();
    if (environment_.dialect == Dialect::kOci) AddOci();
    if (environment_.dialect == Dialect::kPodman) AddKernels();
    return std::move(flaws_);
  }

 private:
  void AddProblem(const model::SeccompProblem& problem) {
    Flaw flaw{
        problem.span, problem.message, "", {}, problem.matters ? Effect::kOpens : Effect::kNothing};
    flaw.help = problem.matters ? "write the key as the engine knows it, once"
                                : "write it as the engine does, or as a `comment`";
    const SeccompEntry* entry = EntryAround(problem.span);
    if (problem.matters && entry != nullptr && entry->args.empty() && !entry->names.empty())
      flaw.labels.push_back(
          {entry->names.front().span, "counts for " + NamesOf(*entry) + " with any arguments"});
    flaws_.push_back(std::move(flaw));
  }

  // The entry that `span` stands in; null for none.
  const SeccompEntry* EntryAround(const base::Span& span) const {
    const auto& entries = profile_.entries;
    const auto after = std::upper_bound(
        entries.begin(), entries.end(), span.begin,
        [](std::uint32_t at, const SeccompEntry& entry) { return at < entry.span.begin; });
    if (after == entries.begin()) return nullptr;
    const SeccompEntry& entry = *std::prev(after);
    return span.end <= entry.span.end ? &entry : nullptr;
  }

  // Docker and containerd know numbers only.
  void AddErrnoNames() {
    AddErrno(profile_.default_errno_name, profile_.default_errno_ret, profile_.default_action.text,
             "defaultErrno");
    for (const SeccompEntry& entry : profile_.entries)
      AddErrno(entry.errno_name, entry.errno_ret, entry.action.text, "errno");
  }

  void AddErrno(const std::optional<Word>& name, std::optional<std::uint64_t> number,
                const std::string& action, const std::string& key) {
    if (!name || name->text.empty()) return;
    if (action != "SCMP_ACT_ERRNO" && action != "SCMP_ACT_TRACE") return;
    const auto meant = ErrnoNamed(name->text);
    if (!meant || *meant == number.value_or(kEperm)) return;
    flaws_.push_back({name->span,
                      Quoted(key) + " is known to podman only: the error number is " +
                          std::to_string(number.value_or(kEperm)) + " here, not " +
                          Quoted(name->text),
                      "give the number: `\"" + key + "Ret\": " + std::to_string(*meant) + "`",
                      {},
                      Effect::kCloses});
  }

  // containerd decodes the file as the runtime specification has it.
  void AddOci() {
    Environment docker = environment_;
    docker.dialect = Dialect::kDocker;
    AddConditions("containerd ignores `includes` and `excludes`", docker, ConditionOf);
    std::vector<const SeccompEntry*> single;
    for (const SeccompEntry& entry : profile_.entries)
      if (entry.old_name && entry.single.text.empty() && Applies(entry, docker))
        single.push_back(&entry);
    AddSingleNames(single);
    AddArchMap();
  }

  void AddArchMap() {
    const Host* host = HostNamed(environment_.architecture);
    if (host == nullptr || !profile_.architectures.empty()) return;
    for (const model::SeccompArchitecture& architecture : profile_.arch_map)
      if (architecture.name.text == host->docker_key && !architecture.sub_architectures.empty())
        return flaws_.push_back({architecture.name.span,
                                 "containerd ignores `archMap`: programs of other ABIs are killed",
                                 "list them in `architectures`",
                                 {},
                                 Effect::kCloses});
  }

  void AddSingleNames(const std::vector<const SeccompEntry*>& entries) {
    for (const bool opening : {false, true}) {
      std::vector<const Word*> names;
      for (const SeccompEntry* entry : entries)
        if (Opens(*entry) == opening && !entry->names.empty())
          names.push_back(&entry->names.front());
      if (names.empty()) continue;
      const bool open_by_default = profile_.default_action.text == "SCMP_ACT_ALLOW" ||
                                   profile_.default_action.text == "SCMP_ACT_LOG";
      const Effect effect = opening           ? Effect::kCloses
                            : open_by_default ? Effect::kOpens
                                              : Effect::kNothing;
      flaws_.push_back({names.front()->span,
                        "containerd ignores `name`, and with it what is said of " + NameList(names),
                        "write `\"names\": [\"" + names.front()->text + "\"]`",
                        {},
                        effect});
    }
  }

  // containers-common's reader has no such field.
  void AddKernels() {
    Environment docker = environment_;
    docker.dialect = Dialect::kDocker;
    AddConditions("podman ignores `minKernel`", docker, KernelOf);
  }

  // The entries that count here, and would not if what `condition_of` points at were looked at; all
  // that have one, as information, where it makes no difference.
  void AddConditions(const std::string& what, const Environment& looked_at,
                     const Word* (*condition_of)(const SeccompEntry&)) {
    std::array<std::vector<const SeccompEntry*>, 3> by_effect;
    for (const SeccompEntry& entry : profile_.entries) {
      const bool only_single = entry.old_name && environment_.dialect == Dialect::kOci;
      if (condition_of(entry) == nullptr || entry.names.empty() || only_single) continue;
      if (!Applies(entry, environment_) || !NamesSomething(entry)) continue;
      const Effect effect = Applies(entry, looked_at) ? Effect::kNothing
                            : Opens(entry)            ? Effect::kOpens
                                                      : Effect::kCloses;
      by_effect[static_cast<std::size_t>(effect)].push_back(&entry);
    }
    for (const Effect effect : {Effect::kOpens, Effect::kCloses, Effect::kNothing})
      AddGroup(what, by_effect[static_cast<std::size_t>(effect)], effect, condition_of);
  }

  // Whether a call that `entry` names exists where the filter is used.
  bool NamesSomething(const SeccompEntry& entry) const {
    return std::any_of(entry.names.begin(), entry.names.end(), [&](const Word& name) {
      const Syscall* call = SyscallNamed(name.text);
      return call != nullptr &&
             std::any_of(filter_.abis.begin(), filter_.abis.end(),
                         [&](const AbiFilter& part) { return call->On(*part.abi) >= 0; });
    });
  }

  void AddGroup(const std::string& what, const std::vector<const SeccompEntry*>& entries,
                Effect effect, const Word* (*condition_of)(const SeccompEntry&)) {
    if (entries.empty()) return;
    const SeccompEntry& first = *entries.front();
    Flaw flaw{condition_of(first)->span, what, "", {}, effect};
    flaw.message += effect == Effect::kNothing ? ", which makes no difference for "
                    : effect == Effect::kOpens ? ", and so lets through "
                                               : ", and so denies ";
    flaw.message += NamesOf(first);
    if (const std::size_t more = entries.size() - 1; more > 0)
      flaw.message += " and what " + std::to_string(more) + " more " +
                      (more == 1 ? "entry names" : "entries name");
    flaw.help =
        "resolve the conditions: keep the entries that hold where the profile is used, "
        "without them";
    for (std::size_t i = 1; i < entries.size() && i <= kMostLabels && effect == Effect::kOpens; ++i)
      flaw.labels.push_back(
          {condition_of(*entries[i])->span, "ignored too: " + NamesOf(*entries[i])});
    flaws_.push_back(std::move(flaw));
  }

  const model::SeccompProfile& profile_;
  const Environment& environment_;
  const Filter& filter_;
  std::vector<Flaw> flaws_;
};

}  // namespace

std::vector<Flaw> IgnoredFields(const Judgement& judgement) {
  const Loaded loaded = LoadProfile(judgement);
  if (loaded.load == Load::kError) return {};
  const Filter none;
  std::vector<Flaw> flaws =
      Ignored(judgement, loaded.filter == nullptr ? none : *loaded.filter).Do();
  std::stable_sort(flaws.begin(), flaws.end(),
                   [](const Flaw& a, const Flaw& b) { return a.span.begin < b.span.begin; });
  return flaws;
}

}  // namespace cagelint::seccomp
