// Conditions that another argument with the same meaning passes by: found by example, and each
// example is one that Decide lets through.
#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/seccomp/filter.h"
#include "linter/seccomp/flaws.h"
#include "linter/seccomp/part.h"
#include "linter/seccomp/repeated_index.h"
#include "linter/seccomp/wording.h"

namespace cagelint::seccomp {
namespace {

// Bounds of the search. A profile that wears them out gets fewer findings of this kind.
constexpr std::size_t kMostContexts = 16;      // rules whose other arguments are tried, for a call
constexpr std::size_t kMostSteps = 1'000'000;  // rules that are looked at, for a profile

// How many bits of each argument the kernel reads, for calls that read fewer than 64; 0: all.
using Widths = std::array<int, 6>;

const Widths* WidthsOf(std::string_view call) {
  static const auto* const table = [] {
    auto* made = new std::map<std::string, Widths, std::less<>>;
    for (const auto& row :
         base::ParseCsv(embedded::Find("rules/data/syscall_arguments.csv")).rows) {
      Widths& widths = (*made)[std::string(row[0])];
      for (std::size_t i = 0; i < widths.size(); ++i)
        std::from_chars(row[i + 1].data(), row[i + 1].data() + row[i + 1].size(), widths[i]);
    }
    return made;
  }();
  const auto found = table->find(call);
  return found == table->end() ? nullptr : &found->second;
}

// Arguments of which each bit asks for something of its own, and a bit that asks for little:
// CLONE_FILES or CLONE_FS, which need no privilege.
struct Flags {
  std::string_view call;
  std::uint64_t meant;  // bits that are worth keeping out: CLONE_NEW*
  std::uint64_t harmless[2];
};
constexpr Flags kFlags[] = {
    {"clone", 0x7e020000, {0x400, 0x200}},
    {"unshare", 0x7e020080, {0x400, 0x200}},
};

const Flags* FlagsOf(std::string_view call) {
  for (const Flags& flags : kFlags)
    if (flags.call == call) return &flags;
  return nullptr;
}

// Whether the comparison is one that a further bit can pass by.
bool IsOpenEnded(Operator op) {
  return op == Operator::kNe || op == Operator::kGt || op == Operator::kGe;
}

const Comparison* On(const CallRule& rule, unsigned argument) {
  for (const Comparison& c : rule.comparisons)
    if (c.argument == argument) return &c;
  return nullptr;
}

// Values that meet all comparisons of `rule`.
Arguments Meeting(const CallRule& rule) {
  Arguments out{};
  for (const Comparison& c : rule.comparisons) {
    const bool above = c.op == Operator::kNe || c.op == Operator::kGt;
    const bool below = c.op == Operator::kLt && c.datum > 0;
    out[c.argument] = above ? c.datum + 1 : below ? c.datum - 1 : c.datum;
  }
  return out;
}

// Two calls that mean the same, or the second of which does what the first asks for and more.
struct Pair {
  Arguments denied{};
  Arguments passing{};
  unsigned argument = 0;
  int width = 0;  // of what the kernel reads; 0: another flag was added
};

class Bypasses {
 public:
  explicit Bypasses(const Filter& filter) : filter_(filter) {}

  std::vector<Flaw> Do() {
    for (const AbiFilter& part : filter_.abis) {
      if (!part.abi->wide) continue;
      // In the order of numbers, so that every run finds the same.
      std::map<int, const CallRules*> calls;
      for (const auto& [number, rules] : part.calls)
        if (!rules.always && !rules.conditional.empty()) calls[number] = &rules;
      for (const auto& [number, rules] : calls) Search(*part.abi, number, *rules);
    }
    return std::move(flaws_);
  }

 private:
  void Search(const Abi& abi, int number, const CallRules& rules) {
    const Syscall* call = SyscallNamed(rules.conditional.front().name->text);
    if (call == nullptr || call->On(abi) != number) return;
    abi_ = &abi;
    rules_ = &rules;
    call_ = call->name;
    // s390's clone has its first two arguments the other way round.
    if (call_ == "clone" && abi.name.starts_with("s390")) return;
    std::size_t contexts = 0;
    const Flags* flags = FlagsOf(call_);
    const Widths* widths = WidthsOf(call_);
    for (const CallRule& context : rules.conditional) {
      if (++contexts > kMostContexts) break;
      for (unsigned i = 0; i < 6; ++i) {
        if (i == 0 && flags != nullptr) TryFlags(context, *flags);
        if (widths != nullptr && (*widths)[i] != 0) TryBits(context, i, (*widths)[i]);
      }
    }
  }

  // The values at which a comparison of `argument` changes its mind, those first that it names.
  std::vector<std::uint64_t> ValuesOf(unsigned argument) const {
    std::vector<std::uint64_t> out;
    for (const int step : {0, -1, 1})
      for (const CallRule& rule : rules_->conditional)
        if (const Comparison* c = On(rule, argument))
          out.push_back(c->datum + static_cast<std::uint64_t>(step));
    return out;
  }

