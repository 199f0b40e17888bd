#include "linter/seccomp/filter.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "linter/seccomp/halves.h"

namespace cagelint::seccomp {
namespace {

// Each different condition takes an instruction of its own, of which the kernel takes 4096.
constexpr std::size_t kMostConditions = 4096;
// Of putting the trees together: hundreds of times what a filter of that size takes.
constexpr std::size_t kMostSteps = 100'000'000;

// Comparisons that hold for every value on this ABI: libseccomp generates nothing for them.
bool AlwaysHolds(const Comparison& comparison, const Abi& abi) {
  if (comparison.op != Operator::kMaskedEq) return false;
  return abi.wide ? comparison.mask == 0 : Low(comparison.mask) == 0;
}

bool Compare(Operator op, std::uint64_t value, std::uint64_t mask, std::uint64_t datum) {
  switch (op) {
    case Operator::kNe:
      return value != datum;
    case Operator::kLt:
      return value < datum;
    case Operator::kLe:
      return value <= datum;
    case Operator::kEq:
      return value == datum;
    case Operator::kGe:
      return value >= datum;
    case Operator::kGt:
      return value > datum;
    case Operator::kMaskedEq:
      return (value & mask) == datum;
  }
  return false;
}

bool Holds(const Comparison& comparison, const Abi& abi, std::uint64_t value) {
  if (abi.wide) return Compare(comparison.op, value, comparison.mask, comparison.datum);
  return Compare(comparison.op, Low(value), Low(comparison.mask), Low(comparison.datum));
}

struct Key {
  std::vector<std::tuple<unsigned, Operator, std::uint64_t, std::uint64_t>> comparisons;
  Action action;
  auto operator<=>(const Key&) const = default;
};

// What a rule compares and does, for finding the same again.
Key KeyOf(const CallRule& rule, const Abi& abi) {
  Key key{{}, rule.action};
  for (const Comparison& comparison : rule.comparisons) {
    // A full mask makes MASKED_EQ the same as EQ.
    const std::uint64_t full = abi.wide ? UINT64_MAX : UINT32_MAX;
    const std::uint64_t mask = comparison.mask & full;
    Operator op = comparison.op;
    if (op == Operator::kMaskedEq && mask == full) op = Operator::kEq;
    key.comparisons.emplace_back(comparison.argument, op, mask, comparison.datum & full);
  }
  return key;
}

// What libseccomp sorts an ABI's calls by, before it writes them: those with the smallest trees
// come first. The sizes of the smallest trees.
struct Smallest {
  std::size_t present = SIZE_MAX, absent = SIZE_MAX;
};

class Builder {
 public:
  Builder(const Resolved& resolved, std::size_t& steps, AbiFilter& out, Resolved& failure)
      : resolved_(resolved), steps_(steps), out_(out), failure_(failure) {}

  bool Do() {
    for (const ResolvedRule& rule : resolved_.rules)
      if (!AddRule(rule)) return false;
    return true;
  }

  Smallest Sizes() const {
    Smallest sizes;
    const auto size = [](const CallRules& rules) { return rules.always ? 0 : rules.tree.Size(); };
    for (const auto& [number, rules] : out_.calls)
      sizes.present = std::min(sizes.present, size(rules));
    for (const auto& [call, rules] : absent_) sizes.absent = std::min(sizes.absent, size(rules));
    return sizes;
  }

 private:
  bool AddRule(const ResolvedRule& rule) {
    const Syscall& call = *rule.call;
    const Abi& abi = *out_.abi;
    CallRule own{rule.name, rule.entry, rule.action, rule.comparisons};
    std::sort(own.comparisons.begin(), own.comparisons.end(),
              [](const Comparison& a, const Comparison& b) { return a.argument < b.argument; });
    if (call.IsMultiplexed(abi)) {
      CallRule through = own;
      auto& comparisons = through.comparisons;
      if (!comparisons.empty() && comparisons.front().argument == 0)
        comparisons.erase(comparisons.begin());
      comparisons.insert(comparisons.begin(),
                         {0, Operator::kEq, UINT64_MAX, static_cast<unsigned>(call.multiplexed)});
      if (!Add(out_.calls[SyscallNamed(call.multiplexer)->On(abi)], std::move(through)))
        return false;
    }
    // libseccomp keeps the rules of a call that the ABI does not have, and may refuse them.
    const int number = call.On(abi);
    return Add(number < 0 ? absent_[&call] : out_.calls[number], std::move(own));
  }

