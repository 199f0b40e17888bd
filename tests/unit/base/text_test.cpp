#include "linter/base/text.h"

#include <array>

#include <gtest/gtest.h>

#include "linter/base/plain_size.h"

namespace cagelint::base {
namespace {

struct DecodeCase {
  std::string_view bytes;
  bool valid;
  char32_t value;
  std::uint32_t size;
};

// The borders of every row of Unicode 15, table 3-7, and what lies just outside of them.
TEST(DecodeUtf8Test, FollowsTheTable) {
  const DecodeCase cases[] = {
      {std::string_view("\0", 1), true, 0x00, 1},
      {"\x7F", true, 0x7F, 1},
      {"\xC2\x80", true, 0x80, 2},
      {"\xDF\xBF", true, 0x7FF, 2},
      {"\xE0\xA0\x80", true, 0x800, 3},
      {"\xE0\xBF\xBF", true, 0xFFF, 3},
      {"\xE1\x80\x80", true, 0x1000, 3},
      {"\xEC\xBF\xBF", true, 0xCFFF, 3},
      {"\xED\x80\x80", true, 0xD000, 3},
      {"\xED\x9F\xBF", true, 0xD7FF, 3},
      {"\xEE\x80\x80", true, 0xE000, 3},
      {"\xEF\xBF\xBF", true, 0xFFFF, 3},
      {"\xF0\x90\x80\x80", true, 0x10000, 4},
      {"\xF3\xBF\xBF\xBF", true, 0xFFFFF, 4},
      {"\xF4\x8F\xBF\xBF", true, 0x10FFFF, 4},
      {"\x80", false, 0xFFFD, 1},              // a continuation alone
      {"\xC0\x80", false, 0xFFFD, 1},          // overlong
      {"\xC1\xBF", false, 0xFFFD, 1},          // overlong
      {"\xE0\x9F\xBF", false, 0xFFFD, 1},      // overlong
      {"\xF0\x8F\xBF\xBF", false, 0xFFFD, 1},  // overlong
      {"\xED\xA0\x80", false, 0xFFFD, 1},      // a surrogate
      {"\xED\xBF\xBF", false, 0xFFFD, 1},      // a surrogate
      {"\xF4\x90\x80\x80", false, 0xFFFD, 1},  // above U+10FFFF
      {"\xF5\x80\x80\x80", false, 0xFFFD, 1},
      {"\xFF", false, 0xFFFD, 1},
      {"\xC2", false, 0xFFFD, 1},          // cut off
      {"\xE1\x80", false, 0xFFFD, 1},      // cut off
      {"\xF1\x80\x80", false, 0xFFFD, 1},  // cut off
      {"\xC2\x41", false, 0xFFFD, 1},
      {"\xE1\x80\x41", false, 0xFFFD, 1},
      {"\xF1\x80\x80\xC0", false, 0xFFFD, 1},
  };
  for (const DecodeCase& one : cases) {
    const CodePoint point = DecodeUtf8(one.bytes);
    SCOPED_TRACE(Escape(one.bytes));
    EXPECT_EQ(point.valid, one.valid);
    EXPECT_EQ(point.value, one.value);
    EXPECT_EQ(point.size, one.size);
    EXPECT_EQ(FindInvalidUtf8(one.bytes).has_value(), !one.valid);
  }
}

TEST(DecodeUtf8Test, ReadsEveryCodePointBack) {
  for (char32_t value = 0; value <= 0x10FFFF; ++value) {
    if (value >= 0xD800 && value <= 0xDFFF) continue;
    std::string bytes;
    const auto put = [&](char32_t bits) { bytes += static_cast<char>(bits); };
    if (value < 0x80) {
      put(value);
    } else if (value < 0x800) {
      put(0xC0 | (value >> 6));
      put(0x80 | (value & 0x3F));
    } else if (value < 0x10000) {
      put(0xE0 | (value >> 12));
      put(0x80 | ((value >> 6) & 0x3F));
      put(0x80 | (value & 0x3F));
    } else {
      put(0xF0 | (value >> 18));
      put(0x80 | ((value >> 12) & 0x3F));
      put(0x80 | ((value >> 6) & 0x3F));
      put(0x80 | (value & 0x3F));
    }
    const CodePoint point = DecodeUtf8(bytes + "x");
    ASSERT_TRUE(point.valid && point.value == value && point.size == bytes.size())
        << "U+" << std::hex << static_cast<unsigned>(value);
  }
}

TEST(FindInvalidUtf8Test, GivesTheFirstBadByte) {
  EXPECT_EQ(FindInvalidUtf8("ab\xC3\xA9\xFFz"), 4u);
  EXPECT_EQ(FindInvalidUtf8("ab\xC3\xA9"), std::nullopt);
  EXPECT_EQ(FindInvalidUtf8(""), std::nullopt);
}

TEST(EscapeTest, ShowsWhatSteersATerminal) {
  EXPECT_EQ(Escape("\x1B[2J"), "\\x1b[2J");
  EXPECT_EQ(Escape("a\r\nb\tc"), "a\\x0d\\nb\\tc");
  EXPECT_EQ(Escape("\x7F"), "\\x7f");
  EXPECT_EQ(Escape("\xC2\x9B"), "\\u{009b}");           // a C1 control: CSI in one character
  EXPECT_EQ(Escape("\xE2\x80\xAE"), "\\u{202e}");       // right-to-left override
  EXPECT_EQ(Escape("\xE2\x80\x8B"), "\\u{200b}");       // zero width space
  EXPECT_EQ(Escape("\xE2\x80\xA8"), "\\u{2028}");       // line separator
  EXPECT_EQ(Escape("\xEF\xBB\xBF"), "\\u{feff}");       // byte order mark
  EXPECT_EQ(Escape("\xF3\xA0\x81\x81"), "\\u{e0041}");  // a tag character
  EXPECT_EQ(Escape("\xFF\xC3"), "\\xff\\xc3");
}

TEST(PlainSizeTest, StopsAtTheFirstByteThatIsNotPrintableAscii) {
  for (int byte = 0; byte < 256; ++byte) {
    const bool plain = byte >= ' ' && byte <= '~';
    for (std::size_t at = 0; at < 20; ++at) {
      std::string text(20, at % 2 == 0 ? ' ' : '~');
      text[at] = static_cast<char>(byte);
      EXPECT_EQ(PlainSize(text), plain ? 20u : at) << byte;
      EXPECT_EQ(PlainSize(std::string_view(text).substr(0, at)), at);
    }
  }
}

TEST(EscapeTest, LeavesTextAlone) {
  EXPECT_EQ(Escape("na\xC3\xAFve \\n `x` \xF0\x9F\x98\x80"),
            "na\xC3\xAFve \\n `x` \xF0\x9F\x98\x80");
  EXPECT_EQ(Escape(""), "");
}

TEST(EscapeTest, GivesOnlySafeText) {
  for (int a = 0; a < 256; ++a) {
    for (int b = 0; b < 256; ++b) {
      const std::string escaped = Escape(std::string{static_cast<char>(a), static_cast<char>(b)});
      ASSERT_FALSE(FindInvalidUtf8(escaped).has_value()) << a << " " << b;
      for (std::string_view rest = escaped; !rest.empty();) {
        const CodePoint point = DecodeUtf8(rest);
        ASSERT_FALSE(IsUnsafe(point.value)) << a << " " << b;
        rest.remove_prefix(point.size);
      }
    }
  }
}

TEST(DisplayWidthTest, KnowsWideAndCombiningCharacters) {
  EXPECT_EQ(DisplayWidth('a'), 1);
  EXPECT_EQ(DisplayWidth(0x00E9), 1);
  EXPECT_EQ(DisplayWidth(0x0301), 0);   // combining acute
  EXPECT_EQ(DisplayWidth(0xFE0F), 0);   // variation selector
  EXPECT_EQ(DisplayWidth(0x4E2D), 2);   // a Chinese character
  EXPECT_EQ(DisplayWidth(0xAC00), 2);   // Hangul
  EXPECT_EQ(DisplayWidth(0x1F600), 2);  // grinning face
}

TEST(SuggestTest, NamesTheNearest) {
  const std::array<std::string_view, 4> words{"--network", "--net-alias", "--read-only", "--rm"};
  EXPECT_EQ(Suggest("--netwrok", words), "--network");
  EXPECT_EQ(Suggest("--readonly", words), "--read-only");
  EXPECT_EQ(Suggest("--rm", words), "--rm");
  EXPECT_EQ(Suggest("--privileged", words), "");
  EXPECT_EQ(Suggest("", words), "");
  EXPECT_EQ(Suggest("x", {}), "");
  EXPECT_EQ(Suggest(std::string(65, 'x'), words), "");
}

TEST(SuggestTest, AShortWordHasNearNeighboursOnly) {
  const std::array<std::string_view, 2> words{"ab", "zz"};
  EXPECT_EQ(Suggest("ac", words), "ab");
  EXPECT_EQ(Suggest("ba", words), "ab");  // a swap counts as one
  EXPECT_EQ(Suggest("xy", words), "");
}

TEST(CaseTest, ChangesAsciiOnly) {
  EXPECT_EQ(ToLower("AbZ-\xC3\x89"), "abz-\xC3\x89");
  EXPECT_EQ(ToUpper("abz_1"), "ABZ_1");
}

TEST(SplitTest, KeepsEmptyParts) {
  EXPECT_EQ(Split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
  EXPECT_EQ(Split("", ','), (std::vector<std::string_view>{""}));
}

TEST(TrimTest, TakesBlanksOffBothEnds) {
  EXPECT_EQ(Trim(" \t\r\na b\n "), "a b");
  EXPECT_EQ(Trim(" \n"), "");
}

TEST(ShellQuoteTest, QuotesOnlyWhereNeeded) {
  EXPECT_EQ(ShellQuote("a-b/c:d=e,f@g%h+i.j_K9"), "a-b/c:d=e,f@g%h+i.j_K9");
  EXPECT_EQ(ShellQuote(""), "''");
  EXPECT_EQ(ShellQuote("a b"), "'a b'");
  EXPECT_EQ(ShellQuote("$X"), "'$X'");
  EXPECT_EQ(ShellQuote("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellQuote("~"), "'~'");
  EXPECT_EQ(ShellQuote("*"), "'*'");
}

}  // namespace
}  // namespace cagelint::base
