// A witness file is a fixture whose sections are run: what stands behind `expect` is an attack that
// succeeds, what stands behind `ok` one that fails. See tests/witness/README.md.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tests/support/fixture.h"

namespace cagelint::test {

struct Section {
  bool succeeds = false;  // an `expect`, not an `ok`
  std::size_t line = 0;   // of the file
  std::string script;     // with the preparation of the file
};

// The sections of `fixture` in their order. What is wrong goes to `errors`.
std::vector<Section> SectionsOf(const Fixture& fixture, std::vector<std::string>& errors);

// The witness files, sorted, as paths from the repository root.
std::vector<std::string> WitnessPaths();
// "tests/witness/root-user.sh" → "root-user".
std::string RuleOf(const std::string& path);

// What is wrong with how a section ended: "" where the attack ran as the section says. `status` is
// that of its script, `said` what it and its containers wrote.
std::string Verdict(const Section& section, int status, const std::string& said);

}  // namespace cagelint::test