  void TryBits(const CallRule& context, unsigned argument, int width) {
    const std::uint64_t low = (std::uint64_t{1} << width) - 1;
    Pair pair;
    pair.argument = argument;
    pair.width = width;
    pair.denied = Meeting(context);
    for (const std::uint64_t value : ValuesOf(argument)) {
      pair.denied[argument] = value & low;
      pair.passing = pair.denied;
      for (const std::uint64_t high : {low + 1, ~low}) {
        pair.passing[argument] = (value & low) | high;
        Try(pair);
      }
    }
  }

  void TryFlags(const CallRule& context, const Flags& flags) {
    Pair pair;
    pair.denied = Meeting(context);
    for (const std::uint64_t value : ValuesOf(0)) {
      if ((value & flags.meant) == 0 || value > UINT32_MAX) continue;
      const bool has = (value & flags.harmless[0]) != 0;
      pair.denied[0] = value;
      pair.passing = pair.denied;
      pair.passing[0] |= flags.harmless[has ? 1 : 0];
      Try(pair);
    }
  }

  Verdict Ask(const Arguments& arguments) {
    steps_ += rules_->conditional.size();
    return Decide(filter_, abi_->name, call_, arguments);
  }

  void Try(const Pair& pair) {
    if (steps_ > kMostSteps) return;
    const Verdict denied = Ask(pair.denied);
    if (denied.action.Opens()) return;
    const Verdict passing = Ask(pair.passing);
    if (!passing.action.Opens()) return;
    const CallRule* opener = passing.by_default ? nullptr : RuleAt(passing, pair.passing);
    const CallRule* closer = denied.by_default ? nullptr : RuleAt(denied, pair.denied);
    const Comparison* blamed = opener == nullptr ? nullptr : On(*opener, pair.argument);
    if (blamed != nullptr && !IsOpenEnded(blamed->op)) return;  // written for this very value
    const CallRule* rule = blamed == nullptr ? closer : opener;
    if (blamed == nullptr && closer != nullptr) blamed = On(*closer, pair.argument);
    if (blamed != nullptr) Add(pair, *rule, *blamed, denied.action, passing);
  }

  // The rule that decided for `arguments`.
  const CallRule* RuleAt(const Verdict& verdict, const Arguments& arguments) const {
    for (const CallRule& rule : rules_->conditional)
      if (rule.name->span == verdict.decided_by && Matches(rule, *abi_, arguments)) return &rule;
    return nullptr;
  }

  void Add(const Pair& pair, const CallRule& rule, const Comparison& blamed, Action denied,
           const Verdict& passing) {
    base::Span span = rule.name->span;
    for (const model::SeccompArgument& argument : rule.entry->args)
      if (ComparisonOf(argument) == blamed) span = argument.op.span;
    if (!said_.insert(span.begin).second) return;
    const std::uint64_t value = pair.denied[pair.argument];
    Flaw flaw{
        span,
        Quoted(call_) + " with " + ArgumentList(pair.passing) + " is " + Answered(passing.action),
        "",
        {},
        Effect::kOpens};
    const std::string denied_value = Hexadecimal(value);
    flaw.message += pair.width != 0
                        ? ", and the kernel reads " +
                              Quoted("arg" + std::to_string(pair.argument) + " = " + denied_value) +
                              ", which is " + Answered(denied)
                        : ", although " + Quoted(denied_value) + " alone is " + Answered(denied);
    flaw.help = HelpFor(pair, rule, value);
    if (passing.decided_by.IsValid() && passing.decided_by != rule.name->span)
      flaw.labels.push_back({passing.decided_by, "this lets the call through"});
    flaws_.push_back(std::move(flaw));
  }

  std::string HelpFor(const Pair& pair, const CallRule& rule, std::uint64_t value) const {
    if (pair.width == 0)
      return "let through where `SCMP_CMP_MASKED_EQ` with `\"value\": " +
             std::to_string(FlagsOf(call_)->meant) + "` (the mask) gives `\"valueTwo\": 0`";
    const std::string mask = std::to_string((std::uint64_t{1} << pair.width) - 1);
    if (!rule.action.Opens())
      return "compare what the kernel reads: `SCMP_CMP_MASKED_EQ` with `\"value\": " + mask +
             "` (the mask) and `\"valueTwo\": " + std::to_string(value) + "`";
    return "let through the values that are needed, each by `SCMP_CMP_MASKED_EQ` with "
           "`\"value\": " +
           mask + "` (the mask) and `\"valueTwo\"` as the value";
  }

  const Filter& filter_;
  const Abi* abi_ = nullptr;
  const CallRules* rules_ = nullptr;
  std::string_view call_;
  std::size_t steps_ = 0;
  std::set<std::uint32_t> said_;
  std::vector<Flaw> flaws_;
};

}  // namespace

std::vector<Flaw> ArgumentBypasses(const Judgement& judgement) {
  const Loaded loaded = LoadProfile(judgement);
  if (loaded.filter == nullptr) return {};
  std::vector<Flaw> flaws = Bypasses(*loaded.filter).Do();
  AddRepeatedIndexFlaws(*loaded.filter, *judgement.profile, flaws);
  std::stable_sort(flaws.begin(), flaws.end(),
                   [](const Flaw& a, const Flaw& b) { return a.span.begin < b.span.begin; });
  return flaws;
}

}  // namespace cagelint::seccomp
