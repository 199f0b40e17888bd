#include "linter/driver/standing.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

class StandingTest : public ::testing::Test {
 protected:
  static Outcome LintText(const std::string& bytes) {
    Request request;
    request.policy = LoadPolicy("agent").Value();
    request.folds = false;
    request.text = Text{"run.sh", bytes};
    return Lint(request, test::MemoryFiles().System());
  }
  static std::vector<std::string> Worse(const std::string& before, const std::string& after) {
    std::vector<std::string> out;
    for (const auto& worse : Standing(LintText(after)).WorseThan(Standing(LintText(before))))
      out.push_back(worse.what.path + ": " + worse.message.substr(0, worse.message.find(": ")));
    return out;
  }
  using Strings = std::vector<std::string>;
};

TEST_F(StandingTest, WhatMovesIsNotNew) {
  EXPECT_EQ(Worse("docker run -u 0 a:1\n", "# a\n\n  docker  run  --rm -u 0 a:1\n"), Strings());
}

TEST_F(StandingTest, WhatIsGoneIsNotWorse) {
  EXPECT_EQ(Worse("docker run -u 0 -v /:/h a:1\n", "docker run -u 0 a:1\n"), Strings());
}

TEST_F(StandingTest, ANewFindingIsWorse) {
  EXPECT_EQ(Worse("docker run -u 1:1 a:1\n", "docker run -u 0 a:1\n"),
            Strings{"run.sh: a new finding `root-user`"});
}

TEST_F(StandingTest, FoldedOnesCount) {
  // Under --privileged the others follow from it, and are not said.
  EXPECT_EQ(
      Worse("docker run --privileged --cap-drop ALL a:1\n", "docker run --privileged a:1\n").size(),
      1u);
}

TEST_F(StandingTest, TheSameOfAnotherContainerIsNew) {
  EXPECT_EQ(Worse("docker run -u 0 a:1\ndocker run -u 1:1 a:1\n",
                  "docker run -u 1:1 a:1\ndocker run -u 0 a:1\n"),
            Strings{"run.sh: a new finding `root-user`"});
}

TEST_F(StandingTest, OneMoreOfAKindIsNew) {
  EXPECT_FALSE(Worse("docker run -v /:/a a:1\n", "docker run -v /:/a -v /:/b a:1\n").empty());
  EXPECT_FALSE(Worse("docker run -v /:/a a:1\n", "docker run -v /:/a -v /etc:/b a:1\n").empty());
}

TEST_F(StandingTest, ANewGapIsWorse) {
  EXPECT_EQ(Worse("docker run -u 1:1 a:1\n", "docker run -u 1:1 a:1 'x\n").front(),
            "run.sh: a new gap");
  EXPECT_EQ(Worse("docker run $A a:1\n", "docker run $A $B a:1\n"), Strings{"run.sh: a new gap"});
}

TEST_F(StandingTest, CountsWhatNobodySuppressed) {
  const std::string line = "docker run -u 0 a:1\n";
  const Outcome plain = LintText(line);
  const auto& all = plain.report.findings;
  const auto finding =
      std::find_if(all.begin(), all.end(), [](const auto& one) { return one.rule == "root-user"; });
  ASSERT_NE(finding, all.end());
  const Belongs belongs = Places(plain).Of(*finding);
  EXPECT_EQ(Standing(plain).Count(belongs), 1u);
  EXPECT_EQ(Standing(LintText("# cagelint: ignore[root-user] meant\n" + line)).Count(belongs), 0u);
}

}  // namespace
}  // namespace cagelint::driver
