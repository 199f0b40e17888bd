// A profile in an environment → the list of rules that the runtime hands to libseccomp.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/model/seccomp.h"
#include "linter/seccomp/abi.h"
#include "linter/seccomp/judgement.h"

namespace cagelint::seccomp {

enum class Operator : std::uint8_t { kNe, kLt, kLe, kEq, kGe, kGt, kMaskedEq };

struct Comparison {
  unsigned argument = 0;  // 0 to 5
  Operator op = Operator::kEq;
  std::uint64_t mask = UINT64_MAX;
  std::uint64_t datum = 0;  // already masked
  bool operator==(const Comparison&) const = default;
};

// One rule of one entry. The comparisons are all true together (AND).
struct ResolvedRule {
  const model::Word* name = nullptr;
  const model::SeccompEntry* entry = nullptr;
  const Syscall* call = nullptr;
  Action action;
  std::vector<Comparison> comparisons;
};

struct Resolved {
  Load load = Load::kOk;
  std::string reason;  // why it is refused
  base::Span place;    // what it is refused for; valid when load is kError
  Action default_action;
  std::vector<const Abi*> abis;  // the native one first, without repeats
  // In file order. An entry whose arguments repeat an index gives a rule for each argument (OR): so
  // do runc, crun and podman.
  std::vector<ResolvedRule> rules;
  // Every call that an entry names, also where libseccomp never sees the entry.
  std::vector<const Syscall*> named;
  // What both runtimes drop, since it says what the default action says; without comparisons.
  std::vector<ResolvedRule> dropped;
  // The names of all entries that count, known or not.
  std::size_t name_count = 0;
};

// `profile` must outlive the result. Facts: moby, profiles/seccomp/seccomp_linux.go;
// containers-common, pkg/seccomp/seccomp_linux.go; runc, libcontainer/seccomp; crun,
// src/libcrun/seccomp.c.
Resolved Resolve(const model::SeccompProfile& profile, const Environment& environment);

// "M.m", each part 0 to 255, not 0.0; nothing for anything else, which moby refuses.
std::optional<KernelVersion> ParseKernel(std::string_view text);

// Whether the engine hands `entry` on: its `includes` and `excludes`, as far as the engine knows
// them. False for an unknown architecture.
bool Applies(const model::SeccompEntry& entry, const Environment& environment);

// `argument` as libseccomp gets it; nothing for an operator or index that it does not know.
std::optional<Comparison> ComparisonOf(const model::SeccompArgument& argument);

}  // namespace cagelint::seccomp
