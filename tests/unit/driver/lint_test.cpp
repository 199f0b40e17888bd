#include "linter/driver/lint.h"

#include <gtest/gtest.h>

#include "tests/support/memory_files.h"

namespace cagelint::driver {
namespace {

using test::MemoryFiles;

class LintTest : public ::testing::Test {
 protected:
  LintTest() { request_.policy = LoadPolicy("agent").Value(); }
  Outcome LintPaths(std::vector<std::string> paths) {
    request_.paths = std::move(paths);
    return Lint(request_, files_.System());
  }

  MemoryFiles files_;
  Request request_;
};

TEST_F(LintTest, AMissingFileIsAnErrorAndTheRestIsLinted) {
  files_.Add("run.sh", "docker run alpine\n");
  const Outcome outcome = LintPaths({"gone.sh", "run.sh"});
  EXPECT_EQ(outcome.report.errors, (std::vector<std::string>{"gone.sh: no such file"}));
  ASSERT_EQ(outcome.inputs.size(), 1u);
  EXPECT_EQ(outcome.inputs[0].path, "run.sh");
  EXPECT_EQ(outcome.inputs[0].carrier, "shell");
  EXPECT_EQ(outcome.report.containers, 1u);
}

TEST_F(LintTest, ANamedFifoIsAnErrorAndAMetOneIsNot) {
  files_.AddSpecial("x/pipe");
  EXPECT_EQ(LintPaths({"x/pipe"}).report.errors,
            (std::vector<std::string>{"x/pipe: is a FIFO, not a regular file"}));
  const Outcome walked = LintPaths({"x"});
  EXPECT_TRUE(walked.report.errors.empty());
  EXPECT_TRUE(walked.report.gaps.empty());
}

TEST_F(LintTest, AScriptThatCannotBeReadIsAGapWhenMet) {
  files_.AddFailing("x/run.sh", base::ReadFailure::kDenied, "permission denied");
  const Outcome outcome = LintPaths({"x"});
  EXPECT_TRUE(outcome.report.errors.empty());
  ASSERT_EQ(outcome.report.gaps.size(), 1u);
  EXPECT_EQ(outcome.report.gaps[0].kind, "unreadable-file");
  EXPECT_EQ(outcome.report.gaps[0].path, "x/run.sh");
}

TEST_F(LintTest, WhatIsTooLargeIsAGapEvenWhenNamed) {
  files_.AddFailing("run.sh", base::ReadFailure::kTooLarge, "is larger than the limit of 8 MiB");
  const Outcome outcome = LintPaths({"run.sh"});
  EXPECT_TRUE(outcome.report.errors.empty());
  ASSERT_EQ(outcome.report.gaps.size(), 1u);
  EXPECT_EQ(outcome.report.gaps[0].kind, "limit-reached");
}

TEST_F(LintTest, BytesThatAreNoTextAreAGap) {
  files_.Add("run.sh", "docker run a\xFF\n");
  files_.Add("nul.sh", std::string("docker\0", 7));
  const Outcome outcome = LintPaths({"run.sh", "nul.sh"});
  EXPECT_EQ(outcome.report.files, 0u);
  ASSERT_EQ(outcome.report.gaps.size(), 2u);
  EXPECT_EQ(outcome.report.gaps[0].path, "nul.sh");
  EXPECT_EQ(outcome.report.gaps[0].message, "holds a NUL byte: not a text file at byte 6");
  EXPECT_EQ(outcome.report.gaps[1].message, "is not UTF-8: byte 0xff at byte 12");
}

TEST_F(LintTest, AFileNobodyReadsIsAGapOnlyWhenNamed) {
  files_.Add("x/notes", "just text\n");
  EXPECT_TRUE(LintPaths({"x"}).report.gaps.empty());
  const Outcome outcome = LintPaths({"x/notes"});
  ASSERT_EQ(outcome.report.gaps.size(), 1u);
  EXPECT_EQ(outcome.report.gaps[0].kind, "unsupported-construct");
}

TEST_F(LintTest, ATextIsLintedUnderItsName) {
  request_.text = Text{"dir/from-editor.sh", "docker run alpine\n"};
  const Outcome outcome = Lint(request_, files_.System());
  ASSERT_EQ(outcome.inputs.size(), 1u);
  EXPECT_EQ(outcome.inputs[0].path, "dir/from-editor.sh");
  EXPECT_EQ(outcome.report.containers, 1u);
}

TEST_F(LintTest, ACarrierCanBeForced) {
  files_.Add("notes", "docker run alpine\n");
  request_.carrier = "shell";
  EXPECT_EQ(LintPaths({"notes"}).report.containers, 1u);
}

TEST_F(LintTest, AnArgumentVectorIsAnInput) {
  request_.arguments = {"docker", "run", "a b"};
  const Outcome outcome = Lint(request_, files_.System());
  ASSERT_EQ(outcome.documents.size(), 1u);
  EXPECT_EQ(outcome.sources->Get(0).Bytes(), "docker run 'a b'");
  EXPECT_EQ(outcome.report.containers, 1u);
  request_.arguments = {"docker", "run", "\xFF"};
  EXPECT_EQ(Lint(request_, files_.System()).report.errors.size(), 1u);
}

TEST(PoliciesTest, EveryBuiltInPolicyLoads) {
  ASSERT_FALSE(PolicyNames().empty());
  for (const std::string& name : PolicyNames()) {
    const auto policy = LoadPolicy(name);
    ASSERT_TRUE(policy.Ok()) << name << ": " << policy.Message();
    EXPECT_EQ(policy.Value().name, name);
    EXPECT_FALSE(policy.Value().description.empty()) << name;
    EXPECT_FALSE(policy.Value().severities.empty()) << name;
  }
}

TEST(PoliciesTest, AnUnknownNameGetsAHint) {
  const auto policy = LoadPolicy("agnet");
  ASSERT_FALSE(policy.Ok());
  EXPECT_EQ(policy.Message(), "unknown policy `agnet`; did you mean `agent`?");
  EXPECT_EQ(LoadPolicy("").Message(), "unknown policy ``");
}

}  // namespace
}  // namespace cagelint::driver
