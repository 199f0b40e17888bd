#include "linter/seccomp/resolve.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "linter/seccomp/errno_names.h"

namespace cagelint::seccomp {
namespace {

using model::SeccompEntry;
using model::SeccompProfile;
using model::Word;

constexpr std::uint64_t kEperm = 1;
constexpr std::uint64_t kLargestErrno = 4095;
// Far more than fit into the 4096 instructions of a filter; bounds the work on hostile profiles.
constexpr std::size_t kMostRules = 100000;

struct NamedAction {
  std::string_view name;
  ActionKind kind;
};
constexpr NamedAction kActions[] = {
    {"SCMP_ACT_ALLOW", ActionKind::kAllow},
    {"SCMP_ACT_ERRNO", ActionKind::kErrno},
    {"SCMP_ACT_KILL", ActionKind::kKillThread},
    {"SCMP_ACT_KILL_PROCESS", ActionKind::kKillProcess},
    {"SCMP_ACT_KILL_THREAD", ActionKind::kKillThread},
    {"SCMP_ACT_LOG", ActionKind::kLog},
    {"SCMP_ACT_NOTIFY", ActionKind::kNotify},
    {"SCMP_ACT_TRACE", ActionKind::kTrace},
    {"SCMP_ACT_TRAP", ActionKind::kTrap},
};

struct NamedOperator {
  std::string_view name;
  Operator op;
};
constexpr NamedOperator kOperators[] = {
    {"SCMP_CMP_EQ", Operator::kEq}, {"SCMP_CMP_GE", Operator::kGe},
    {"SCMP_CMP_GT", Operator::kGt}, {"SCMP_CMP_LE", Operator::kLe},
    {"SCMP_CMP_LT", Operator::kLt}, {"SCMP_CMP_MASKED_EQ", Operator::kMaskedEq},
    {"SCMP_CMP_NE", Operator::kNe},
};

constexpr std::string_view kFlags[] = {"SECCOMP_FILTER_FLAG_LOG", "SECCOMP_FILTER_FLAG_SPEC_ALLOW",
                                       "SECCOMP_FILTER_FLAG_TSYNC",
                                       "SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV"};

std::optional<Operator> OperatorNamed(std::string_view name) {
  for (const NamedOperator& known : kOperators)
    if (known.name == name) return known.op;
  return std::nullopt;
}

class Resolver {
 public:
  Resolver(const SeccompProfile& profile, const Environment& environment)
      : profile_(profile), environment_(environment), host_(HostNamed(environment.architecture)) {}

  Resolved Do() {
    if (host_ == nullptr) {
      Refuse("the architecture `" + environment_.architecture + "` is unknown", profile_.anchor);
    } else if (CheckDecoded()) {
      if (profile_.default_action.text.empty() && profile_.entries.empty()) {
        out_.load = Load::kDisabled;
      } else {
        SetArchitectures() && SetDefault() && CheckFlags() && CheckEntries() && AddEntries();
      }
    }
    return std::move(out_);
  }

 private:
  bool Refuse(std::string reason, base::Span place) {
    out_.load = Load::kError;
    out_.reason = std::move(reason);
    out_.place = place.IsValid() && !place.IsEmpty() ? place : profile_.anchor;
    return false;
  }

  bool IsCrun() const { return environment_.runtime == Runtime::kCrun; }
  bool IsOci() const { return environment_.dialect == Dialect::kOci; }
  bool IsPodman() const { return environment_.dialect == Dialect::kPodman; }

  // What fails before anything is decided: the decoder's errors, and moby's kernel versions.
  bool CheckDecoded() {
    for (const model::SeccompProblem& problem : profile_.problems)
      if (problem.kind == model::SeccompProblem::Kind::kInvalid)
        return Refuse(problem.message, problem.span);
    if (environment_.dialect != Dialect::kDocker) return true;
    for (const SeccompEntry& entry : profile_.entries)
      for (const Word* version : {&entry.includes.min_kernel, &entry.excludes.min_kernel})
        if (!version->text.empty() && !ParseKernel(version->text))
          return Refuse("`" + version->text + "` is no kernel version of the form 5.10",
                        version->span);
    return true;
  }

