// Rewrites the expectations of a fixture from what was found.
#pragma once

#include <string>
#include <string_view>

#include "linter/driver/lint.h"
#include "tests/support/fixture.h"

namespace cagelint::test {

// `bytes` of the fixture without the `expect` lines that nothing was found for, and with one for
// each finding that has none, above the container it is about. Gaps are left alone.
std::string UpdatedFixture(const Fixture& fixture, std::string_view bytes,
                           const driver::Outcome& outcome);

}  // namespace cagelint::test
