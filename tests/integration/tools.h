// Programs of others that run this one: package managers, pre-commit, what an Action runs in.
#pragma once

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/program.h"

namespace cagelint::test {

// A test that needs tools. Where they are missing it is skipped and says which, or fails where
// CAGELINT_REQUIRE_ORACLES is set.
class ToolTest : public testing::Test {
 protected:
  // `needs` are commands of sh that succeed where all is there.
  explicit ToolTest(std::string_view needs) : needs_(needs) {}
  void SetUp() override;

  // Runs `script` with sh in the scratch folder, which is HOME, and with Debian's programs first.
  // Of the environment it has what package managers need to reach their registries.
  Ran Run(std::string_view script) const;
  // The same; anything but 0 is a failure of the test. Gives standard output.
  std::string Done(std::string_view script) const;

  // Copies the files that are packaged to the folder `name`.
  void CopyPackage(std::string_view name) const;
  // Writes the built program, without what only debuggers need, to the folder `bin`.
  void CopyProgram() const;

  Program scratch_;

 private:
  std::string needs_;
};

// Succeeds where pip reaches its registry.
inline constexpr std::string_view kReachesPypi =
    "python3 -m pip download --quiet --no-deps --dest \"$HOME/pypi\" scikit-build-core";

// Whether `text` holds `part`; where not, says what it holds.
testing::AssertionResult Holds(std::string_view text, std::string_view part);
inline testing::AssertionResult Holds(const Ran& ran, std::string_view part) {
  return Holds(ran.out + ran.err, part);
}

// CAGELINT_PACKAGE_BUILDS=1: packages are also built from their sources, which takes minutes.
bool BuildsPackages();

}  // namespace cagelint::test
