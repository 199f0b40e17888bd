// Names in entries that cannot take effect.
#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "linter/seccomp/condition_flaws.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/flaws.h"
#include "linter/seccomp/part.h"
#include "linter/seccomp/wording.h"

namespace cagelint::seccomp {
namespace {

enum class Cause : std::uint8_t {
  kDroppedOpen,    // says what the default says, and another entry lets the call through
  kDroppedClosed,  // says what the default says, and another entry keeps the call out
  kDroppedLimit,   // a condition on letting through what the default lets through
  kDropped,        // says what the default says
  kHiddenOpen,     // a rule without conditions lets the call through
  kHiddenClosed,   // one keeps it out
  kHiddenLimit,    // one lets it through, whatever the condition of this entry
  kRepeated,       // another rule decides the same
};

Effect EffectOf(Cause cause) {
  switch (cause) {
    case Cause::kDroppedOpen:
    case Cause::kDroppedLimit:
    case Cause::kHiddenOpen:
    case Cause::kHiddenLimit:
      return Effect::kOpens;
    case Cause::kDroppedClosed:
    case Cause::kHiddenClosed:
      return Effect::kCloses;
    case Cause::kDropped:
    case Cause::kRepeated:
      break;
  }
  return Effect::kNothing;
}

// What wins in place of a name.
struct Winner {
  base::Span span;
  Action action;
  Arguments example{};  // for which it wins; all 0 where it always does
  // The ABI on which it does, where it does not on the native one.
  std::string_view elsewhere = {};
};

// Names of one entry with one cause.
struct Group {
  const model::SeccompEntry* entry = nullptr;
  Cause cause = Cause::kDropped;
  Action action;
  std::vector<const model::Word*> names;
  Winner winner;  // of the first name
};

std::string MessageOf(const Group& group) {
  const std::string names = NameList(group.names);
  const std::string is(Is(group.names.size()));
  const bool one = group.names.size() == 1;
  const std::string own = Quoted(Name(group.action));
  const std::string dropped =
      "the runtime drops an entry that says what the default action says (" + own + ")";
  const std::string where = group.winner.elsewhere.empty()
                                ? ""
                                : " on the " + std::string(group.winner.elsewhere) + " ABI";
  const std::string with =
      group.entry->args.empty() ? "" : " with " + ArgumentList(group.winner.example);
  switch (group.cause) {
    case Cause::kDroppedOpen:
      return names + with + is + "not denied: " + dropped + ", and another entry lets " +
             (one ? "the call" : "each of these calls") + " through" + where;
    case Cause::kDroppedClosed:
      return names + is + "not let through: " + dropped + ", and another entry denies " +
             (one ? "the call" : "each of these calls");
    case Cause::kDroppedLimit:
      return "the conditions on " + names + " limit nothing: the default action lets " +
             (one ? "the call" : "these calls") + " through with any arguments";
    case Cause::kDropped:
      return names + is + "answered so by default: " + dropped;
    case Cause::kHiddenOpen:
      return names + is + "not denied: the first entry for " +
             (one ? "the call" : "each of these calls") + " that has no conditions lets it through";
    case Cause::kHiddenClosed:
      return names + is + "not let through: the first entry for " +
             (one ? "the call" : "each of these calls") + " that has no conditions denies it";
    case Cause::kHiddenLimit:
      return "the conditions on " + names + " limit nothing: another entry lets " +
             (one ? "the call" : "each of these calls") + " through with any arguments";
    case Cause::kRepeated:
      break;
  }
  return names + is + "answered with " + Quoted(Name(group.winner.action)) +
         " by another entry already";
}

std::string HelpOf(const Group& group) {
  switch (group.cause) {
    case Cause::kDroppedOpen:
    case Cause::kHiddenOpen:
      return "take the denied names out of the entries that let them through";
    case Cause::kDroppedLimit:
      return "deny by default, or deny the calls where the conditions do not hold";
    case Cause::kHiddenLimit:
      return "take the names out of the entry without conditions";
    case Cause::kDroppedClosed:
    case Cause::kHiddenClosed:
      return "take the names out of one of the two entries";
    case Cause::kDropped:
    case Cause::kRepeated:
      break;
  }
  return "leave the names out here";
}

Flaw ToFlaw(const Group& group) {
  Flaw flaw{group.names.front()->span, MessageOf(group), HelpOf(group), {}, EffectOf(group.cause)};
  if (group.winner.span.IsValid() && group.winner.span != flaw.span)
    flaw.labels.push_back(
        {group.winner.span, Quoted(Name(group.winner.action)) + " is what holds"});
  return flaw;
}

// Arguments that `entry` means.
Arguments ExampleOf(const model::SeccompEntry& entry) {
  Arguments example{};
  for (const model::SeccompArgument& argument : entry.args) {
    const auto c = ComparisonOf(argument);
    if (!c) continue;
    const bool above = c->op == Operator::kNe || c->op == Operator::kGt;
    const bool below = c->op == Operator::kLt && c->datum > 0;
    example[c->argument] = above ? c->datum + 1 : below ? c->datum - 1 : c->datum;
  }
  return example;
}

class Shadows {
 public:
  Shadows(const Filter& filter, const Resolved& resolved, const Environment& environment)
      : filter_(filter), resolved_(resolved), looked_at_(environment) {
    looked_at_.dialect = Dialect::kDocker;
    for (const AbiFilter& part : filter.abis)
      for (const auto& [number, rules] : part.calls) {
        if (rules.always) effective_.insert(rules.always->name);
        for (const CallRule& rule : rules.conditional) effective_.insert(rule.name);
      }
  }