  bool Add(CallRules& rules, CallRule rule) {
    if (rules.always) return true;
    std::erase_if(rule.comparisons, [&](const Comparison& c) { return AlwaysHolds(c, *out_.abi); });
    if (rule.comparisons.empty()) {
      rules.conditional.clear();
      rules.always = std::move(rule);
      return true;
    }
    const auto [known, is_new] =
        seen_[&rules].try_emplace(KeyOf(rule, *out_.abi), rules.conditional.size());
    const Tree::Added added =
        rules.tree.Add({known->second, rule.action}, rule.comparisons, *out_.abi, steps_);
    if (added == Tree::Added::kConflict) {
      const std::size_t other = rules.tree.Obstacle().rule;
      return Conflict(rule, rules.conditional[other].action);
    }
    if (added == Tree::Added::kEndless)
      return Refuse("the conditions for `" + rule.name->text +
                        "` send libseccomp round for ever, and the container does not start",
                    *rule.name);
    const model::Word& name = *rule.name;
    if (is_new) rules.conditional.push_back(std::move(rule));
    if (added == Tree::Added::kYes && rules.conditional.size() <= kMostConditions) return true;
    return Refuse(
        "more conditions for `" + name.text + "` than a filter of 4096 instructions holds", name);
  }

  bool Conflict(const CallRule& rule, Action other) {
    return Refuse("`" + rule.name->text + "` has one condition with two actions, " + Name(other) +
                      " and " + Name(rule.action) + ", which libseccomp refuses",
                  *rule.name);
  }
  bool Refuse(std::string reason, const model::Word& name) {
    failure_.load = Load::kError;
    failure_.reason = std::move(reason);
    failure_.place = name.span;
    return false;
  }

  const Resolved& resolved_;
  std::size_t& steps_;
  AbiFilter& out_;
  Resolved& failure_;
  // The place of each in CallRules::conditional.
  std::unordered_map<const CallRules*, std::map<Key, std::size_t>> seen_;
  std::unordered_map<const Syscall*, CallRules> absent_;
};

// runc's answer to calls that are newer than the profile (libcontainer/seccomp/patchbpf).
int LargestNamed(const Resolved& resolved, const Abi& abi) {
  int largest = 0;
  for (const Syscall* call : resolved.named)
    if (!call->IsMultiplexed(abi)) largest = std::max(largest, call->On(abi));
  return largest > 0 ? largest : -1;
}

// libseccomp has the first call of an ABI load the number that all of them compare, and forgets it
// where that call is none that the ABI has. x86-64 and x32 alone look at the number before.
void MarkBlind(std::vector<Smallest> sizes, Filter& filter) {
  const auto place = [&](std::string_view name) {
    const AbiFilter* part = filter.On(*AbiNamed(name));
    return part == nullptr ? filter.abis.size() : static_cast<std::size_t>(part - &filter.abis[0]);
  };
  const std::size_t x86_64 = place("x86_64"), x32 = place("x32");
  const bool both = x86_64 < filter.abis.size() && x32 < filter.abis.size();
  const auto begins_absent = [](const Smallest& first) { return first.absent < first.present; };
  for (std::size_t i = 0; i < sizes.size(); ++i)
    filter.abis[i].blind = i != x86_64 && i != x32 && begins_absent(sizes[i]);
  if (!both) return;
  // Of equal trees, those of the ABI that comes first are in front.
  const Smallest& first = sizes[std::min(x86_64, x32)];
  const Smallest& second = sizes[std::max(x86_64, x32)];
  const bool by_first =
      std::min(first.absent, first.present) <= std::min(second.absent, second.present);
  filter.abis[x86_64].blind = filter.abis[x32].blind = begins_absent(by_first ? first : second);
}

}  // namespace

const AbiFilter* Filter::On(const Abi& abi) const {
  for (const AbiFilter& filter : abis)
    if (filter.abi == &abi) return &filter;
  return nullptr;
}

bool BuildFilter(const Resolved& resolved, const Environment& environment, Filter& filter,
                 Resolved& failure) {
  filter.default_action = resolved.default_action;
  filter.knows_newer = environment.newest_libseccomp;
  const ActionKind kind = resolved.default_action.kind;
  filter.has_stub = environment.runtime == Runtime::kRunc && kind != ActionKind::kAllow &&
                    kind != ActionKind::kLog && kind != ActionKind::kTrace;
  std::size_t steps = kMostSteps;
  std::vector<Smallest> sizes;
  for (const Abi* abi : resolved.abis) {
    AbiFilter& out = filter.abis.emplace_back();
    out.abi = abi;
    if (filter.has_stub) out.largest = LargestNamed(resolved, *abi);
    Builder builder(resolved, steps, out, failure);
    if (!builder.Do()) return false;
    sizes.push_back(builder.Sizes());
  }
  // runc asks for a search by number in long profiles.
  constexpr std::size_t kLongForRunc = 32;
  if (environment.runtime == Runtime::kCrun || resolved.name_count <= kLongForRunc)
    MarkBlind(sizes, filter);
  return true;
}

bool Matches(const CallRule& rule, const Abi& abi, const Arguments& arguments) {
  return std::all_of(rule.comparisons.begin(), rule.comparisons.end(),
                     [&](const Comparison& c) { return Holds(c, abi, arguments[c.argument]); });
}

}  // namespace cagelint::seccomp
