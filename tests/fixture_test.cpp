// Every fixture: what is found is what it expects, and what must hold for every input holds.
// CAGELINT_UPDATE=1 rewrites the `expect` lines instead (never in CI).
#include "tests/support/fixture.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "linter/driver/model_json.h"
#include "tests/support/fixture_run.h"
#include "tests/support/model_subset.h"
#include "tests/support/update.h"

namespace cagelint::test {
namespace {

// Passes where there is nothing to say.
::testing::AssertionResult Nothing(const std::vector<std::string>& lines) {
  if (lines.empty()) return ::testing::AssertionSuccess();
  auto result = ::testing::AssertionFailure();
  for (const std::string& line : lines) result << "\n  " << line;
  return result;
}

std::vector<std::string> AllFixtures() {
  std::vector<std::string> all;
  for (const char* folder : {"rules", "input", "clean", "broken", "fixed"}) {
    const auto paths = FixturePaths(folder);
    all.insert(all.end(), paths.begin(), paths.end());
  }
  // Witnesses are fixtures too: what an attack was tried in is what the rules judge.
  for (const auto& entry :
       std::filesystem::directory_iterator(CAGELINT_SOURCE_DIR "/tests/witness"))
    if (entry.path().extension() == ".sh")
      all.push_back("tests/witness/" + entry.path().filename().string());
  return all;
}

bool IsSet(const char* name) {
  const char* value = std::getenv(name);
  return value != nullptr && *value != '\0';
}

bool IsUpdating() {
  if (!IsSet("CAGELINT_UPDATE")) return false;
  if (!IsSet("CI")) return true;
  ADD_FAILURE() << "expectations are never rewritten in CI";
  return false;
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

  // Rewrites the file, and goes on with what it then says.
  void Update() {
    const std::string bytes = ReadRepositoryFile(GetParam());
    const std::string updated = UpdatedFixture(fixture_, bytes, Lint());
    if (updated == bytes) return;
    std::ofstream(CAGELINT_SOURCE_DIR "/" + GetParam(), std::ios::binary) << updated;
    fixture_ = LoadFixture(GetParam());
  }

  // The last section is what the fixture says of its fixes.
  void UpdateFixed() {
    const std::string bytes = ReadRepositoryFile(GetParam());
    const std::string fixed = FixedBytes(fixture_, request_);
    if (*fixture_.fixed == fixed || !bytes.ends_with(*fixture_.fixed)) return;
    std::ofstream(CAGELINT_SOURCE_DIR "/" + GetParam(), std::ios::binary)
        << bytes.substr(0, bytes.size() - fixture_.fixed->size()) << fixed;
    fixture_ = LoadFixture(GetParam());
  }

  Fixture fixture_;
  driver::Request request_;
};

TEST_P(FixtureTest, GivesWhatItExpects) {
  if (IsUpdating()) Update();
  ASSERT_TRUE(Nothing(fixture_.errors));
  const driver::Outcome outcome = Lint();
  if (fixture_.model) {
    EXPECT_TRUE(Nothing(ModelDifferences(*fixture_.model, driver::ModelJson(outcome))));
  }
  const auto least = IsIn("clean") ? diagnostic::Severity::kWarning : diagnostic::Severity::kInfo;
  EXPECT_TRUE(Nothing(Differences(fixture_, outcome, least)));
  EXPECT_TRUE(Nothing(BrokenPromises(outcome.report)));
  EXPECT_TRUE(Nothing(BrokenWriters(outcome.report)));
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
  // A line more changes little in a report, and a dozen formats take longer than all the rest.
  constexpr int kWritten = 7;
  int cuts = 0;
  for (std::size_t at = bytes.find('\n'); at != std::string::npos; at = bytes.find('\n', at + 1)) {
    const driver::Outcome outcome = Lint(at);
    EXPECT_TRUE(Nothing(BrokenPromises(outcome.report))) << "cut at byte " << at;
    if (++cuts % kWritten == 0) {
      EXPECT_TRUE(Nothing(BrokenWriters(outcome.report))) << "cut at byte " << at;
    }
  }
}

TEST_P(FixtureTest, EachFixRepairsAndBreaksNothing) {
  EXPECT_TRUE(Nothing(BrokenFixes(request_, FilesOf(fixture_))));
}

TEST_P(FixtureTest, AllFixesGiveWhatItExpects) {
  if (!fixture_.fixed) {
    EXPECT_FALSE(IsIn("fixed")) << "it says what it is after all fixes";
    return;
  }
  if (IsUpdating()) UpdateFixed();
  EXPECT_EQ(*fixture_.fixed, FixedBytes(fixture_, request_));
}

std::string TestName(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = info.param.substr(info.param.find('/') + 1);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Fixtures, FixtureTest, ::testing::ValuesIn(AllFixtures()), TestName);
GTEST_ALLOW_UNINSTANTIATED_PARAMETERIZED_TEST(FixtureTest);

}  // namespace
}  // namespace cagelint::test
