#include "linter/seccomp/judgement.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "linter/seccomp/abi.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/part.h"
#include "linter/seccomp/resolve.h"

namespace cagelint::seccomp {
namespace {

Verdict Default(const Filter& filter) {
  Verdict verdict;
  verdict.action = filter.default_action;
  verdict.decided_by = filter.default_span;
  verdict.by_default = true;
  return verdict;
}

Verdict From(const CallRule& rule) {
  Verdict verdict;
  verdict.action = rule.action;
  verdict.decided_by = rule.name->span;
  return verdict;
}

Verdict Choose(const Filter& filter, const AbiFilter& part, const CallRules& rules,
               const Arguments& arguments) {
  if (rules.always) return From(*rules.always);
  const auto [leaf, certain] = rules.tree.Find(arguments);
  Verdict verdict = leaf == nullptr ? Default(filter) : From(rules.conditional[leaf->rule]);
  verdict.certain = certain;
  bool matched = false;
  for (const CallRule& rule : rules.conditional) {
    if (!Matches(rule, *part.abi, arguments)) continue;
    matched = true;
    if (!(rule.action == verdict.action)) verdict.certain = false;
  }
  if (!matched && leaf != nullptr) verdict.certain = false;
  return verdict;
}

}  // namespace

std::string Name(Action action) {
  switch (action.kind) {
    case ActionKind::kAllow:
      return "ALLOW";
    case ActionKind::kLog:
      return "LOG";
    case ActionKind::kTrace:
      return "TRACE(" + std::to_string(action.data) + ")";
    case ActionKind::kNotify:
      return "NOTIFY";
    case ActionKind::kErrno:
      return "ERRNO(" + std::to_string(action.data) + ")";
    case ActionKind::kTrap:
      return "TRAP";
    case ActionKind::kKillThread:
      return "KILL_THREAD";
    case ActionKind::kKillProcess:
      return "KILL_PROCESS";
  }
  return "";
}

Loaded LoadProfile(const model::SeccompProfile& profile, const Environment& environment) {
  Resolved resolved = Resolve(profile, environment);
  auto filter = std::make_shared<Filter>();
  filter->default_span = profile.default_action.span;
  if (resolved.load == Load::kOk) {
    Resolved failure;
    if (!BuildFilter(resolved, environment, *filter, failure)) resolved = std::move(failure);
  }
  Loaded loaded{resolved.load, resolved.reason, resolved.place, nullptr};
  if (loaded.load == Load::kOk) loaded.filter = std::move(filter);
  return loaded;
}

Loaded LoadProfile(const Judgement& judgement) {
  if (judgement.loaded != nullptr) return *judgement.loaded;
  Environment environment = judgement.environment;
  environment.newest_libseccomp = true;
  return LoadProfile(*judgement.profile, environment);
}

Verdict Decide(const Filter& filter, std::string_view abi_name, std::string_view syscall,
               std::span<const std::uint64_t> arguments) {
  const Abi* abi = abi_name.empty() ? filter.abis.front().abi : AbiNamed(abi_name);
  Verdict verdict;
  const auto number = abi == nullptr ? std::nullopt : CallNumber(filter, *abi, syscall);
  if (!number) {
    verdict.exists = false;
    return verdict;
  }
  Arguments all{};
  std::copy_n(arguments.begin(), std::min(arguments.size(), all.size()), all.begin());
  const Part part = PartFor(filter, *abi, *number);
  if (part.filter == nullptr) {
    verdict.action = part.answer;
    return verdict;
  }
  if (part.rules != nullptr) return Choose(filter, *part.filter, *part.rules, all);
  verdict = Default(filter);
  verdict.certain = !part.filter->blind || !part.filter->calls.contains(*number);
  return verdict;
}

}  // namespace cagelint::seccomp