  bool AddArchitecture(const Word& word) {
    const Abi* abi = AbiOfToken(word.text);
    if (!IsArchitecture(word.text))
      return Refuse("`" + word.text + "` is no architecture that the runtime knows", word.span);
    if (abi == nullptr) return true;
    if (abi->big_endian != out_.abis.front()->big_endian)
      return Refuse("`" + word.text + "` has another byte order than this host", word.span);
    if (std::find(out_.abis.begin(), out_.abis.end(), abi) == out_.abis.end())
      out_.abis.push_back(abi);
    return true;
  }

  bool SetArchitectures() {
    out_.abis.push_back(AbiNamed(host_->abi));
    if (!IsOci() && !profile_.architectures.empty() && !profile_.arch_map.empty())
      return Refuse("both `architectures` and `archMap` are given",
                    profile_.architectures.front().span);
    for (const Word& word : profile_.architectures)
      if (!AddArchitecture(word)) return false;
    if (IsOci()) return true;
    const std::string_view key = IsPodman() ? host_->podman_key : host_->docker_key;
    for (const model::SeccompArchitecture& entry : profile_.arch_map) {
      if (key.empty() || entry.name.text != key) continue;
      for (const Word& word : entry.sub_architectures)
        if (!AddArchitecture(word)) return false;
      break;
    }
    return true;
  }

  // The action as libseccomp gets it.
  std::optional<Action> ActionOf(const Word& word, std::optional<std::uint64_t> number) {
    const auto* found = std::find_if(std::begin(kActions), std::end(kActions),
                                     [&](const NamedAction& a) { return a.name == word.text; });
    if (found == std::end(kActions)) {
      Refuse(word.text.empty() ? "an action is missing"
                               : "`" + word.text + "` is no action that the runtime knows",
             word.span);
      return std::nullopt;
    }
    Action action{found->kind, 0};
    const bool takes_number =
        action.kind == ActionKind::kErrno || action.kind == ActionKind::kTrace;
    if (takes_number) action.data = static_cast<std::uint16_t>(number.value_or(kEperm) & 0xffff);
    if (number && !takes_number && IsCrun()) {
      Refuse("crun takes no `errnoRet` with `" + word.text + "`", word.span);
      return std::nullopt;
    }
    return action;
  }

  bool Number(const std::optional<Word>& name, std::optional<std::uint64_t>& number) {
    if (!IsPodman() || !name || name->text.empty()) return true;
    number = ErrnoNamed(name->text);
    return number || Refuse("`" + name->text + "` is no error name", name->span);
  }

  bool SetDefault() {
    auto number = profile_.default_errno_ret;
    if (!Number(profile_.default_errno_name, number)) return false;
    if (profile_.default_action.text.empty())
      return Refuse("there are entries, but no `defaultAction`", profile_.anchor);
    const auto action = ActionOf(profile_.default_action, number);
    if (!action) return false;
    out_.default_action = *action;
    if (action->kind == ActionKind::kNotify && !IsCrun())
      return Refuse("runc refuses `SCMP_ACT_NOTIFY` as the default action",
                    profile_.default_action.span);
    return CheckErrno(*action, profile_.default_action.span);
  }

  bool CheckErrno(const Action& action, base::Span place) {
    if (action.kind != ActionKind::kErrno || action.data < kLargestErrno) return true;
    return Refuse("the error number " + std::to_string(action.data) + " is too large", place);
  }

  bool CheckFlags() {
    if (IsCrun()) return true;
    for (const Word& flag : profile_.flags)
      if (std::find(std::begin(kFlags), std::end(kFlags), flag.text) == std::end(kFlags))
        return Refuse("`" + flag.text + "` is no flag that the runtime knows", flag.span);
    return true;
  }

  // Whether the conditions of an entry hold here.
  bool Applies(const SeccompEntry& entry) const { return seccomp::Applies(entry, environment_); }

  // The names that the runtime gets. OCI has no `name`.
  std::span<const Word> NamesOf(const SeccompEntry& entry) const {
    const bool only_single = entry.old_name && entry.single.text.empty();
    if (IsOci() && only_single) return {};
    return entry.names;
  }

