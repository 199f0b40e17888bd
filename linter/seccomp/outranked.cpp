// Denials with a condition that libseccomp never comes to, since it asks that of another entry
// first.
#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "linter/seccomp/condition_flaws.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/flaws.h"
#include "linter/seccomp/part.h"
#include "linter/seccomp/wording.h"

namespace cagelint::seccomp {
namespace {

// Each rule is asked at three values of each, and all answer.
constexpr std::size_t kMostConditions = 32;

// Whether all rules compare one and the same argument by its size: then the values at which they
// change their minds, and the neighbours of these, stand for all.
bool IsOrdered(const CallRules& rules) {
  if (rules.always || rules.conditional.size() < 2 || rules.conditional.size() > kMostConditions)
    return false;
  const unsigned argument = rules.conditional.front().comparisons.front().argument;
  return std::all_of(rules.conditional.begin(), rules.conditional.end(), [&](const CallRule& rule) {
    const Comparison& c = rule.comparisons.front();
    return rule.comparisons.size() == 1 && c.argument == argument && c.op != Operator::kMaskedEq;
  });
}

std::vector<Arguments> ValuesOf(const CallRules& rules) {
  const unsigned argument = rules.conditional.front().comparisons.front().argument;
  std::vector<Arguments> out(2);
  out.back()[argument] = UINT64_MAX;
  for (const CallRule& rule : rules.conditional)
    for (const int step : {0, -1, 1}) {
      Arguments arguments{};
      arguments[argument] = rule.comparisons.front().datum + static_cast<std::uint64_t>(step);
      out.push_back(arguments);
    }
  return out;
}

// Whether no argument comes to `rule` on one ABI, and what lets the first of those through that it
// means.
bool IsOutrankedOn(const Filter& filter, const Abi& abi, const CallRule& rule,
                   const std::vector<Arguments>& values, Arguments& example, Verdict& winner) {
  bool any = false;
  for (const Arguments& arguments : values) {
    if (!Matches(rule, abi, arguments)) continue;
    const Verdict verdict = Decide(filter, abi.name, rule.name->text, arguments);
    if (!verdict.action.Opens()) return false;
    if (!any || arguments[rule.comparisons.front().argument] == rule.comparisons.front().datum) {
      example = arguments;
      winner = verdict;
    }
    any = true;
  }
  return any;
}

// Whether the rule with the same name comes to nothing on the other ABIs as well: they compare 32
// bits only, which changes the order.
bool IsOutrankedElsewhere(const Filter& filter, const CallRule& rule) {
  const Syscall& call = *SyscallNamed(rule.name->text);
  for (std::size_t i = 1; i < filter.abis.size(); ++i) {
    const AbiFilter& part = filter.abis[i];
    const auto rules = part.calls.find(call.On(*part.abi));
    if (rules == part.calls.end()) continue;
    if (!IsOrdered(rules->second)) return false;
    const std::vector<Arguments> values = ValuesOf(rules->second);
    Arguments example{};
    Verdict winner;
    for (const CallRule& own : rules->second.conditional)
      if (own.name == rule.name && !IsOutrankedOn(filter, *part.abi, own, values, example, winner))
        return false;
  }
  return true;
}

}  // namespace

void AddOutranked(const Filter& filter, std::vector<Flaw>& out) {
  const AbiFilter& part = filter.abis.front();
  // In the order of numbers, so that every run finds the same.
  std::map<int, const CallRules*> calls;
  for (const auto& [number, rules] : part.calls)
    if (IsOrdered(rules)) calls[number] = &rules;
  for (const auto& [number, rules] : calls) {
    const std::vector<Arguments> values = ValuesOf(*rules);
    for (const CallRule& rule : rules->conditional) {
      Arguments example{};
      Verdict winner;
      if (rule.action.Opens() || !IsOutrankedOn(filter, *part.abi, rule, values, example, winner) ||
          !IsOutrankedElsewhere(filter, rule))
        continue;
      Flaw flaw{rule.name->span, "", "", {}, Effect::kOpens};
      flaw.message = Quoted(rule.name->text) + " with " + ArgumentList(example) +
                     " is not denied: libseccomp comes to the condition of another entry first, "
                     "which lets it through";
      flaw.help = "deny by default, and let the other values through one by one";
      flaw.labels.push_back({winner.decided_by, Quoted(Name(winner.action)) + " is what holds"});
      out.push_back(std::move(flaw));
    }
  }
}

}  // namespace cagelint::seccomp
