#include "linter/seccomp/repeated_index.h"

#include <algorithm>
#include <array>
#include <set>
#include <string>
#include <utility>

#include "linter/seccomp/condition_flaws.h"
#include "linter/seccomp/part.h"
#include "linter/seccomp/wording.h"

namespace cagelint::seccomp {
namespace {

// Bounds of the search for an example: values of one argument, tries for one entry and for all, and
// conditions on a call.
constexpr std::size_t kMostValues = 24;
constexpr std::size_t kMostTries = 4096;
constexpr std::size_t kMostTriesInAll = 50'000;
constexpr std::size_t kMostConditions = 256;

using Comparisons = std::array<std::vector<Comparison>, 6>;

bool Meets(const Comparison& c, const Abi& abi, std::uint64_t value) {
  Arguments arguments{};
  arguments[c.argument] = value;
  CallRule rule;
  rule.comparisons = {c};
  return Matches(rule, abi, arguments);
}

bool MeetsAll(const std::vector<Comparison>& all, const Abi& abi, std::uint64_t value) {
  return std::all_of(all.begin(), all.end(), [&](const auto& c) { return Meets(c, abi, value); });
}

bool MeetsAny(const std::vector<Comparison>& all, const Abi& abi, std::uint64_t value) {
  return std::any_of(all.begin(), all.end(), [&](const auto& c) { return Meets(c, abi, value); });
}

std::vector<std::uint64_t> ValuesOf(const std::vector<Comparison>& comparisons) {
  std::set<std::uint64_t> values{0, UINT64_MAX};
  for (const Comparison& c : comparisons) {
    if (values.size() + 3 > kMostValues) break;
    values.insert({c.datum, c.datum + 1, c.datum - 1});
  }
  return {values.begin(), values.end()};
}

class Repeated {
 public:
  Repeated(const Filter& filter, const Abi& abi, const model::SeccompEntry& entry)
      : filter_(filter), abi_(abi) {
    for (const model::SeccompArgument& argument : entry.args)
      if (const auto c = ComparisonOf(argument)) by_index_[c->argument].push_back(*c);
    for (unsigned i = 0; i < 6; ++i) {
      values_[i] = by_index_[i].empty() ? std::vector<std::uint64_t>{0} : ValuesOf(by_index_[i]);
      // Conditions that nothing meets together (`EQ 1`, `EQ 2`) are written as alternatives.
      together_[i] = std::any_of(values_[i].begin(), values_[i].end(), [&](std::uint64_t value) {
        return MeetsAll(by_index_[i], abi, value);
      });
    }
  }

  bool HoldsAlways() const {
    return std::any_of(by_index_.begin(), by_index_.end(), [&](const auto& list) {
      return !list.empty() && AlwaysTogether(list, abi_);
    });
  }

  // Arguments that the entry lets through for `name`, and would not if all of its conditions were
  // asked for.
  std::optional<Arguments> Find(const model::Word& name, std::size_t& all_tries) const {
    std::array<std::size_t, 6> at{};
    for (std::size_t tries = 0; tries < kMostTries && all_tries < kMostTriesInAll; ++tries) {
      ++all_tries;
      Arguments arguments{};
      for (unsigned i = 0; i < 6; ++i) arguments[i] = values_[i][at[i]];
      if (!IsMeant(arguments)) {
        const Verdict verdict = Decide(filter_, abi_.name, name.text, arguments);
        if (verdict.action.Opens() && verdict.decided_by == name.span) return arguments;
      }
      unsigned i = 0;
      while (i < 6 && ++at[i] == values_[i].size()) at[i++] = 0;
      if (i == 6) break;
    }
    return std::nullopt;
  }

 private:
  bool IsMeant(const Arguments& arguments) const {
    for (unsigned i = 0; i < 6; ++i) {
      if (by_index_[i].empty()) continue;
      if (!(together_[i] ? MeetsAll(by_index_[i], abi_, arguments[i])
                         : MeetsAny(by_index_[i], abi_, arguments[i])))
        return false;
    }
    return true;
  }

  const Filter& filter_;
  const Abi& abi_;
  Comparisons by_index_;
  std::array<std::vector<std::uint64_t>, 6> values_;
  std::array<bool, 6> together_{};
};

// The first two conditions on one argument; null where there are none.
std::pair<const model::SeccompArgument*, const model::SeccompArgument*> RepeatedOf(
    const model::SeccompEntry& entry) {
  std::array<const model::SeccompArgument*, 6> first{};
  for (const model::SeccompArgument& argument : entry.args) {
    if (argument.index > 5) continue;
    auto& known = first[argument.index];
    if (known != nullptr) return {known, &argument};
    known = &argument;
  }
  return {};
}

bool IsShort(const Filter& filter, const Abi& abi, std::string_view call) {
  const auto number = CallNumber(filter, abi, call);
  if (!number) return false;
  const Part part = PartFor(filter, abi, *number);
  return part.rules != nullptr && part.rules->conditional.size() <= kMostConditions;
}

}  // namespace

void AddRepeatedIndexFlaws(const Filter& filter, const model::SeccompProfile& profile,
                           std::vector<Flaw>& out) {
  const Abi& abi = *filter.abis.front().abi;
  std::size_t tries = 0;
  for (const model::SeccompEntry& entry : profile.entries) {
    const auto [first, second] = RepeatedOf(entry);
    if (first == nullptr || entry.names.empty()) continue;
    const model::Word& name = entry.names.front();
    if (!IsShort(filter, abi, name.text)) continue;
    const Repeated repeated(filter, abi, entry);
    if (repeated.HoldsAlways()) continue;
    const auto example = repeated.Find(name, tries);
    if (!example) continue;
    Flaw flaw{second->op.span, "", "", {}, Effect::kOpens};
    flaw.message =
        "with two conditions on argument " + std::to_string(first->index) +
        " the entry asks for any one of its conditions, not for all: " + Quoted(name.text) +
        " with " + ArgumentList(*example) + " is let through";
    flaw.help =
        "write one condition for an argument in one entry, and an entry for each alternative";
    flaw.labels.push_back({first->op.span, "the other condition"});
    out.push_back(std::move(flaw));
  }
}

}  // namespace cagelint::seccomp
