// Every fixture: what is found is what it expects, and what must hold for every input holds.
// CAGELINT_UPDATE=1 rewrites the `expect` lines instead (never in CI).
#include "tests/support/fixture.h"

#include <algorithm>
#include <cctype>

#include <gtest/gtest.h>

#include "tests/support/fixture_run.h"

namespace cagelint::test {
namespace {

std::string Joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += "  " + line + "\n";
  return out;
}

std::vector<std::string> AllFixtures() {
  std::vector<std::string> all;
  for (const char* folder : {"rules", "input", "clean", "broken"}) {
    const auto paths = FixturePaths(folder);
    all.insert(all.end(), paths.begin(), paths.end());
  }
  return all;
}

class FixtureTest : public ::testing::TestWithParam<std::string> {
 protected:
  void SetUp() override {
    fixture_ = LoadFixture(GetParam());
    request_ = RequestOf(fixture_, fixture_.errors);
  }

  driver::Outcome Lint(std::size_t first = std::string::npos) const {
    return driver::Lint(request_, FilesOf(fixture_, first));
  }
  bool IsIn(std::string_view folder) const {
    return GetParam().starts_with("fixtures/" + std::string(folder) + "/");
  }

  Fixture fixture_;
  driver::Request request_;
};

TEST_P(FixtureTest, GivesWhatItExpects) {
  ASSERT_EQ(Joined(fixture_.errors), "");
  const driver::Outcome outcome = Lint();
  const auto least = IsIn("clean") ? diagnostic::Severity::kWarning : diagnostic::Severity::kInfo;
  EXPECT_EQ(Joined(Differences(fixture_, outcome, least)), "");
  EXPECT_EQ(Joined(BrokenPromises(outcome.report)), "");
  EXPECT_GT(outcome.report.files + outcome.report.gaps.size(), 0u) << "nothing was read";
  if (IsIn("broken")) {
    EXPECT_FALSE(fixture_.gaps.empty()) << "a broken input expects a gap";
  }
  if (IsIn("clean")) {
    EXPECT_TRUE(fixture_.findings.empty() && fixture_.gaps.empty() && fixture_.rules.empty())
        << "a clean input expects nothing, with all rules";
  }
  EXPECT_EQ(Dump(outcome.report), Dump(Lint().report)) << "the second run differs";
}

TEST_P(FixtureTest, SurvivesEveryCutAtALineEnd) {
  const std::string& bytes = fixture_.files.front().bytes;
  for (std::size_t at = bytes.find('\n'); at != std::string::npos; at = bytes.find('\n', at + 1)) {
    const driver::Outcome outcome = Lint(at);
    EXPECT_EQ(Joined(BrokenPromises(outcome.report)), "") << "cut at byte " << at;
  }
}

std::string TestName(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(std::string("fixtures/").size());
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, FixtureTest, ::testing::ValuesIn(AllFixtures()), TestName);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FixtureTest);

}  // namespace
}  // namespace cagelint::test
