#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "linter/output/lsp_json.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

nlohmann::json Documents(const Sample& sample, const WriterOptions& options = {}) {
  return nlohmann::json::parse(FindWriter("lsp")->write(sample.report, options));
}

TEST(Lsp, RangesCountUtf16FromZero) {
  Sample sample;
  const auto& file = sample.File("a.sh", "x\r\n\u00e9\U0001F916 bad\U0001F916\n");
  sample.Find("r", Severity::kWarning, Sample::At(file, "bad\U0001F916"), "m");
  const auto diagnostic = Documents(sample).at(0).at("diagnostics").at(0);
  EXPECT_EQ(diagnostic.at("range").at("start"), nlohmann::json({{"line", 1}, {"character", 4}}));
  EXPECT_EQ(diagnostic.at("range").at("end"), nlohmann::json({{"line", 1}, {"character", 9}}));
  EXPECT_EQ(diagnostic.at("severity"), 2);
}

TEST(Lsp, PositionsLeadBack) {
  Sample sample;
  const auto& file = sample.File("a.sh", "x\r\n\u00e9\U0001F916 bad\U0001F916\n\nlast");
  const std::string_view bytes = file.Bytes();
  for (std::uint32_t offset = 0; offset <= bytes.size(); ++offset) {
    if (offset < bytes.size() && (static_cast<unsigned char>(bytes[offset]) & 0xC0) == 0x80)
      continue;
    if (offset == 2) continue;  // between CR and LF
    EXPECT_EQ(OffsetAt(file, LspPositionAt(file, offset)), offset) << offset;
  }
}

TEST(Lsp, PositionsThatAreNotThereAreClamped) {
  Sample sample;
  const auto& file = sample.File("a.sh", "ab\r\n\U0001F916x\n");
  EXPECT_EQ(OffsetAt(file, {0, 99}), 2U);
  EXPECT_EQ(OffsetAt(file, {1, 1}), 4U) << "between the halves of a pair";
  EXPECT_EQ(OffsetAt(file, {1, 2}), 8U);
  EXPECT_EQ(OffsetAt(file, {1, 3}), 9U);
  EXPECT_EQ(OffsetAt(file, {1, UINT32_MAX}), 9U);
  EXPECT_EQ(OffsetAt(file, {2, 0}), 10U);
  EXPECT_EQ(OffsetAt(file, {77, 0}), 10U);
}

TEST(Lsp, FilesWithFindingsOnly) {
  Sample sample;
  const auto& a = sample.File("a.sh", "bad");
  sample.File("b.sh", "good");
  const auto& c = sample.File("c.sh", "bad");
  EXPECT_EQ(Documents(sample), nlohmann::json::array());
  sample.Find("r", Severity::kError, Sample::At(a, "bad"), "m").suppressed =
      diagnostic::Suppressed{"comment", "so"};
  auto& finding = sample.Find("r", Severity::kError, Sample::At(c, "bad"), "m\u202e");
  finding.labels = {{Sample::At(a, "bad"), "because"}, {{}, "nowhere"}};
  sample.Gap("unreadable-file", "m", {}, "d e.sh", true);
  WriterOptions options;
  options.working_directory = "/home/x y";
  options.source_url = "https://example.com/";
  const auto documents = Documents(sample, options);
  ASSERT_EQ(documents.size(), 2U);
  EXPECT_EQ(documents.at(0).at("uri"), "file:///home/x%20y/c.sh");
  const auto& diagnostic = documents.at(0).at("diagnostics").at(0);
  EXPECT_EQ(diagnostic.at("message"), "m\\u{202e}");
  EXPECT_EQ(diagnostic.at("source"), "cagelint");
  EXPECT_EQ(diagnostic.at("codeDescription").at("href"), "https://example.com/rules/README.md#r");
  ASSERT_EQ(diagnostic.at("relatedInformation").size(), 1U);
  EXPECT_EQ(diagnostic.at("relatedInformation").at(0).at("location").at("uri"),
            "file:///home/x%20y/a.sh");
  EXPECT_EQ(documents.at(1).at("uri"), "file:///home/x%20y/d%20e.sh");
  const auto& gap = documents.at(1).at("diagnostics").at(0);
  EXPECT_EQ(gap.at("code"), "unreadable-file");
  EXPECT_EQ(gap.at("severity"), 1);
  EXPECT_EQ(gap.at("range").at("end"), nlohmann::json({{"line", 0}, {"character", 0}}));
}

// A hostile profile is one line of megabytes.
TEST(Lsp, LongLinesAreSearchedQuickly) {
  Sample sample;
  std::string bytes;
  for (int i = 0; i < 1'000'000; ++i) bytes += "\u00e9";
  const auto& file = sample.File("a.json", bytes);
  for (std::uint32_t i = 0; i < 10'000; ++i) EXPECT_EQ(OffsetAt(file, {0, i * 100}), i * 200);
}

}  // namespace
}  // namespace cagelint::output