  // What the engine and runc look at in every entry before they begin.
  bool CheckEntries() {
    for (const SeccompEntry& entry : profile_.entries) {
      const bool both = !entry.single.text.empty();
      if (both && !IsOci() && (!IsPodman() || Applies(entry)))
        return Refuse("an entry has both `name` and `names`", entry.single.span);
      if (!Applies(entry) || IsCrun()) continue;
      if (IsPodman() && entry.names.empty()) continue;
      const auto action = ActionOf(entry.action, std::nullopt);
      if (!action) return false;
      for (const Word& name : NamesOf(entry)) {
        if (name.text == "write" && action->kind == ActionKind::kNotify)
          return Refuse("runc refuses `SCMP_ACT_NOTIFY` for `write`", name.span);
        if (name.text.empty())
          return Refuse("an entry names a call with an empty string", name.span);
      }
      if (NamesOf(entry).empty()) continue;
      for (const model::SeccompArgument& argument : entry.args)
        if (!OperatorNamed(argument.op.text)) return RefuseOperator(argument);
    }
    return true;
  }

  bool RefuseOperator(const model::SeccompArgument& argument) {
    return Refuse(argument.op.text.empty()
                      ? "a condition has no `op`"
                      : "`" + argument.op.text + "` is no operator that the runtime knows",
                  argument.op.span);
  }

  bool AddEntries() {
    for (const SeccompEntry& entry : profile_.entries)
      if (Applies(entry) && !AddEntry(entry)) return false;
    return true;
  }

  bool AddEntry(const SeccompEntry& entry) {
    const std::span<const Word> names = NamesOf(entry);
    if (IsPodman() && names.empty()) return true;
    auto number = entry.errno_ret;
    if (!Number(entry.errno_name, number)) return false;
    const auto action = ActionOf(entry.action, number);
    if (!action) return false;
    std::optional<std::vector<Comparison>> comparisons;
    out_.name_count += names.size();
    for (const Word& name : names) {
      const Syscall* call = SyscallNamed(name.text);
      if (call == nullptr || (call->newer && !environment_.newest_libseccomp)) continue;
      out_.named.push_back(call);
      // Both runtimes drop a rule that says what the default says.
      if (*action == out_.default_action) {
        out_.dropped.push_back({&name, &entry, call, *action, {}});
        continue;
      }
      if (!CheckErrno(*action, entry.action.span)) return false;
      if (!comparisons && !ReadComparisons(entry, comparisons.emplace())) return false;
      AddRules({&name, &entry, call, *action, {}}, *comparisons);
      if (out_.rules.size() > kMostRules)
        return Refuse("more rules than a filter of 4096 instructions holds", entry.span);
    }
    return true;
  }

  bool ReadComparisons(const SeccompEntry& entry, std::vector<Comparison>& out) {
    for (const model::SeccompArgument& argument : entry.args) {
      if (IsCrun() && out.size() == 6) break;  // crun reads no further
      if (out.size() == kMostRules)
        return Refuse("more conditions than a filter of 4096 instructions holds", entry.span);
      if (argument.index > 5)
        return Refuse("a call has the arguments 0 to 5, not " + std::to_string(argument.index),
                      argument.span);
      const auto comparison = ComparisonOf(argument);
      if (!comparison) return RefuseOperator(argument);
      out.push_back(*comparison);
    }
    return true;
  }

  void AddRules(ResolvedRule rule, const std::vector<Comparison>& comparisons) {
    std::array<int, 6> count{};
    bool repeated = false;
    for (const Comparison& comparison : comparisons)
      repeated = ++count[comparison.argument] > 1 || repeated;
    if (!repeated) {
      rule.comparisons = comparisons;
      out_.rules.push_back(std::move(rule));
      return;
    }
    for (const Comparison& comparison : comparisons) {
      rule.comparisons = {comparison};
      out_.rules.push_back(rule);
    }
  }

  const SeccompProfile& profile_;
  const Environment& environment_;
  const Host* host_;
  Resolved out_;
};

}  // namespace

std::optional<Comparison> ComparisonOf(const model::SeccompArgument& argument) {
  const auto op = OperatorNamed(argument.op.text);
  if (!op || argument.index > 5) return std::nullopt;
  Comparison comparison{argument.index, *op, UINT64_MAX, argument.value};
  if (*op == Operator::kMaskedEq) {
    comparison.mask = argument.value;
    comparison.datum = argument.value_two & argument.value;
  }
  return comparison;
}

Resolved Resolve(const SeccompProfile& profile, const Environment& environment) {
  return Resolver(profile, environment).Do();
}

}  // namespace cagelint::seccomp
