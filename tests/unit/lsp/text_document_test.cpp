#include "linter/lsp/text_document.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/lsp/surrogates.h"

namespace cagelint::lsp {
namespace {

constexpr auto kUtf16 = PositionEncoding::kUtf16;
constexpr auto kUtf8 = PositionEncoding::kUtf8;
constexpr auto kUtf32 = PositionEncoding::kUtf32;

// The text as a client has it: UTF-16, in which anything can be cut.
std::u16string Wide(std::string_view wtf8) {
  std::u16string out;
  for (std::size_t at = 0; at < wtf8.size();) {
    const std::string_view rest = wtf8.substr(at);
    const auto bits = [&](std::size_t i) { return static_cast<char32_t>(rest[i]) & 0x3FU; };
    const auto first = static_cast<unsigned char>(rest[0]);
    if (first < 0x80) {
      out += static_cast<char16_t>(first);
      at += 1;
    } else if (first < 0xE0) {
      out += static_cast<char16_t>(((first & 0x1FU) << 6U) | bits(1));
      at += 2;
    } else if (first < 0xF0) {
      out += static_cast<char16_t>(((first & 0x0FU) << 12U) | (bits(1) << 6U) | bits(2));
      at += 3;
    } else {
      const char32_t point =
          ((first & 0x07U) << 18U) | (bits(1) << 12U) | (bits(2) << 6U) | bits(3);
      out += static_cast<char16_t>(0xD800 + ((point - 0x10000) >> 10U));
      out += static_cast<char16_t>(0xDC00 + ((point - 0x10000) & 0x3FFU));
      at += 4;
    }
  }
  return out;
}

std::size_t WideOffset(const std::u16string& text, LspPosition position) {
  std::size_t at = 0;
  for (std::uint32_t line = 0; line < position.line; ++line) {
    at = text.find_first_of(u"\r\n", at);
    if (at == std::u16string::npos) return text.size();
    at += text.compare(at, 2, u"\r\n") == 0 ? 2 : 1;
  }
  const std::size_t end = std::min(text.find_first_of(u"\r\n", at), text.size());
  return std::min(at + position.character, end);
}

TEST(TextDocument, EditsAreMadeWhereTheEncodingSays) {
  // é is two bytes, 🤖 four, and two units of UTF-16.
  for (const auto& [encoding, character] : {std::pair(kUtf16, 3U), {kUtf8, 6U}, {kUtf32, 2U}}) {
    TextDocument text("a\r\n\u00e9\U0001F916bc\n");
    text.Replace({1, character}, {1, character + 1}, "X", encoding);
    EXPECT_EQ(text.Bytes(), "a\r\n\u00e9\U0001F916Xc\n");
    EXPECT_EQ(text.OffsetAt({1, character}, encoding), 9u);
  }
}

TEST(TextDocument, PlacesThatAreNotThereAreClamped) {
  TextDocument text("ab\r\ncd");
  text.Replace({0, 99}, {0, 99}, "!", kUtf16);
  EXPECT_EQ(text.Bytes(), "ab!\r\ncd");
  text.Replace({77, 0}, {88, 12}, "?", kUtf16);
  EXPECT_EQ(text.Bytes(), "ab!\r\ncd?");
  text.Replace({1, 1}, {0, 1}, "", kUtf16);
  EXPECT_EQ(text.Bytes(), "ad?") << "the end in front of the begin";
  EXPECT_EQ(text.LineCount(), 1u);
}

TEST(TextDocument, LineEndsCanBeTornAndJoined) {
  TextDocument text("a\r\nb");
  text.Replace({0, 99}, {0, 99}, "\r", kUtf16);
  EXPECT_EQ(text.Bytes(), "a\r\r\nb");
  EXPECT_EQ(text.LineCount(), 3u);
  text.ReplaceAll("a\rb\n");
  EXPECT_EQ(text.LineCount(), 3u);
  text.Replace({1, 0}, {1, 1}, "", kUtf16);
  EXPECT_EQ(text.Bytes(), "a\r\n");
  EXPECT_EQ(text.LineCount(), 2u);
}

TEST(TextDocument, ACutPairIsWholeAgainWhenItsHalvesMeet) {
  TextDocument text("x\U0001F916y");
  text.Replace({0, 2}, {0, 2}, "-", kUtf16);
  EXPECT_EQ(text.Bytes(), "x\xED\xA0\xBE-\xED\xB4\x96y");
  EXPECT_EQ(text.Utf8(), "x\uFFFD-\uFFFDy");
  text.Replace({0, 2}, {0, 3}, "", kUtf16);
  EXPECT_EQ(text.Bytes(), "x\U0001F916y");
  text.Replace({0, 1}, {0, 2}, "", kUtf16);
  EXPECT_EQ(text.Bytes(), "x\xED\xB4\x96y");
  text.Replace({0, 1}, {0, 1}, "\xED\xA0\xBE", kUtf16);
  EXPECT_EQ(text.Bytes(), "x\U0001F916y");
}

// Against a client that keeps UTF-16, as most do.
TEST(TextDocument, RandomEditsGiveTheTextOfTheClient) {
  std::mt19937 random(20261130);
  const auto upto = [&](std::uint32_t most) {
    return static_cast<std::uint32_t>(random() % (most + 1));
  };
  const std::string_view pieces[] = {
      "",       "a",      "\n",         "\r",           "\r\n",        "key: ",
      "\u00e9", "\u20ac", "\U0001F916", "\xED\xA0\xBE", "\xED\xB4\x96"};
  for (int round = 0; round < 200; ++round) {
    TextDocument text("");
    std::u16string client;
    for (int i = 0; i < 100; ++i) {
      LspPosition begin{upto(6), upto(12)};
      LspPosition end{begin.line + upto(1), upto(12)};
      if (end < begin) std::swap(begin, end);
      std::string insert;
      for (std::uint32_t j = upto(3); j > 0; --j) insert += pieces[upto(10)];
      const std::size_t from = WideOffset(client, begin);
      client.replace(from, WideOffset(client, end) - from, Wide(insert));
      text.Replace(begin, end, insert, kUtf16);
      ASSERT_EQ(Wide(text.Bytes()), client) << round << ", edit " << i;
    }
    base::SourceSet sources;
    EXPECT_EQ(sources.Add("x", text.Utf8()).LineCount(), text.LineCount());
    EXPECT_EQ(JoinHalves(text.Bytes()), text.Bytes()) << "halves that meet are joined at once";
  }
}

TEST(Surrogates, HalvesInJsonComeThrough) {
  for (const auto& [json, wtf8] :
       {std::pair<std::string, std::string>{R"("\ud83e")", "\xED\xA0\xBE"},
        {R"("\udd16\ud83e")", "\xED\xB4\x96\xED\xA0\xBE"},
        {R"("\ud83e\udd16")", "\U0001F916"},
        {R"("\\ud83e")", "\\ud83e"},
        {R"("\ud83e\ud83e\udd16")", "\xED\xA0\xBE\U0001F916"},
        {"\"\U000F0000\\ud83e\"", "\U000F0000\xED\xA0\xBE"},
        {R"("\udb80\udc00\ud83e")", "\U000F0000\xED\xA0\xBE"}}) {
    const Replaced replaced = ReplaceHalves(json);
    // As a parser of JSON would decode it, which has no other escapes here.
    const std::string text = nlohmann::json::parse(replaced.json);
    EXPECT_EQ(RestoreHalves(text, replaced.block), wtf8) << json;
  }
}

}  // namespace
}  // namespace cagelint::lsp
