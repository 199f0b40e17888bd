#include "linter/engine/report.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "linter/engine/policy.h"

namespace cagelint::engine {
namespace {

using diagnostic::Diagnostic;
using diagnostic::Gap;
using diagnostic::Severity;

Diagnostic Finding(std::string rule, base::Span span, std::string message = "m") {
  Diagnostic finding;
  finding.rule = std::move(rule);
  finding.span = span;
  finding.message = std::move(message);
  return finding;
}

Gap GapAt(std::string kind, base::Span span, std::string path = "") {
  Gap gap;
  gap.kind = std::move(kind);
  gap.span = span;
  gap.path = std::move(path);
  return gap;
}

class FinishTest : public ::testing::Test {
 protected:
  FinishTest() {
    sources_.Add("z.sh", std::string(100, 'x'));
    sources_.Add("a.sh", std::string(100, 'x'));
    report_.sources = &sources_;
  }
  std::vector<std::string> Rules() const {
    std::vector<std::string> rules;
    for (const Diagnostic& finding : report_.findings) rules.push_back(finding.rule);
    return rules;
  }

  base::SourceSet sources_;
  Report report_;
};

TEST_F(FinishTest, SortsByPathThenPlaceThenRule) {
  report_.findings = {Finding("e", {0, 1, 2}), Finding("d", {1, 9, 10}), Finding("c", {1, 2, 9}),
                      Finding("b", {1, 2, 3}), Finding("a", {1, 2, 9})};
  Finish(report_);
  EXPECT_EQ(Rules(), (std::vector<std::string>{"b", "a", "c", "d", "e"}));
}

TEST_F(FinishTest, DropsExactRepeatsOnly) {
  report_.findings = {Finding("a", {0, 1, 2}), Finding("a", {0, 1, 2}),
                      Finding("a", {0, 1, 2}, "other"), Finding("a", {0, 1, 3})};
  Finish(report_);
  EXPECT_EQ(report_.findings.size(), 3u);
}

TEST_F(FinishTest, GapsWithoutAPlaceSortByTheirPath) {
  report_.gaps = {GapAt("k", {0, 5, 6}), GapAt("k", {}, "m.sh"), GapAt("k", {1, 5, 6}),
                  GapAt("k", {}, "m.sh")};
  Finish(report_);
  ASSERT_EQ(report_.gaps.size(), 3u);
  EXPECT_EQ(report_.gaps[0].span.file, 1u);
  EXPECT_EQ(report_.gaps[1].path, "m.sh");
  EXPECT_EQ(report_.gaps[2].span.file, 0u);
}

TEST_F(FinishTest, TheOrderDoesNotDependOnTheOrderOfComing) {
  for (std::uint32_t i = 0; i < 50; ++i)
    report_.findings.push_back(Finding("r" + std::to_string(i % 3), {i % 2, i % 7, 20 + i % 5}));
  Report other = report_;
  std::reverse(other.findings.begin(), other.findings.end());
  Finish(report_);
  Finish(other);
  ASSERT_EQ(report_.findings.size(), other.findings.size());
  for (std::size_t i = 0; i < other.findings.size(); ++i) {
    EXPECT_EQ(report_.findings[i].span, other.findings[i].span);
    EXPECT_EQ(report_.findings[i].rule, other.findings[i].rule);
  }
}

TEST(ReportTest, CountsBySeverity) {
  Report report;
  for (const auto severity : {Severity::kError, Severity::kInfo, Severity::kError}) {
    report.findings.push_back(Finding("a", {}));
    report.findings.back().severity = severity;
  }
  EXPECT_EQ(report.Count(Severity::kError), 2u);
  EXPECT_EQ(report.Count(Severity::kWarning), 0u);
  EXPECT_EQ(report.Count(Severity::kInfo), 1u);
}

TEST(SelectionTest, IgnoreWinsOverSelect) {
  Selection selection;
  EXPECT_TRUE(selection.Takes("a"));
  selection.ignore = {"a"};
  EXPECT_FALSE(selection.Takes("a"));
  EXPECT_TRUE(selection.Takes("b"));
  selection.select = {"a", "c"};
  EXPECT_FALSE(selection.Takes("a"));
  EXPECT_FALSE(selection.Takes("b"));
  EXPECT_TRUE(selection.Takes("c"));
}

TEST(PolicyTest, ARuleThatIsNotNamedIsOff) {
  Policy policy;
  policy.severities = {{"a", Severity::kWarning}};
  EXPECT_EQ(policy.SeverityOf("a"), Severity::kWarning);
  EXPECT_EQ(policy.SeverityOf("b"), Severity::kOff);
}

}  // namespace
}  // namespace cagelint::engine
