#include "linter/output/sarif.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "linter/output/deflated_size.h"
#include "linter/output/sarif_parts.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

nlohmann::json RunOf(const engine::Report& report, const WriterOptions& options = {},
                     const SarifLimits& limits = {}) {
  const auto document = nlohmann::json::parse(Sarif(report, options, limits));
  EXPECT_EQ(document.at("runs").size(), 1U);
  return document.at("runs").at(0);
}

const nlohmann::json& Notifications(const nlohmann::json& run) {
  return run.at("invocations").at(0).at("toolExecutionNotifications");
}

TEST(Sarif, ColumnsCountCodePoints) {
  Sample sample;
  const auto& file = sample.File("a.sh", "x\n\U0001F916\u00e9 bad\n");
  sample.Find("r", Severity::kInfo, Sample::At(file, "bad"), "m");
  const auto result = RunOf(sample.report).at("results").at(0);
  EXPECT_EQ(result.at("level"), "note");
  const nlohmann::json region = {{"startLine", 2}, {"startColumn", 4}, {"endLine", 2},
                                 {"endColumn", 7}, {"byteOffset", 9},  {"byteLength", 3}};
  EXPECT_EQ(result.at("locations").at(0).at("physicalLocation").at("region"), region);
}

TEST(Sarif, RulesWeighAsThePolicySays) {
  Sample sample;
  const auto& file = sample.File("a.sh", "bad");
  sample.Find("root-user", Severity::kError, Sample::At(file, "bad"), "m");
  sample.Find("privileged", Severity::kWarning, Sample::At(file, "bad"), "m");
  sample.Find("of-nobody", Severity::kWarning, Sample::At(file, "bad"), "m");
  engine::Policy policy;
  policy.severities = {{"root-user", Severity::kInfo}};
  WriterOptions options;
  options.rules = driver::Rules();
  options.topics = rules::Topics();
  options.policy = &policy;
  options.source_url = "https://example.com/tree/";
  const auto run = RunOf(sample.report, options);
  const auto& described = run.at("tool").at("driver").at("rules");
  ASSERT_EQ(described.size(), 3U);
  for (const auto& result : run.at("results"))
    EXPECT_EQ(described.at(result.at("ruleIndex").get<std::size_t>()).at("id"),
              result.at("ruleId"));
  EXPECT_EQ(described.at(0), nlohmann::json({{"id", "of-nobody"}}));
  EXPECT_EQ(described.at(1).at("defaultConfiguration"), nlohmann::json({{"enabled", false}}));
  const auto& root = described.at(2);
  EXPECT_EQ(root.at("name"), "RootUser");
  EXPECT_EQ(root.at("defaultConfiguration"), nlohmann::json({{"level", "note"}}));
  EXPECT_EQ(root.at("helpUri"), "https://example.com/tree/rules/README.md#root-user");
  EXPECT_EQ(root.at("properties").at("tags"),
            nlohmann::json({"security", "privileges", "cis-docker-1.6.0-4.1"}));
  EXPECT_EQ(run.at("tool").at("driver").at("informationUri"), "https://example.com/tree/");
}

// GitHub: no description over 1,024 characters, no more than 10 tags.
TEST(Sarif, EveryRuleIsWithinLimits) {
  Sample sample;
  const auto& file = sample.File("a.sh", "bad");
  for (const engine::Rule* rule : driver::Rules())
    sample.Find(std::string(rule->info.id), Severity::kError, Sample::At(file, "bad"), "m");
  WriterOptions options;
  options.rules = driver::Rules();
  options.topics = rules::Topics();
  const auto run = RunOf(sample.report, options);
  for (const auto& rule : run.at("tool").at("driver").at("rules")) {
    const std::string text = rule.at("fullDescription").at("text");
    EXPECT_LE(text.size(), 1024U) << rule.at("id");
    EXPECT_TRUE(text.ends_with('.')) << rule.at("id") << text;
    EXPECT_LE(rule.at("properties").at("tags").size(), 10U) << rule.at("id");
    EXPECT_FALSE(rule.contains("helpUri"));
  }
}

TEST(Sarif, SuppressionsSayWhoAndWhy) {
  Sample sample;
  const auto& file = sample.File("a.sh", "bad");
  for (const char* by : {"comment", "x-cagelint", "configuration", "baseline"})
    sample.Find("r", Severity::kError, Sample::At(file, "bad"), by).suppressed =
        diagnostic::Suppressed{by, std::string(by) == "baseline" ? "" : "because\u202e"};
  const auto results = RunOf(sample.report).at("results");
  std::vector<std::string> kinds;
  for (const auto& result : results) kinds.push_back(result.at("suppressions").at(0).at("kind"));
  EXPECT_EQ(kinds, (std::vector<std::string>{"inSource", "inSource", "external", "external"}));
  EXPECT_EQ(results.at(0).at("suppressions").at(0).at("justification"), "because\\u{202e}");
  EXPECT_EQ(results.at(3).at("suppressions").at(0).at("justification"),
            "by baseline, no reason given");
}

TEST(Sarif, ErrorsAreSaidWithoutAPlace) {
  Sample sample;
  sample.report.errors = {"cannot read `x`"};
  WriterOptions options;
  options.exit_code = 2;
  const auto invocation = RunOf(sample.report, options).at("invocations").at(0);
  EXPECT_EQ(invocation.at("executionSuccessful"), false);
  EXPECT_EQ(invocation.at("exitCode"), 2);
  EXPECT_EQ(invocation.at("toolExecutionNotifications").size(), 1U);
  EXPECT_FALSE(RunOf(Sample().report).at("invocations").at(0).contains("exitCode"));
}

