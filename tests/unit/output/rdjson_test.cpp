#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Safety;
using diagnostic::Severity;
using test::Sample;

nlohmann::json Diagnostics(const Sample& sample, const WriterOptions& options = {}) {
  return nlohmann::json::parse(FindWriter("rdjson")->write(sample.report, options))
      .at("diagnostics");
}

nlohmann::json At(int line, int column) { return {{"line", line}, {"column", column}}; }

TEST(Rdjson, ColumnsCountBytesFromOne) {
  Sample sample;
  const auto& file = sample.File("a.sh", "x\n\u00e9\U0001F916 bad\n");
  sample.Find("r", Severity::kInfo, Sample::At(file, "bad"), "m");
  const auto diagnostic = Diagnostics(sample).at(0);
  EXPECT_EQ(diagnostic.at("location").at("range").at("start"), At(2, 8));
  EXPECT_EQ(diagnostic.at("location").at("range").at("end"), At(2, 11));
  EXPECT_EQ(diagnostic.at("severity"), "INFO");
}

// reviewdog offers each suggestion by itself: half a fix may be worse than none.
TEST(Rdjson, AFixIsOneSuggestion) {
  Sample sample;
  const auto& file = sample.File("a.sh", "one\ntwo three\n");
  auto& finding = sample.Find("r", Severity::kError, Sample::At(file, "one"), "m");
  finding.fixes = {{"both",
                    Safety::kUnsafe,
                    "it breaks",
                    {{Sample::At(file, "one"), "1"}, {Sample::At(file, "two"), ""}}},
                   {"insert", Safety::kSafe, "", {{{file.Id(), 13, 13}, "!"}}}};
  const auto diagnostic = Diagnostics(sample).at(0);
  const auto& suggestions = diagnostic.at("suggestions");
  ASSERT_EQ(suggestions.size(), 2U);
  EXPECT_EQ(suggestions.at(0).at("text"), "1\n");
  EXPECT_EQ(suggestions.at(0).at("range").at("start"), At(1, 1));
  EXPECT_EQ(suggestions.at(0).at("range").at("end"), At(2, 4));
  EXPECT_EQ(suggestions.at(1).at("range").at("start"), At(2, 10));
  EXPECT_EQ(suggestions.at(1).at("range").at("end"), At(2, 10));
  EXPECT_EQ(diagnostic.at("message"), "m; as suggested, it breaks");
}

TEST(Rdjson, FixesOfOtherFilesAreNoSuggestions) {
  Sample sample;
  const auto& file = sample.File("a.sh", "bad");
  const auto& other = sample.File("b.sh", "bad");
  auto& finding = sample.Find("r", Severity::kError, Sample::At(file, "bad"), "m");
  finding.fixes = {{"t", Safety::kSafe, "", {{Sample::At(other, "bad"), ""}}},
                   {"t", Safety::kSafe, "", {{Sample::At(file, "bad"), "\xff"}}}};
  EXPECT_FALSE(Diagnostics(sample).at(0).contains("suggestions"));
}

TEST(Rdjson, WhatIsSuppressedIsLeftOut) {
  Sample sample;
  const auto& file = sample.File("a.sh", "bad");
  sample.Find("r", Severity::kError, Sample::At(file, "bad"), "m").suppressed =
      diagnostic::Suppressed{"comment", "so"};
  EXPECT_EQ(Diagnostics(sample), nlohmann::json::array());
  sample.Gap("missing-file", "m", {}, "x.sh");
  const auto gap = Diagnostics(sample).at(0);
  EXPECT_EQ(gap.at("severity"), "WARNING");
  EXPECT_EQ(gap.at("location"), nlohmann::json({{"path", "x.sh"}}));
}

TEST(Rdjson, LinksAreThereWhereTheyAreKnown) {
  Sample sample;
  const auto& file = sample.File("a.sh", "bad");
  sample.Find("r", Severity::kError, Sample::At(file, "bad"), "m");
  EXPECT_EQ(Diagnostics(sample).at(0).at("code"), nlohmann::json({{"value", "r"}}));
  WriterOptions options;
  options.source_url = "https://example.com/";
  EXPECT_EQ(Diagnostics(sample, options).at(0).at("code").at("url"),
            "https://example.com/rules/README.md#r");
}

}  // namespace
}  // namespace cagelint::output
