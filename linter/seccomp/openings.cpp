// Ways in which a call can be made, each proved by an example.
#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "linter/seccomp/filter.h"
#include "linter/seccomp/judgement.h"
#include "linter/seccomp/part.h"

namespace cagelint::seccomp {
namespace {

// Bounds of the search for an example. A profile that wears the search out is not taken for a good
// one: what could not be proved closed counts as open.
constexpr std::size_t kMostCandidates = 4096;  // for one argument
constexpr int kMostFlips = 8;                  // bits of one mask
constexpr std::size_t kMostSteps = 2'000'000;  // rules and values that are looked at for one call

// The values at which a comparison changes its mind: its neighbours, and for a mask what differs in
// one bit of it, so that several masks can be passed by together.
void AddValues(const Comparison& c, std::set<std::uint64_t>& out) {
  for (const std::uint64_t value : {c.datum, c.datum + 1, c.datum - 1, c.datum | ~c.mask})
    out.insert(value);
  if (c.op != Operator::kMaskedEq) return;
  std::uint64_t bits = c.mask;
  for (int i = 0; i < kMostFlips && bits != 0; ++i, bits &= bits - 1)
    out.insert(c.datum ^ (bits & (~bits + 1)));
}

class Search {
 public:
  Search(const Filter& filter, const Abi& abi, int number, const Demand& demand)
      : filter_(filter),
        abi_(abi),
        demand_(demand),
        argument_(abi.name.starts_with("s390") ? demand.argument_s390 : demand.argument),
        part_(PartFor(filter, abi, number)),
        number_(std::to_string(number)) {
    if (part_.rules != nullptr) CollectValues();
  }

  // Arguments for which the rule with `name` decides and opens; null `name` is the default action.
  std::optional<Arguments> Find(const CallRule* rule) {
    if (steps_ > kMostSteps) return Arguments{};
    std::array<std::vector<std::uint64_t>, 6> candidates;
    for (unsigned i = 0; i < 6; ++i) candidates[i] = CandidatesFor(i, rule);
    std::array<std::size_t, 6> at{};
    if (std::any_of(candidates.begin(), candidates.end(), [](const auto& c) { return c.empty(); }))
      return std::nullopt;
    for (;;) {
      Arguments arguments{};
      for (unsigned i = 0; i < 6; ++i) arguments[i] = candidates[i][at[i]];
      steps_ += 1 + (part_.rules == nullptr ? 0 : part_.rules->conditional.size());
      if (steps_ > kMostSteps || Proves(rule, arguments)) return arguments;
      unsigned i = 0;
      while (i < 6 && ++at[i] == candidates[i].size()) at[i++] = 0;
      if (i < 6) continue;
      if (cut_) return arguments;
      return std::nullopt;
    }
  }

  const Part& Meets() const { return part_; }

 private:
  bool Proves(const CallRule* rule, const Arguments& arguments) const {
    const Verdict verdict = Decide(filter_, abi_.name, number_, arguments);
    if (!verdict.action.Opens()) return false;
    return rule == nullptr ? verdict.by_default
                           : !verdict.by_default && verdict.decided_by == rule->name->span;
  }

  void CollectValues() {
    for (const CallRule& rule : part_.rules->conditional) {
      for (const Comparison& c : rule.comparisons) {
        auto& values = values_[c.argument];
        if (values.size() > kMostCandidates) {
          cut_ = true;
          continue;
        }
        AddValues(c, values);
      }
    }
  }

  std::vector<std::uint64_t> CandidatesFor(unsigned argument, const CallRule* rule) {
    std::set<std::uint64_t> all{0};
    if (part_.rules == nullptr || !values_[argument].empty()) all.insert(UINT64_MAX);
    all.insert(values_[argument].begin(), values_[argument].end());
    if (rule != nullptr)
      for (const Comparison& c : rule->comparisons)
        if (c.argument == argument) AddValues(c, all);
    if (argument == argument_ && demand_.bits != 0) all = WithBits(all);
    if (argument == argument_) all.insert(demand_.values.begin(), demand_.values.end());
    steps_ += all.size();
    std::vector<std::uint64_t> out;
    for (const std::uint64_t value : all) {
      if (argument == argument_ && !Meets(value)) continue;
      if (rule != nullptr && !Passes(*rule, argument, value)) continue;
      if (out.size() == kMostCandidates) {
        cut_ = true;
        break;
      }
      out.push_back(value);
    }
    return out;
  }

