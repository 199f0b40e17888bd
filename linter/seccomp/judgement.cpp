#include "linter/seccomp/judgement.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <utility>

#include "linter/seccomp/abi.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/resolve.h"

namespace cagelint::seccomp {
namespace {

constexpr Action kNoSuchCall{ActionKind::kErrno, 38};
constexpr Action kBadArchitecture{ActionKind::kKillThread, 0};

// `text` as a number: "12", "-1", "0x1f"; nothing when it is a name.
std::optional<std::int32_t> NumberOf(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  std::uint32_t value = 0;
  const auto read =
      std::from_chars(text.data(), text.data() + text.size(), value, hexadecimal ? 16 : 10);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return static_cast<std::int32_t>(negative ? 0 - value : value);
}

std::optional<int> CallNumber(const Abi& abi, std::string_view syscall) {
  if (const auto number = NumberOf(syscall)) return number;
  const Syscall* call = SyscallNamed(syscall);
  if (call == nullptr || call->On(abi) < 0) return std::nullopt;
  return call->On(abi);
}

// The part of the filter that a number meets: x86-64 and x32 share an architecture of the audit
// interface, and a bit of the number tells them apart. Null where the filter kills.
const AbiFilter* PartFor(const Filter& filter, const Abi& abi, int number) {
  if (abi.name != "x86_64" && abi.name != "x32") return filter.On(abi);
  const AbiFilter* x32 = filter.On(*AbiNamed("x32"));
  const AbiFilter* native = filter.On(*AbiNamed("x86_64"));
  const bool has_bit = (static_cast<std::uint32_t>(number) & kX32Bit) != 0;
  if (!has_bit) return native;
  // -1 is what a tracer leaves to skip a call; libseccomp lets it fall to the default.
  return x32 == nullptr && number == -1 ? native : x32;
}

// Whether runc answers before the filter is asked.
bool StubAnswers(const Filter& filter, const AbiFilter& part, int number) {
  if (!filter.has_stub || part.largest < 0) return false;
  // The number that s390's kernel uses for "none".
  if (number == 0 && part.abi->name.starts_with("s390")) return true;
  const bool is_x32 = part.abi->name == "x32";
  const bool is_native = part.abi->name == "x86_64";
  const auto raw = static_cast<std::uint32_t>(number);
  if (is_native && (raw & kX32Bit) != 0) return false;
  return (!is_x32 || (raw & kX32Bit) != 0) && raw > static_cast<std::uint32_t>(part.largest);
}

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
  const CallRule* best = nullptr;
  std::vector<Step> best_path;
  bool certain = true;
  for (const CallRule& rule : rules.conditional) {
    if (!Matches(rule, *part.abi, arguments)) continue;
    std::vector<Step> path = PathOf(rule, *part.abi, arguments);
    if (best != nullptr && !(best->action == rule.action)) certain = false;
    if (best == nullptr || Before(path, best_path)) {
      best = &rule;
      best_path = std::move(path);
    }
  }
  Verdict verdict = best == nullptr ? Default(filter) : From(*best);
  verdict.certain = certain;
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
  Environment environment = judgement.environment;
  environment.newest_libseccomp = true;
  return LoadProfile(*judgement.profile, environment);
}

Verdict Decide(const Filter& filter, std::string_view abi_name, std::string_view syscall,
               std::span<const std::uint64_t> arguments) {
  const Abi* abi = abi_name.empty() ? filter.abis.front().abi : AbiNamed(abi_name);
  Verdict verdict;
  const auto number = abi == nullptr ? std::nullopt : CallNumber(*abi, syscall);
  if (!number) {
    verdict.exists = false;
    return verdict;
  }
  Arguments all{};
  std::copy_n(arguments.begin(), std::min(arguments.size(), all.size()), all.begin());
  const AbiFilter* part = PartFor(filter, *abi, *number);
  if (part == nullptr) {
    verdict.action = kBadArchitecture;
    return verdict;
  }
  if (StubAnswers(filter, *part, *number)) {
    verdict.action = kNoSuchCall;
    return verdict;
  }
  const auto rules = part->calls.find(*number);
  if (rules == part->calls.end()) return Default(filter);
  return Choose(filter, *part, rules->second, all);
}

}  // namespace cagelint::seccomp
