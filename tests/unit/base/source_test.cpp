#include "linter/base/source.h"

#include <gtest/gtest.h>

#include "linter/base/text.h"

namespace cagelint::base {
namespace {

TEST(SourceTest, CountsLinesAtLfCrlfAndLoneCr) {
  const Source source(0, "x", "a\nb\r\nc\rd");
  EXPECT_EQ(source.LineCount(), 4u);
  EXPECT_EQ(source.Text(source.LineSpan(1)), "a");
  EXPECT_EQ(source.Text(source.LineSpan(2)), "b");
  EXPECT_EQ(source.Text(source.LineSpan(3)), "c");
  EXPECT_EQ(source.Text(source.LineSpan(4)), "d");
  EXPECT_EQ(source.PositionAt(5).line, 3u);  // c
  EXPECT_EQ(source.PositionAt(7).line, 4u);  // d
}

TEST(SourceTest, LineEndBelongsToItsLine) {
  const Source source(0, "x", "ab\r\ncd");
  EXPECT_EQ(source.PositionAt(2).line, 1u);
  EXPECT_EQ(source.PositionAt(3).line, 1u);
  EXPECT_EQ(source.PositionAt(3).column, 4u);
  EXPECT_EQ(source.PositionAt(4).line, 2u);
  EXPECT_EQ(source.PositionAt(4).column, 1u);
}

TEST(SourceTest, ALastLineEndBeginsAnEmptyLine) {
  const Source source(0, "x", "a\n");
  EXPECT_EQ(source.LineCount(), 2u);
  EXPECT_EQ(source.PositionAt(2).line, 2u);
  EXPECT_EQ(source.Text(source.LineSpan(2)), "");
  EXPECT_TRUE(source.LineSpan(2).IsValid());
}

TEST(SourceTest, EmptyFileHasOneLine) {
  const Source source(3, "x", "");
  EXPECT_EQ(source.LineCount(), 1u);
  EXPECT_EQ(source.PositionAt(0).line, 1u);
  EXPECT_EQ(source.PositionAt(9).column, 1u);
  EXPECT_EQ(source.Whole(), (Span{3, 0, 0}));
}

TEST(SourceTest, ColumnsCountCodePointsAndTabsAsOne) {
  const Source source(0, "x", "\t\xC3\xA9\xF0\x9F\x98\x80z");  // tab, e acute, grinning face, z
  EXPECT_EQ(source.PositionAt(1).column, 2u);
  EXPECT_EQ(source.PositionAt(3).column, 3u);
  EXPECT_EQ(source.PositionAt(7).column, 4u);
  EXPECT_EQ(source.PositionAt(8).column, 5u);
}

TEST(SourceTest, Utf16UnitsCountTwoBeyondTheBasicPlane) {
  const Source source(0, "x", "\n\t\xC3\xA9\xF0\x9F\x98\x80z");
  EXPECT_EQ(source.Utf16ColumnAt(1), 0u);
  EXPECT_EQ(source.Utf16ColumnAt(2), 1u);
  EXPECT_EQ(source.Utf16ColumnAt(4), 2u);
  EXPECT_EQ(source.Utf16ColumnAt(8), 4u);
  EXPECT_EQ(source.Utf16ColumnAt(9), 5u);
}

TEST(SourceTest, BytesThatAreNotUtf8CountAsOneEach) {
  const Source source(0, "x", "\xFF\xC3z");
  EXPECT_EQ(source.PositionAt(2).column, 3u);
  EXPECT_EQ(source.Utf16ColumnAt(2), 2u);
}

TEST(SourceTest, ColumnsOfALongLineAreThoseOfAShortOne) {
  std::string bytes = "first\n";
  while (bytes.size() < 10'000) bytes += "ab\xC3\xA9\xF0\x9F\x98\x80\xFF";
  bytes += "\nlast";
  const Source source(0, "x", bytes);
  std::uint32_t column = 1;
  std::uint32_t units = 0;
  const auto end = static_cast<std::uint32_t>(bytes.size() - 5);
  for (std::uint32_t at = 6; at < end;) {
    ASSERT_EQ(source.PositionAt(at).line, 2u);
    ASSERT_EQ(source.PositionAt(at).column, column) << at;
    ASSERT_EQ(source.Utf16ColumnAt(at), units) << at;
    const CodePoint point = DecodeUtf8(std::string_view(bytes).substr(at));
    at += point.size;
    ++column;
    units += point.size == 4 ? 2 : 1;
  }
  EXPECT_EQ(source.PositionAt(end + 1).line, 3u);
  EXPECT_EQ(source.PositionAt(end + 1).column, 1u);
}

TEST(SourceTest, AColumnFarOutIsFoundQuickly) {
  const Source source(0, "x", std::string(8 << 20, 'x'));
  std::uint64_t sum = 0;
  for (std::uint32_t at = 0; at < 5'000; ++at) sum += source.PositionAt(8'000'000 + at).column;
  EXPECT_EQ(sum, 5'000ull * 8'000'001 + 4'999ull * 2'500);
}

TEST(SourceTest, TextIsCutToTheFile) {
  const Source source(1, "x", "abc");
  EXPECT_EQ(source.Text({1, 1, 99}), "bc");
  EXPECT_EQ(source.Text({1, 9, 12}), "");
  EXPECT_EQ(source.Text({1, 2, 1}), "");
  EXPECT_EQ(source.Text({0, 0, 1}), "");
}

TEST(SourceTest, ThereIsNoLineZero) {
  const Source source(0, "x", "a");
  EXPECT_FALSE(source.LineSpan(0).IsValid());
  EXPECT_FALSE(source.LineSpan(2).IsValid());
}

TEST(SourceSetTest, KeepsReferencesAndFindsByPath) {
  SourceSet set;
  const Source& first = set.Add("a", "one");
  for (int i = 0; i < 100; ++i) set.Add("b" + std::to_string(i), "two");
  EXPECT_EQ(&set.Get(0), &first);
  EXPECT_EQ(set.FindPath("a"), &first);
  EXPECT_EQ(set.FindPath("c"), nullptr);
  EXPECT_EQ(set.Text({0, 1, 3}), "ne");
  EXPECT_EQ(set.Text({}), "");
  EXPECT_EQ(set.Text({500, 0, 1}), "");
}

TEST(SpanTest, CoverTakesInBoth) {
  EXPECT_EQ(Cover({0, 4, 6}, {0, 1, 2}), (Span{0, 1, 6}));
  EXPECT_EQ(Cover({}, {0, 1, 2}), (Span{0, 1, 2}));
  EXPECT_EQ(Cover({0, 1, 2}, {}), (Span{0, 1, 2}));
  EXPECT_EQ(Cover({0, 1, 2}, {1, 5, 6}), (Span{0, 1, 2}));
}

TEST(SpanTest, NeighboursDoNotOverlap) {
  const Span a{0, 2, 4};
  EXPECT_FALSE(a.Overlaps({0, 4, 6}));
  EXPECT_TRUE(a.Overlaps({0, 3, 9}));
  EXPECT_FALSE(a.Overlaps({1, 3, 9}));
  EXPECT_TRUE(a.Contains({0, 4, 4}));
  EXPECT_FALSE(a.Contains({0, 3, 5}));
}

}  // namespace
}  // namespace cagelint::base
