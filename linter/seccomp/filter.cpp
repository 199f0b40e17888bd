#include "linter/seccomp/filter.h"

#include <algorithm>
#include <map>
#include <string>
#include <tuple>
#include <utility>

namespace cagelint::seccomp {
namespace {

// Each different condition takes an instruction of its own, of which the kernel takes 4096.
constexpr std::size_t kMostConditions = 4096;

std::uint32_t High(std::uint64_t value) { return static_cast<std::uint32_t>(value >> 32); }
std::uint32_t Low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

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

using Key = std::vector<std::tuple<unsigned, Operator, std::uint64_t, std::uint64_t>>;

// What a rule compares, for finding the same again. NE and EQ of the same value are no conflict.
Key KeyOf(const CallRule& rule, const Abi& abi) {
  Key key;
  for (const Comparison& comparison : rule.comparisons) {
    // A full mask makes MASKED_EQ the same as EQ.
    const std::uint64_t full = abi.wide ? UINT64_MAX : UINT32_MAX;
    const std::uint64_t mask = comparison.mask & full;
    Operator op = comparison.op;
    if (op == Operator::kMaskedEq && mask == full) op = Operator::kEq;
    key.emplace_back(comparison.argument, op, mask, comparison.datum & full);
  }
  return key;
}

bool IsLess(const Comparison& c) { return c.op == Operator::kLt || c.op == Operator::kLe; }
bool IsGreater(const Comparison& c) { return c.op == Operator::kGt || c.op == Operator::kGe; }

// The steps of one comparison where it holds: for values whose upper half is that of the datum
// (`same`), or the others. On narrow ABIs there is no upper half, and all are the same.
void AddSteps(const Comparison& c, const Abi& abi, bool same, std::vector<Step>& out) {
  const bool ordered = IsLess(c) || IsGreater(c);
  Step step;
  step.argument = c.argument;
  step.whole = c.datum;
  if (IsLess(c)) step.side = Step::Side::kLess;
  if (IsGreater(c)) step.side = Step::Side::kGreater;
  if (abi.wide) {
    step.datum = High(c.datum);
    step.mask = High(c.mask);
    if (ordered) {
      step.op = Operator::kGt;
      step.holds = IsGreater(c) && !same;
      out.push_back(step);
      if (step.holds) return;
    }
    step.op = Operator::kEq;
    step.holds = same;
    out.push_back(step);
    if (!same) return;
  }
  step.low = true;
  if (ordered)
    step.op = c.op == Operator::kGt || c.op == Operator::kLe ? Operator::kGt : Operator::kGe;
  step.datum = Low(c.datum);
  step.mask = Low(c.mask);
  step.holds = !IsLess(c) && c.op != Operator::kNe;
  out.push_back(step);
}

bool SameNode(const Step& a, const Step& b) {
  return a.argument == b.argument && a.low == b.low && a.op == b.op && a.mask == b.mask &&
         a.datum == b.datum;
}

// The ways through the tree on which `c` holds, those included that no value takes.
std::vector<std::vector<Step>> WaysOf(const Comparison& c, const Abi& abi) {
  std::vector<std::vector<Step>> ways(1);
  AddSteps(c, abi, true, ways.front());
  if (!abi.wide || c.op == Operator::kEq || c.op == Operator::kMaskedEq) return ways;
  AddSteps(c, abi, false, ways.emplace_back());
  return ways;
}

bool ShareWay(const Comparison& a, const Comparison& b, const Abi& abi) {
  if (a.argument != b.argument) return false;
  for (const auto& one : WaysOf(a, abi))
    for (const auto& other : WaysOf(b, abi))
      if (std::equal(
              one.begin(), one.end(), other.begin(), other.end(),
              [](const Step& x, const Step& y) { return SameNode(x, y) && x.holds == y.holds; }))
        return true;
  return false;
}

// Whether the end of a way of `shorter` lies within a way of `longer`.
bool CutsOff(const CallRule& shorter, const CallRule& longer, const Abi& abi) {
  if (shorter.comparisons.size() >= longer.comparisons.size()) return false;
  for (std::size_t i = 0; i < shorter.comparisons.size(); ++i)
    if (!ShareWay(shorter.comparisons[i], longer.comparisons[i], abi)) return false;
  return true;
}

class Builder {
 public:
  Builder(const Resolved& resolved, AbiFilter& out, Resolved& failure)
      : resolved_(resolved), out_(out), failure_(failure) {}