TEST(Sarif, FixesOfSeveralFilesAreOneChangeAFile) {
  Sample sample;
  const auto& a = sample.File("a.sh", "one two");
  const auto& b = sample.File("/b.sh", "three");
  auto& finding = sample.Find("r", Severity::kError, Sample::At(a, "one"), "m");
  finding.fixes = {
      {"do it",
       diagnostic::Safety::kUnsafe,
       "breaks",
       {{Sample::At(a, "one"), ""}, {Sample::At(a, "two"), "2"}, {Sample::At(b, "three"), "3"}}}};
  const auto fix = RunOf(sample.report).at("results").at(0).at("fixes").at(0);
  EXPECT_EQ(fix.at("description").at("text"), "do it (breaks)");
  const auto& changes = fix.at("artifactChanges");
  ASSERT_EQ(changes.size(), 2U);
  EXPECT_EQ(changes.at(0).at("replacements").size(), 2U);
  EXPECT_FALSE(changes.at(0).at("replacements").at(0).contains("insertedContent"));
  EXPECT_EQ(changes.at(1).at("artifactLocation"), nlohmann::json({{"uri", "file:///b.sh"}}));
  EXPECT_EQ(changes.at(1).at("replacements").at(0).at("insertedContent").at("text"), "3");
}

TEST(Sarif, MessagesHaveNoLinksAndNoArguments) {
  const auto text = [](std::string of) {
    return SarifMessage(std::move(of)).at("text").get<std::string>();
  };
  EXPECT_EQ(text("[x](1) ](]("), "[x] (1) ] (] (");
  EXPECT_EQ(text("${A} {0} {12}{3} {} {1"), "${A} {{0}} {{12}}{{3}} {} {1");
}

struct Mixed : Sample {
  explicit Mixed(std::size_t count) {
    const auto& file = File("a.sh", std::string(count, 'x'));
    for (std::uint32_t i = 0; i < count; ++i) {
      auto& finding =
          Find("r", static_cast<Severity>(1 + i % 3), {file.Id(), i, i + 1}, std::to_string(i));
      if (i % 5 == 0) finding.suppressed = diagnostic::Suppressed{"comment", "so"};
    }
  }
};

TEST(Sarif, WhatIsTooManyLeavesTheWorst) {
  const Mixed sample(30);
  SarifLimits limits;
  limits.results = 30;
  EXPECT_EQ(RunOf(sample.report, {}, limits).at("results").size(), 30U);
  EXPECT_EQ(Notifications(RunOf(sample.report, {}, limits)).size(), 0U);
  limits.results = 10;
  const auto run = RunOf(sample.report, {}, limits);
  std::vector<std::string> levels;
  for (const auto& result : run.at("results")) {
    levels.push_back(result.at("level"));
    EXPECT_FALSE(result.contains("suppressions"));
  }
  // Eight errors are not suppressed.
  EXPECT_EQ(std::count(levels.begin(), levels.end(), "error"), 8);
  EXPECT_TRUE(std::is_sorted(levels.begin(), levels.end()));
  ASSERT_EQ(Notifications(run).size(), 1U);
  EXPECT_EQ(Notifications(run).at(0).at("message").at("text"),
            "20 of 30 results are left out, the least grave ones: the document would be too large");
}

TEST(Sarif, GapsThatAreTooManyAreCounted) {
  Sample sample;
  for (int i = 0; i < 7; ++i) sample.Gap("missing-file", std::to_string(i), {}, "a.sh");
  SarifLimits limits;
  limits.notifications = 3;
  const auto run = RunOf(sample.report, {}, limits);
  ASSERT_EQ(Notifications(run).size(), 4U);
  EXPECT_EQ(Notifications(run).at(3).at("message").at("text"),
            "4 more parts of the inputs could not be judged");
}

// What nobody can compress: then the bytes decide, not the number of results.
std::string Noise(std::size_t size, std::uint32_t seed) {
  std::string out;
  for (std::size_t i = 0; i < size; ++i) {
    seed = seed * 1664525U + 1013904223U;
    out += static_cast<char>('!' + (seed >> 16U) % 64);
  }
  return out;
}

TEST(Sarif, WhatIsTooLongLeavesTheWorst) {
  Sample sample;
  const auto& file = sample.File("a.sh", std::string(4'000, 'x'));
  for (std::uint32_t i = 0; i < 4'000; ++i)
    sample.Find("r", i < 2'000 ? Severity::kInfo : Severity::kError, {file.Id(), i, i + 1},
                Noise(500, i));
  SarifLimits limits;
  limits.bytes = 1'000'000;
  const std::string text = Sarif(sample.report, {}, limits);
  DeflatedSize compressed;
  compressed.Add(text);
  EXPECT_LE(compressed.AtMost(), limits.bytes + (256 << 10));
  const auto run = nlohmann::json::parse(text).at("runs").at(0);
  EXPECT_GT(run.at("results").size(), 1'000U);
  EXPECT_LT(run.at("results").size(), 2'000U);
  for (const auto& result : run.at("results")) EXPECT_EQ(result.at("level"), "error");
  EXPECT_EQ(Notifications(run).size(), 1U);
}

// With the limits that count.
TEST(Sarif, ThirtyThousandFindings) {
  const Mixed sample(30'000);
  const auto run = RunOf(sample.report);
  EXPECT_EQ(run.at("results").size(), 25'000U);
  EXPECT_EQ(Notifications(run).at(0).at("message").at("text"),
            "5000 of 30000 results are left out, the least grave ones: the document would be too "
            "large");
}

}  // namespace
}  // namespace cagelint::output