  // Every value with each of the demanded bits, alone and with what else the value has.
  std::set<std::uint64_t> WithBits(const std::set<std::uint64_t>& values) const {
    std::set<std::uint64_t> out;
    for (std::uint64_t bits = demand_.bits; bits != 0; bits &= bits - 1) {
      const std::uint64_t bit = bits & (~bits + 1);
      out.insert(bit);
      for (const std::uint64_t value : values)
        for (const std::uint64_t made :
             {value | bit, (value & demand_.limit) | bit, (value & ~demand_.bits) | bit})
          out.insert(made);
    }
    return out;
  }

  bool Meets(std::uint64_t value) const {
    const auto& values = demand_.values;
    if (!values.empty()) return std::find(values.begin(), values.end(), value) != values.end();
    return value <= demand_.limit && (demand_.bits == 0 || (value & demand_.bits) != 0);
  }
  bool Passes(const CallRule& rule, unsigned argument, std::uint64_t value) const {
    CallRule own{rule.name, rule.entry, rule.action, {}};
    for (const Comparison& c : rule.comparisons)
      if (c.argument == argument) own.comparisons.push_back(c);
    Arguments arguments{};
    arguments[argument] = value;
    return seccomp::Matches(own, abi_, arguments);
  }

  const Filter& filter_;
  const Abi& abi_;
  const Demand& demand_;
  unsigned argument_;
  Part part_;
  std::string number_;
  std::size_t steps_ = 0;
  bool cut_ = false;  // there were more values than are tried
  std::array<std::set<std::uint64_t>, 6> values_;
};

class Collector {
 public:
  void Add(const CallRule& rule, const Abi& abi, const Arguments& example) {
    Add({rule.name->span, false, Describe(rule, abi), {abi.name}, rule.entry, ToVector(example)});
  }
  void AddDefault(base::Span span, const Abi& abi, const Arguments& example) {
    Add({span, true, "", {abi.name}, nullptr, ToVector(example)});
  }
  std::vector<Opening> Take() {
    std::stable_sort(openings_.begin(), openings_.end(), [](const Opening& a, const Opening& b) {
      return std::pair(a.by_default, a.span.begin) < std::pair(b.by_default, b.span.begin);
    });
    return std::move(openings_);
  }

 private:
  static std::vector<std::uint64_t> ToVector(const Arguments& arguments) {
    return {arguments.begin(), arguments.end()};
  }
  // The same entry on another ABI is the same way.
  void Add(Opening opening) {
    for (Opening& known : openings_) {
      if (known.span != opening.span || known.by_default != opening.by_default) continue;
      if (known.abis.back() != opening.abis.front()) known.abis.push_back(opening.abis.front());
      return;
    }
    openings_.push_back(std::move(opening));
  }

  std::vector<Opening> openings_;
};

void SearchAbi(const Filter& filter, const Abi& abi, int number, const Demand& demand,
               Collector& out) {
  Search search(filter, abi, number, demand);
  const Part& part = search.Meets();
  if (part.filter == nullptr) return;
  if (part.rules != nullptr && part.rules->always) {
    const CallRule& rule = *part.rules->always;
    if (const auto example = search.Find(&rule)) out.Add(rule, abi, *example);
    return;
  }
  if (part.rules != nullptr)
    for (const CallRule& rule : part.rules->conditional) {
      if (!rule.action.Opens()) continue;
      if (const auto example = search.Find(&rule)) out.Add(rule, abi, *example);
    }
  if (filter.default_action.Opens())
    if (const auto example = search.Find(nullptr))
      out.AddDefault(filter.default_span, abi, *example);
}

}  // namespace

std::vector<Opening> Openings(const Filter& filter, std::string_view syscall,
                              const Demand& demand) {
  Collector collector;
  for (const AbiFilter& part : filter.abis)
    if (const auto number = CallNumber(filter, *part.abi, syscall))
      SearchAbi(filter, *part.abi, *number, demand, collector);
  return collector.Take();
}

}  // namespace cagelint::seccomp