  std::vector<Flaw> Do() {
    for (const ResolvedRule& rule : resolved_.dropped) AddDropped(rule);
    const model::Word* last = nullptr;
    for (const ResolvedRule& rule : resolved_.rules) {
      if (rule.name != last && !effective_.contains(rule.name)) AddHidden(rule);
      last = rule.name;
    }
    std::vector<Flaw> flaws;
    for (const Group& group : groups_) flaws.push_back(ToFlaw(group));
    AddConditionFlaws(filter_, resolved_, effective_, flaws);
    AddOutranked(filter_, flaws);
    return flaws;
  }

 private:
  std::string_view Elsewhere(const Abi& abi) const {
    return &abi == filter_.abis.front().abi ? std::string_view() : abi.name;
  }

  void Add(const ResolvedRule& rule, Cause cause, const Winner& winner) {
    const auto [known, is_new] = index_.emplace(std::pair(rule.entry, cause), groups_.size());
    if (is_new) groups_.push_back({rule.entry, cause, rule.action, {}, winner});
    groups_[known->second].names.push_back(rule.name);
  }

  // Calls `take(abi, number, rules)` for the rules of `call` on each ABI; null where none names it.
  template <typename Take>
  void ForEachPart(const Syscall& call, Take take) const {
    for (const AbiFilter& part : filter_.abis) {
      const int number = call.On(*part.abi);
      if (number < 0) continue;
      const auto rules = part.calls.find(number);
      take(*part.abi, rules == part.calls.end() ? nullptr : &rules->second);
    }
  }

  // Whether an entry only counts since the engine ignores its conditions. IgnoredFields says so,
  // and that it is in the way of others follows from it.
  bool CountsByMistake(const model::SeccompEntry& entry) const {
    return !Applies(entry, looked_at_);
  }

