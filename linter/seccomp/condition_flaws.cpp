#include "linter/seccomp/condition_flaws.h"

#include <algorithm>
#include <string>
#include <utility>

#include "linter/seccomp/part.h"
#include "linter/seccomp/wording.h"

namespace cagelint::seccomp {
namespace {

enum class Truth : std::uint8_t { kSometimes, kAlways, kNever };

std::uint64_t FullOf(const Abi& abi) { return abi.wide ? UINT64_MAX : UINT32_MAX; }

Truth TruthOf(const Comparison& c, const Abi& abi) {
  const std::uint64_t full = FullOf(abi);
  const std::uint64_t datum = c.datum & full;
  const auto when = [](bool holds, Truth truth) { return holds ? truth : Truth::kSometimes; };
  switch (c.op) {
    case Operator::kMaskedEq:
      return when((c.mask & full) == 0, Truth::kAlways);
    case Operator::kGe:
      return when(datum == 0, Truth::kAlways);
    case Operator::kLe:
      return when(datum == full, Truth::kAlways);
    case Operator::kLt:
      return when(datum == 0, Truth::kNever);
    case Operator::kGt:
      return when(datum == full, Truth::kNever);
    case Operator::kEq:
    case Operator::kNe:
      break;
  }
  return Truth::kSometimes;
}

// On an ABI of 32 bits nothing is left of a mask of upper bits, and what no value there can meet is
// met by all.
bool LostOn(const Comparison& c, const Abi& abi) {
  return !abi.wide && c.op == Operator::kMaskedEq && c.mask != 0 && c.datum != 0 &&
         (c.mask & UINT32_MAX) == 0;
}

class ConditionCheck {
 public:
  ConditionCheck(const Filter& filter, const std::unordered_set<const model::Word*>& effective,
                 std::vector<Flaw>& out)
      : filter_(filter), effective_(effective), out_(out) {}

  void Check(const model::SeccompEntry& entry, Action action) {
    const Abi* abi = AbiOf(entry);
    if (abi == nullptr) return;
    std::vector<Comparison> by_index[6];
    for (const model::SeccompArgument& argument : entry.args)
      if (const auto c = ComparisonOf(argument)) by_index[c->argument].push_back(*c);
    const bool either = std::any_of(std::begin(by_index), std::end(by_index),
                                    [](const auto& list) { return list.size() > 1; });
    std::vector<bool> said(6);
    for (const model::SeccompArgument& argument : entry.args) {
      const auto c = ComparisonOf(argument);
      if (!c || said[c->argument]) continue;
      if (by_index[c->argument].size() > 1) {
        said[c->argument] = true;
        if (AlwaysTogether(by_index[c->argument], *abi)) AddTogether(entry, argument, action);
      } else {
        const Truth truth = TruthOf(*c, *abi);
        if (truth == Truth::kAlways) AddAlways(argument, action, *abi);
        if (truth == Truth::kNever && !either) AddNever(entry, argument, action);
        if (truth == Truth::kSometimes && entry.args.size() == 1)
          CheckOthers(entry, argument, *c, action);
      }
    }
  }

 private:
  // The first ABI on which a name of `entry` takes effect.
  const Abi* AbiOf(const model::SeccompEntry& entry) const {
    for (const AbiFilter& part : filter_.abis)
      for (const model::Word& name : entry.names) {
        const Syscall* call = effective_.contains(&name) ? SyscallNamed(name.text) : nullptr;
        if (call != nullptr && call->On(*part.abi) >= 0) return part.abi;
      }
    return nullptr;
  }

  void CheckOthers(const model::SeccompEntry& entry, const model::SeccompArgument& argument,
                   const Comparison& c, Action action) {
    for (const AbiFilter& part : filter_.abis)
      if (LostOn(c, *part.abi) &&
          std::any_of(entry.names.begin(), entry.names.end(), [&](const model::Word& name) {
            const Syscall* call = SyscallNamed(name.text);
            return call != nullptr && call->On(*part.abi) >= 0;
          }))
        return AddAlways(argument, action, *part.abi);
  }

  static Effect AlwaysEffect(Action action) {
    return action.Opens() ? Effect::kOpens : Effect::kCloses;
  }

