#include "linter/output/workflow_command.h"

#include <gtest/gtest.h>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

std::string Github(const engine::Report& report) { return FindWriter("github")->write(report, {}); }

TEST(WorkflowCommand, Escapes) {
  EXPECT_EQ(CommandText({"error", {{"file", "a:b,c%d\r\n"}, {"line", "1"}}, "50%, a::b,\r\nc"}),
            "::error file=a%3Ab%2Cc%25d%0D%0A,line=1::50%25, a::b,%0D%0Ac\n");
  // What is escaped once is not read as an escape.
  EXPECT_EQ(CommandText({"notice", {}, "%0A%25"}), "::notice::%250A%2525\n");
}

TEST(WorkflowCommand, PropertiesWithoutValueAreLeftOut) {
  EXPECT_EQ(CommandText({"error", {{"title", ""}, {"file", "x"}}, ""}), "::error file=x::\n");
}

TEST(GithubWriter, TheWorstComeFirst) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run\nx\n");
  sample.Find("a", Severity::kInfo, Sample::At(file, "docker"), "one");
  sample.Find("b", Severity::kError, Sample::At(file, "run"), "two").help = "leave it out";
  sample.Gap("remote-file", "three", {}, "x.sh");
  sample.Gap("syntax-error", "four", Sample::At(file, "run\nx"), "", true);
  EXPECT_EQ(Github(sample.report),
            "::error title=b,file=run.sh,line=1,endLine=1,col=8,endColumn=11::two%0Afix: leave it "
            "out\n"
            // Columns are for one line alone.
            "::error title=gap syntax-error,file=run.sh,line=1,endLine=2::four (refused by the "
            "program that reads it)\n"
            "::warning title=gap remote-file,file=x.sh::three\n"
            "::notice title=a,file=run.sh,line=1,endLine=1,col=1,endColumn=7::one\n"
            "1 file, 0 containers, 0 profiles: 1 error, 0 warnings, 1 info, 2 gaps\n");
}

TEST(GithubWriter, WhatIsInNoFileHasItsPlaceInTheMessage) {
  Sample sample;
  const auto& file = sample.File("<stdin>", "docker run\n");
  sample.Find("b", Severity::kError, Sample::At(file, "run"), "two");
  sample.report.errors = {"x\n: no such file"};
  EXPECT_EQ(Github(sample.report),
            "::error title=cagelint::x\\n: no such file\n"
            "::error title=b::<stdin>:1:8: two\n"
            "1 file, 0 containers, 0 profiles: 1 error, 0 warnings, 0 info, 0 gaps\n");
}

TEST(GithubWriter, SuppressedFindingsAreCounted) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run\n");
  sample.Find("b", Severity::kError, Sample::At(file, "run"), "two").suppressed = {"comment", "ok"};
  sample.report.configurations = {"##[add-mask]x"};
  EXPECT_EQ(Github(sample.report),
            "1 file, 0 containers, 0 profiles: 0 errors, 0 warnings, 0 info, 0 gaps, 1 suppressed "
            "(configured by \\x23#[add-mask]x)\n");
}

TEST(GithubWriter, MoreThanGithubShowsIsSaid) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run\n");
  for (int i = 0; i < 10; ++i)
    sample.Find("b", Severity::kError, Sample::At(file, "run"), std::to_string(i));
  EXPECT_EQ(Github(sample.report).find("ten annotations"), std::string::npos);
  sample.Find("b", Severity::kWarning, Sample::At(file, "run"), "another kind");
  EXPECT_EQ(Github(sample.report).find("ten annotations"), std::string::npos);
  sample.Find("b", Severity::kError, Sample::At(file, "run"), "one more");
  EXPECT_NE(Github(sample.report).find("; GitHub shows ten annotations of a kind"),
            std::string::npos);
}

}  // namespace
}  // namespace cagelint::output
