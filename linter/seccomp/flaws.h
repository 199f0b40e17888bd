// What is wrong with how a profile is written: places where the kernel does not decide what the
// file says. Facts: seccomp_rule_add(3), and runs of libseccomp 2.5.4.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/seccomp/judgement.h"

namespace cagelint::seccomp {

// What the flaw changes, beside what the file says.
enum class Effect : std::uint8_t {
  kOpens,    // a call is let through that is written to be kept out
  kCloses,   // a call is kept out that is written to be let through
  kNothing,  // the kernel decides the same without the flaw
};

struct Flaw {
  base::Span span;
  std::string message;
  std::string help = {};  // "" where the rule's own says it
  std::vector<diagnostic::Label> labels = {};
  Effect effect = Effect::kOpens;
};

// All of these are in file order, and none where the profile does not load.

// Names and conditions that cannot take effect; names of one entry with one cause are one flaw.
std::vector<Flaw> ShadowedRules(const Judgement& judgement);
// Conditions on arguments that another argument with the same meaning passes by.
std::vector<Flaw> ArgumentBypasses(const Judgement& judgement);
// `socketcall` and `ipc` where they reach calls that are kept out.
std::vector<Flaw> MultiplexedCalls(const Judgement& judgement);
// Names of calls that neither Linux nor libseccomp has.
std::vector<Flaw> UnknownCalls(const Judgement& judgement);
// Fields that this judgement's engine passes over.
std::vector<Flaw> IgnoredFields(const Judgement& judgement);

}  // namespace cagelint::seccomp