  void AddDropped(const ResolvedRule& rule) {
    if (CountsByMistake(*rule.entry)) return;
    bool exists = false;
    bool kept_out = false;  // by some other rule, at least for some arguments
    const CallRule* always = nullptr;
    std::string_view elsewhere;
    ForEachPart(*rule.call, [&](const Abi& abi, const CallRules* rules) {
      exists = true;
      if (rules == nullptr) return;
      if (rules->always && always == nullptr) {
        always = &*rules->always;
        elsewhere = Elsewhere(abi);
      }
      kept_out = kept_out || (rules->always && !rules->always->action.Opens()) ||
                 std::any_of(rules->conditional.begin(), rules->conditional.end(),
                             [](const CallRule& other) { return !other.action.Opens(); });
    });
    if (!exists || (always != nullptr && CountsByMistake(*always->entry))) return;
    const bool opens = rule.action.Opens();
    if (always != nullptr && always->action.Opens() != opens)
      return Add(rule, opens ? Cause::kDroppedClosed : Cause::kDroppedOpen,
                 {always->name->span, always->action, ExampleOf(*rule.entry), elsewhere});
    if (rule.entry->args.empty()) return Add(rule, Cause::kDropped, {});
    if (opens) return Add(rule, kept_out ? Cause::kDropped : Cause::kDroppedLimit, {});
    const auto winner = OpenedElsewhere(rule);
    Add(rule, winner ? Cause::kDroppedOpen : Cause::kDropped, winner.value_or(Winner{}));
  }

  // What lets arguments through that the dropped `rule` means to keep out.
  std::optional<Winner> OpenedElsewhere(const ResolvedRule& rule) const {
    const Arguments example = ExampleOf(*rule.entry);
    std::optional<Winner> winner;
    ForEachPart(*rule.call, [&](const Abi& abi, const CallRules* rules) {
      if (winner || rules == nullptr || rules->conditional.size() > kMostLookedAt) return;
      const Verdict verdict = Decide(filter_, abi.name, rule.call->name, example);
      if (verdict.action.Opens() && !verdict.by_default)
        winner = Winner{verdict.decided_by, verdict.action, example, Elsewhere(abi)};
    });
    return winner;
  }

  void AddHidden(const ResolvedRule& rule) {
    const CallRule* always = nullptr;
    const CallRule* same = nullptr;
    ForEachPart(*rule.call, [&](const Abi&, const CallRules* rules) {
      if (always != nullptr || rules == nullptr) return;
      if (rules->always) always = &*rules->always;
      // Without one, only a rule that is there already is left out.
      if (same == nullptr) same = Same(*rules, rule);
    });
    const CallRule* winner = always != nullptr ? always : same;
    if (winner == nullptr || CountsByMistake(*rule.entry) || CountsByMistake(*winner->entry))
      return;
    if (always == nullptr)
      return Add(rule, Cause::kRepeated, {same->name->span, rule.action, {}, {}});
    const bool opens = rule.action.Opens();
    Cause cause = Cause::kRepeated;
    if (always->action.Opens() != opens)
      cause = opens ? Cause::kHiddenClosed : Cause::kHiddenOpen;
    else if (opens && !rule.comparisons.empty())
      cause = Cause::kHiddenLimit;
    Add(rule, cause, {always->name->span, always->action, {}, {}});
  }

  static const CallRule* Same(const CallRules& rules, const ResolvedRule& rule) {
    if (rules.conditional.size() > kMostLookedAt) return nullptr;
    for (const CallRule& other : rules.conditional)
      if (std::is_permutation(other.comparisons.begin(), other.comparisons.end(),
                              rule.comparisons.begin(), rule.comparisons.end()))
        return &other;
    return nullptr;
  }

  // A bound for looking through conditions once for every name.
  static constexpr std::size_t kMostLookedAt = 256;

  const Filter& filter_;
  const Resolved& resolved_;
  Environment looked_at_;  // by an engine that knows all conditions
  std::unordered_set<const model::Word*> effective_;
  std::vector<Group> groups_;
  std::map<std::pair<const model::SeccompEntry*, Cause>, std::size_t> index_;
};

}  // namespace

std::vector<Flaw> ShadowedRules(const Judgement& judgement) {
  const Loaded loaded = LoadProfile(judgement);
  if (loaded.filter == nullptr) return {};
  Environment environment = judgement.environment;
  environment.newest_libseccomp = true;
  const Resolved resolved = Resolve(*judgement.profile, environment);
  std::vector<Flaw> flaws = Shadows(*loaded.filter, resolved, environment).Do();
  std::stable_sort(flaws.begin(), flaws.end(),
                   [](const Flaw& a, const Flaw& b) { return a.span.begin < b.span.begin; });
  return flaws;
}

}  // namespace cagelint::seccomp
