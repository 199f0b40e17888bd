#include <gtest/gtest.h>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

std::string Junit(const engine::Report& report, const WriterOptions& options = {}) {
  return FindWriter("junit")->write(report, options);
}

std::size_t Times(std::string_view text, std::string_view part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1))
    ++times;
  return times;
}

struct JunitWriter : ::testing::Test {
  JunitWriter() {
    const auto& file = sample.File("run.sh", "docker run x\n");
    sample.Find("r", Severity::kError, Sample::At(file, "docker"), "one");
    sample.Find("r", Severity::kWarning, Sample::At(file, "run"), "two");
    sample.Find("s", Severity::kInfo, Sample::At(file, "x"), "three");
    sample.Find("t", Severity::kError, Sample::At(file, "x"), "four").suppressed = {"comment",
                                                                                    "meant"};
    sample.Gap("remote-file", "five", {}, "y.sh");
  }
  Sample sample;
};

TEST_F(JunitWriter, WhatFailsTheRunFails) {
  const std::string text = Junit(sample.report);
  EXPECT_NE(text.find("<testsuites name=\"cagelint\" tests=\"6\" failures=\"2\" errors=\"1\" "
                      "skipped=\"1\" time=\"0\">"),
            std::string::npos)
      << text;
  EXPECT_NE(text.find("<testsuite name=\"run.sh\" tests=\"4\" failures=\"2\" errors=\"0\" "
                      "skipped=\"1\" time=\"0\">"),
            std::string::npos);
  EXPECT_NE(text.find("<skipped message=\"suppressed by comment: meant\">"), std::string::npos);
  EXPECT_EQ(Times(text, "<failure message="), 2u);
  EXPECT_EQ(Times(text, "<error message=\"five\" type=\"remote-file\">"), 1u);
  EXPECT_EQ(Times(text, "<system-out>"), 2u);  // of the run, and of the information
}

TEST_F(JunitWriter, TheLevelOfFailureIsTheRuns) {
  EXPECT_EQ(Times(Junit(sample.report, {.fail_on = Severity::kInfo}), "<failure "), 3u);
  EXPECT_EQ(Times(Junit(sample.report, {.fail_on = Severity::kError}), "<failure "), 1u);
  EXPECT_EQ(Times(Junit(sample.report, {.fail_on = Severity::kOff}), "<failure "), 0u);
  const std::string allowed = Junit(sample.report, {.allow_gaps = true});
  EXPECT_EQ(Times(allowed, "<error "), 0u);
  EXPECT_NE(allowed.find("<skipped message=\"five\">"), std::string::npos) << allowed;
}

// GitLab tells test cases apart by class and name; a moved line is the same case.
TEST_F(JunitWriter, NamesDiffer) {
  const std::string text = Junit(sample.report);
  EXPECT_EQ(Times(text, "classname=\"run.sh\" name=\"r\""), 1u) << text;
  EXPECT_EQ(Times(text, "classname=\"run.sh\" name=\"r (2)\""), 1u);
  EXPECT_EQ(Times(text, "file=\"run.sh\" line=\"1\""), 4u);
}

TEST_F(JunitWriter, WhatIsInNoFileNamesNone) {
  Sample other;
  const auto& file = other.File("<command line>", "docker run x\n");
  other.Find("r", Severity::kError, Sample::At(file, "docker"), "one");
  const std::string text = Junit(other.report);
  EXPECT_NE(text.find("classname=\"&lt;command line&gt;\" name=\"r\" time=\"0\">"),
            std::string::npos)
      << text;
}

TEST(JunitRun, PassesWhereNothingWasFoundAndFailsWhereItCouldNotWork) {
  Sample sample;
  EXPECT_NE(Junit(sample.report).find("tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\""),
            std::string::npos);
  sample.report.errors = {"a & b: no such file"};
  const std::string text = Junit(sample.report);
  EXPECT_NE(text.find("<error message=\"the program could not do its work\" type=\"run\">a &amp; "
                      "b: no such file\n</error>"),
            std::string::npos)
      << text;
}

}  // namespace
}  // namespace cagelint::output