  void AddAlways(const model::SeccompArgument& argument, Action action, const Abi& abi) {
    Flaw flaw{argument.op.span, "", "", {}, AlwaysEffect(action)};
    const std::string where =
        &abi == filter_.abis.front().abi ? "" : " on the " + std::string(abi.name) + " ABI";
    flaw.message =
        "the condition on argument " + std::to_string(argument.index) + " is always true" + where;
    const auto c = ComparisonOf(argument);
    if (c->op == Operator::kMaskedEq) {
      flaw.message += ": `value` is the mask, and it " +
                      std::string(argument.value == 0 ? "is 0" : "has no bit there");
      if (argument.value == 0 && argument.value_two != 0)
        flaw.help = "swap the two: `\"value\": " + std::to_string(argument.value_two) +
                    "` is the mask, `\"valueTwo\": 0` what the masked argument must be";
    }
    if (flaw.help.empty()) flaw.help = "leave the condition out, or write what it is to limit";
    out_.push_back(std::move(flaw));
  }

  void AddTogether(const model::SeccompEntry& entry, const model::SeccompArgument& argument,
                   Action action) {
    Flaw flaw{argument.op.span, "", "", {}, AlwaysEffect(action)};
    flaw.message = "the conditions on argument " + std::to_string(argument.index) +
                   " are alternatives, and one of them is always true";
    flaw.help = "write one condition for an argument in one entry";
    for (const model::SeccompArgument& other : entry.args)
      if (&other != &argument && other.index == argument.index && flaw.labels.empty())
        flaw.labels.push_back(
            {other.op.span, "two conditions on one argument are not both asked for"});
    out_.push_back(std::move(flaw));
  }

  void AddNever(const model::SeccompEntry& entry, const model::SeccompArgument& argument,
                Action action) {
    Flaw flaw{argument.op.span, "", "", {}, Effect::kCloses};
    if (!action.Opens()) flaw.effect = IsOpen(entry) ? Effect::kOpens : Effect::kNothing;
    flaw.message = "the condition on argument " + std::to_string(argument.index) +
                   " is never true, so that the entry never applies";
    flaw.help = "write the values that are meant, or leave the entry out";
    out_.push_back(std::move(flaw));
  }

  // Whether something lets a call through that `entry` means to keep out.
  bool IsOpen(const model::SeccompEntry& entry) const {
    if (filter_.default_action.Opens()) return true;
    for (const AbiFilter& part : filter_.abis)
      for (const model::Word& name : entry.names) {
        const Syscall* call = SyscallNamed(name.text);
        if (call == nullptr) continue;
        const auto rules = part.calls.find(call->On(*part.abi));
        if (rules != part.calls.end() &&
            std::any_of(rules->second.conditional.begin(), rules->second.conditional.end(),
                        [](const CallRule& rule) { return rule.action.Opens(); }))
          return true;
      }
    return false;
  }

  const Filter& filter_;
  const std::unordered_set<const model::Word*>& effective_;
  std::vector<Flaw>& out_;
};

}  // namespace

bool AlwaysTogether(const std::vector<Comparison>& alternatives, const Abi& abi) {
  const std::uint64_t full = FullOf(abi);
  std::vector<std::pair<std::uint64_t, std::uint64_t>> ranges;  // both ends included
  for (const Comparison& c : alternatives) {
    const std::uint64_t datum = c.datum & full;
    const std::uint64_t mask = c.mask & full;
    const bool below = c.op == Operator::kLt || c.op == Operator::kNe;
    const bool above = c.op == Operator::kGt || c.op == Operator::kNe;
    if (below && datum > 0) ranges.emplace_back(0, datum - 1);
    if (above && datum < full) ranges.emplace_back(datum + 1, full);
    if (c.op == Operator::kLe) ranges.emplace_back(0, datum);
    if (c.op == Operator::kGe) ranges.emplace_back(datum, full);
    if (c.op == Operator::kEq || (c.op == Operator::kMaskedEq && mask == full))
      ranges.emplace_back(datum, datum);
    if (c.op == Operator::kMaskedEq && mask == 0) return true;
  }
  std::sort(ranges.begin(), ranges.end());
  std::uint64_t next = 0;
  for (const auto& [first, last] : ranges) {
    if (first > next) return false;
    if (last == full) return true;
    next = std::max(next, last + 1);
  }
  return false;
}

void AddConditionFlaws(const Filter& filter, const Resolved& resolved,
                       const std::unordered_set<const model::Word*>& effective,
                       std::vector<Flaw>& out) {
  ConditionCheck conditions(filter, effective, out);
  const model::SeccompEntry* last = nullptr;
  for (const ResolvedRule& rule : resolved.rules) {
    if (rule.entry != last && !rule.entry->args.empty()) conditions.Check(*rule.entry, rule.action);
    last = rule.entry;
  }
}

}  // namespace cagelint::seccomp
