#include "linter/engine/fold.h"

#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

namespace cagelint::engine {
namespace {

using diagnostic::Diagnostic;

struct Consequence {
  std::string_view cause;
  std::string_view rule;
  bool tells = false;  // worth a label also where both are about the same words
};

// The cause voids what is missing, or grants what the finding complains of.
constexpr std::array<Consequence, 7> kConsequences{{
    {"privileged", "default-capabilities"},
    {"privileged", "new-privileges"},
    {"privileged", "default-seccomp"},
    {"all-capabilities", "default-capabilities"},
    {"host-network", "network-access"},
    {"restart-policy", "persistent-container"},
    {"writable-project-mount", "policy-writable-by-agent", true},
}};

// Of one container, or of one and the same place.
using Key = std::tuple<base::Span, std::string>;

bool IsAbout(const Diagnostic& finding) {
  return finding.subject && finding.subject->span.IsValid();
}

}  // namespace

void Fold(std::vector<Diagnostic>& findings) {
  const auto has_rule = [&](std::string_view rule, auto member) {
    return std::any_of(kConsequences.begin(), kConsequences.end(),
                       [&](const Consequence& one) { return one.*member == rule; });
  };
  // Where a script leads to a command in several ways, each has findings of its own: nothing is
  // folded unless the cause holds on all of them.
  std::map<Key, std::size_t> causes;  // the first of each
  std::map<Key, std::size_t> counts;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (!IsAbout(findings[i])) continue;
    const Key key{findings[i].subject->span, findings[i].rule};
    const bool is_cause = has_rule(findings[i].rule, &Consequence::cause);
    if (is_cause) causes.emplace(key, i);
    if (is_cause || has_rule(findings[i].rule, &Consequence::rule)) ++counts[key];
  }
  if (causes.empty()) return;
  std::vector<bool> gone(findings.size());
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const Diagnostic& finding = findings[i];
    if (!IsAbout(finding) || finding.suppressed) continue;
    for (const Consequence& one : kConsequences) {
      if (one.rule != finding.rule) continue;
      const auto cause = causes.find(Key{finding.subject->span, one.cause});
      if (cause == causes.end()) continue;
      if (counts[cause->first] < counts[Key{finding.subject->span, finding.rule}]) continue;
      // What the author wrote is not absent; the same words said twice are one finding.
      const bool absent = finding.span == finding.subject->span;
      if (!absent && finding.span != findings[cause->second].span) continue;
      gone[i] = true;
      if (absent || one.tells)
        findings[cause->second].labels.push_back({finding.span, finding.message});
      break;
    }
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < findings.size(); ++i)
    if (!gone[i]) {
      if (kept != i) findings[kept] = std::move(findings[i]);
      ++kept;
    }
  findings.resize(kept);
}

}  // namespace cagelint::engine
