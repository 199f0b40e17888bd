#include "linter/diagnostic/excerpt.h"

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

namespace cagelint::diagnostic {
namespace {

base::Span Find(const base::Source& source, std::string_view text) {
  const std::size_t at = source.Bytes().find(text);
  EXPECT_NE(at, std::string_view::npos) << text;
  return {source.Id(), static_cast<std::uint32_t>(at),
          static_cast<std::uint32_t>(at + text.size())};
}

// The excerpt and its marks, each on a line of its own below.
std::string Draw(const Excerpt& excerpt) {
  std::string out = excerpt.text + "\n";
  for (const auto& mark : excerpt.marks)
    out += mark ? std::string(mark->column, ' ') + std::string(mark->width, '^') + "\n" : "none\n";
  return out;
}

std::string DrawFound(std::string bytes, std::string_view text, std::uint32_t line = 1,
                      std::uint32_t width = 80) {
  const base::Source source(0, "x", std::move(bytes));
  const std::vector<base::Span> marks{Find(source, text)};
  return Draw(ExcerptLine(source, line, marks, width));
}

TEST(Excerpt, UnderlinesTheSpan) {
  EXPECT_EQ(DrawFound("docker run --privileged x\n", "--privileged"),
            "docker run --privileged x\n"
            "           ^^^^^^^^^^^^\n");
}

TEST(Excerpt, TabsBecomeFourBlanks) {
  EXPECT_EQ(DrawFound("\ta\tb", "b"),
            "    a    b\n"
            "         ^\n");
}

TEST(Excerpt, WideCharactersTakeTwoCells) {
  EXPECT_EQ(DrawFound("漢字 x", "x"), "漢字 x\n     ^\n");
  EXPECT_EQ(DrawFound("a 漢字 x", "漢字"), "a 漢字 x\n  ^^^^\n");
}

TEST(Excerpt, CombiningMarksTakeNone) {
  EXPECT_EQ(DrawFound("e\u0301 x", "x"), "e\u0301 x\n  ^\n");
  EXPECT_EQ(DrawFound("ae\u0301 x", "e\u0301"), "ae\u0301 x\n ^\n");
  // A mark on the combining character alone is shown below its base.
  EXPECT_EQ(DrawFound("ae\u0301 x", "\u0301"), "ae\u0301 x\n ^\n");
}

TEST(Excerpt, UnsafeCharactersAreShown) {
  EXPECT_EQ(DrawFound("a\x1b[31m x", "x"), "a\\x1b[31m x\n          ^\n");
  EXPECT_EQ(DrawFound("\u202e x", "x"), "\\u{202e} x\n         ^\n");
  EXPECT_EQ(DrawFound("\xff x", "x"), "\\xff x\n     ^\n");
}

TEST(Excerpt, LineEndsAreNotShown) {
  EXPECT_EQ(DrawFound("one\r\ntwo\r\n", "two", 2), "two\n^^^\n");
  EXPECT_EQ(DrawFound("one\r\ntwo", "one\r\n"), "one\n^^^\n");
}

TEST(Excerpt, ByteOrderMarkIsNotShown) {
  EXPECT_EQ(DrawFound("\xEF\xBB\xBFversion: 3", "version"), "version: 3\n^^^^^^^\n");
}

TEST(Excerpt, EmptySpansAreOneCell) {
  const base::Source source(0, "x", "ab\ncd");
  const std::vector<base::Span> marks{{0, 1, 1}, {0, 2, 2}};
  EXPECT_EQ(Draw(ExcerptLine(source, 1, marks, 80)), "ab\n ^\n  ^\n");
  const std::vector<base::Span> end{{0, 5, 5}};
  EXPECT_EQ(Draw(ExcerptLine(source, 2, end, 80)), "cd\n  ^\n");
}

TEST(Excerpt, EmptyFile) {
  const base::Source source(0, "x", "");
  const std::vector<base::Span> marks{{0, 0, 0}};
  EXPECT_EQ(Draw(ExcerptLine(source, 1, marks, 80)), "\n^\n");
  EXPECT_EQ(Draw(ExcerptLine(source, 2, marks, 80)), "\nnone\n");
}

TEST(Excerpt, SpanOverLinesLeavesOutIndentationAndTrailingBlanks) {
  const base::Source source(0, "x", "run \\  \n    --a \\\n  x\n");
  const std::vector<base::Span> marks{{0, 0, 17}};
  EXPECT_EQ(Draw(ExcerptLine(source, 1, marks, 80)), "run \\  \n^^^^^\n");
  EXPECT_EQ(Draw(ExcerptLine(source, 2, marks, 80)), "    --a \\\n    ^^^^^\n");
  EXPECT_EQ(Draw(ExcerptLine(source, 3, marks, 80)), "  x\nnone\n");
}

TEST(Excerpt, SpansOfOtherFilesAndLinesHaveNoMark) {
  const base::Source source(0, "x", "one\ntwo\n");
  const std::vector<base::Span> marks{{1, 0, 3}, {0, 4, 7}, {0, 0, 3}};
  EXPECT_EQ(Draw(ExcerptLine(source, 1, marks, 80)), "one\nnone\nnone\n^^^\n");
}

TEST(Excerpt, LongLinesAreCutBehindTheSpan) {
  const std::string out = DrawFound("--bad " + std::string(300, 'a'), "--bad", 1, 20);
  EXPECT_EQ(out, "--bad aaaaaaaaaaaaaa...\n^^^^^\n");
}

TEST(Excerpt, LongLinesAreCutAroundTheSpan) {
  const std::string filler(300, 'a');
  const std::string out = DrawFound(filler + " --bad " + filler, "--bad", 1, 24);
  EXPECT_EQ(out,
            "...aaaaaaa --bad aaaaaaaaaa...\n"
            "           ^^^^^\n");
}

TEST(Excerpt, MarksThatAreCutAwayHaveNoPlace) {
  const base::Source source(0, "x", "--bad " + std::string(300, 'a') + " --other");
  const std::vector<base::Span> marks{Find(source, "--bad"), Find(source, "--other")};
  const Excerpt excerpt = ExcerptLine(source, 1, marks, 40);
  EXPECT_TRUE(excerpt.marks[0].has_value());
  EXPECT_FALSE(excerpt.marks[1].has_value());
}

TEST(Excerpt, CutsFallOnCharacters) {
  std::string filler;
  for (int i = 0; i < 100; ++i) filler += "漢";
  EXPECT_EQ(DrawFound(filler + "x" + filler, "x", 1, 12), "...漢漢x漢漢漢...\n       ^\n");
}

// 20,000 excerpts of one line of 4 MiB: looked at as a whole each time, this would take hours.
TEST(Excerpt, TimeDoesNotGrowWithTheLine) {
  const base::Source source(0, "x", std::string(std::size_t{4} << 20, 'a'));
  const base::Source combining(1, "y", [] {
    std::string bytes;
    for (int i = 0; i < 1'000'000; ++i) bytes += "\u0301";
    return bytes;
  }());
  const auto begin = std::chrono::steady_clock::now();
  for (std::uint32_t i = 0; i < 10'000; ++i) {
    const std::vector<base::Span> marks{{0, i * 400, i * 400 + 1}};
    EXPECT_TRUE(ExcerptLine(source, 1, marks, 100).marks[0].has_value());
    const std::vector<base::Span> others{{1, i * 100, i * 100 + 2}};
    EXPECT_TRUE(ExcerptLine(combining, 1, others, 100).marks[0].has_value());
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(30));
}

}  // namespace
}  // namespace cagelint::diagnostic