  bool Do() {
    for (const ResolvedRule& rule : resolved_.rules)
      if (!AddRule(rule)) return false;
    return true;
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
      if (!Add(SyscallNamed(call.multiplexer)->On(abi), std::move(through))) return false;
    }
    return call.On(abi) < 0 || Add(call.On(abi), std::move(own));
  }

  bool Add(int number, CallRule rule) {
    CallRules& rules = out_.calls[number];
    if (rules.always) return true;
    std::erase_if(rule.comparisons, [&](const Comparison& c) { return AlwaysHolds(c, *out_.abi); });
    if (rule.comparisons.empty()) {
      rules.conditional.clear();
      rules.always = std::move(rule);
      return true;
    }
    const auto [known, is_new] = seen_[number].emplace(KeyOf(rule, *out_.abi), rule.action);
    if (!is_new && known->second == rule.action) return true;
    if (!is_new) return Conflict(rule, known->second);
    // libseccomp takes a rule that ends within an earlier one only with the same action.
    for (const CallRule& other : rules.conditional)
      if (!(other.action == rule.action) && CutsOff(rule, other, *out_.abi))
        return Conflict(rule, other.action);
    rules.conditional.push_back(std::move(rule));
    if (rules.conditional.size() <= kMostConditions) return true;
    const model::Word& name = *rules.conditional.back().name;
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
  AbiFilter& out_;
  Resolved& failure_;
  std::unordered_map<int, std::map<Key, Action>> seen_;
};

// runc's answer to calls that are newer than the profile (libcontainer/seccomp/patchbpf).
int LargestNamed(const Resolved& resolved, const Abi& abi) {
  int largest = 0;
  for (const Syscall* call : resolved.named)
    if (!call->IsMultiplexed(abi)) largest = std::max(largest, call->On(abi));
  return largest > 0 ? largest : -1;
}

// The order of two different nodes at one level: later arguments first; what asks for equality, for
// less, for more; then larger values first, of those that ask for less smaller ones. Found by
// running libseccomp 2.5.4 on pairs of rules.
std::weak_ordering Order(const Step& a, const Step& b) {
  if (a.argument != b.argument) return b.argument <=> a.argument;
  if (a.side != b.side) return a.side <=> b.side;
  return a.side == Step::Side::kLess ? a.datum <=> b.datum : b.datum <=> a.datum;
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
  for (const Abi* abi : resolved.abis) {
    AbiFilter& out = filter.abis.emplace_back();
    out.abi = abi;
    if (filter.has_stub) out.largest = LargestNamed(resolved, *abi);
    if (!Builder(resolved, out, failure).Do()) return false;
  }
  return true;
}

bool Matches(const CallRule& rule, const Abi& abi, const Arguments& arguments) {
  return std::all_of(rule.comparisons.begin(), rule.comparisons.end(),
                     [&](const Comparison& c) { return Holds(c, abi, arguments[c.argument]); });
}

std::vector<Step> PathOf(const CallRule& rule, const Abi& abi, const Arguments& arguments) {
  std::vector<Step> path;
  for (const Comparison& c : rule.comparisons) {
    const bool same = (High(arguments[c.argument]) & High(c.mask)) == High(c.datum);
    AddSteps(c, abi, same, path);
  }
  return path;
}

bool Before(const std::vector<Step>& a, const std::vector<Step>& b) {
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (SameNode(a[i], b[i])) continue;
    const auto order = Order(a[i], b[i]);
    return order <= 0;
  }
  if (a.size() != b.size()) return a.size() < b.size();
  // Both end at one node: the earlier rule holds its false branch, the higher value its true one.
  return !a.back().holds || a.back().whole >= b.back().whole;
}

}  // namespace cagelint::seccomp
