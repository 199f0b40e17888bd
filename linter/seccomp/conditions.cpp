// What a filter does with a call, in words.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "linter/seccomp/filter.h"
#include "linter/seccomp/judgement.h"
#include "linter/seccomp/part.h"

namespace cagelint::seccomp {
namespace {

constexpr std::size_t kMostAlternatives = 16;

std::string Verb(Action action) {
  return action.kind == ActionKind::kAllow ? "allowed" : Name(action);
}

std::string Always(Action action) {
  if (action.kind == ActionKind::kAllow) return "always allowed";
  return (action.Opens() ? "always " : "never allowed: ") + Name(action);
}

// The conditions under which one action is taken.
struct Case {
  Action action;
  std::vector<std::string> alternatives;
};

std::vector<Case> CasesOf(const Part& part) {
  std::vector<Case> cases;
  for (const CallRule& rule : part.rules->conditional) {
    auto same = std::find_if(cases.begin(), cases.end(),
                             [&](const Case& c) { return c.action == rule.action; });
    if (same == cases.end()) same = cases.insert(cases.end(), {rule.action, {}});
    std::string text = Describe(rule, *part.filter->abi);
    same->alternatives.push_back(rule.comparisons.size() > 1 ? "(" + std::move(text) + ")"
                                                             : std::move(text));
  }
  // "(a and b)" needs its parentheses only beside an "or".
  for (Case& one : cases)
    if (std::string& only = one.alternatives.front();
        one.alternatives.size() == 1 && only.find(" and ") != std::string::npos)
      only = only.substr(1, only.size() - 2);
  return cases;
}

std::string Join(const std::vector<std::string>& alternatives) {
  std::string text;
  for (std::size_t i = 0; i < alternatives.size(); ++i) {
    if (i == kMostAlternatives)
      return text + " or " + std::to_string(alternatives.size() - i) + " more";
    text += (i == 0 ? "" : " or ") + alternatives[i];
  }
  return text;
}

}  // namespace

std::string Conditions(const Filter& filter, std::string_view abi_name, std::string_view syscall) {
  const Abi* abi = abi_name.empty() ? filter.abis.front().abi : AbiNamed(abi_name);
  const auto number = abi == nullptr ? std::nullopt : CallNumber(filter, *abi, syscall);
  if (!number) return "no such call";
  const Part part = PartFor(filter, *abi, *number);
  if (part.filter == nullptr) return Always(part.answer);
  if (part.rules == nullptr) return Always(filter.default_action);
  if (part.rules->always) return Always(part.rules->always->action);
  std::string text;
  const std::vector<Case> cases = CasesOf(part);
  for (const Case& one : cases)
    text += (text.empty() ? "" : "; ") + Verb(one.action) + " when " + Join(one.alternatives);
  // What is not allowed otherwise goes without saying, where something is allowed at all.
  const bool plain = cases.size() == 1 && cases.front().action.Opens();
  if (!plain || filter.default_action.Opens()) text += "; otherwise " + Verb(filter.default_action);
  return text;
}

}  // namespace cagelint::seccomp
