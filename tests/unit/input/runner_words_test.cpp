#include "linter/input/runner_words.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace cagelint::input {
namespace {

std::vector<std::string> WordsOf(std::string text) {
  base::SourceSet sources;
  const base::Source& source = sources.Add("a", std::move(text));
  EmbeddedText whole(source);
  whole.Copy(0, source.Whole().end);
  std::vector<std::string> words;
  for (const RunnerWord& word : SplitRunnerWords(whole)) {
    EXPECT_FALSE(word.place.IsEmpty());
    words.push_back(word.content.Text());
  }
  return words;
}

using Words = std::vector<std::string>;

TEST(RunnerWordsTest, OnlyDoubleQuotesQuote) {
  EXPECT_EQ(WordsOf("  a\tb  "), (Words{"a", "b"}));
  EXPECT_EQ(WordsOf("a \"b c\"d ''"), (Words{"a", "b cd", "''"}));
  EXPECT_EQ(WordsOf("'a b'"), (Words{"'a", "b'"}));
  EXPECT_EQ(WordsOf("a\n b"), (Words{"a", "b"}));
  EXPECT_EQ(WordsOf("\"\" x"), (Words{"", "x"}));
  EXPECT_EQ(WordsOf(""), Words{});
}

TEST(RunnerWordsTest, BackslashesCountBeforeQuotes) {
  EXPECT_EQ(WordsOf(R"(a\b \\ "a\"b" \"x)"), (Words{R"(a\b)", R"(\\)", R"(a"b)", R"("x)"}));
  EXPECT_EQ(WordsOf(R"("a\\" b)"), (Words{R"(a\)", "b"}));
  EXPECT_EQ(WordsOf(R"("a""b")"), (Words{R"(a"b)"}));
  EXPECT_EQ(WordsOf("\"a b"), (Words{"a b"}));
}

TEST(RunnerWordsTest, QuotedWordsAreReadBack) {
  for (const std::string word : {"a", "", "a b", R"(a"b)", R"(a\)", R"(a \)", R"(a\"b c)", "--x=y"})
    EXPECT_EQ(WordsOf(QuoteRunnerWord(word)), Words{word}) << word;
}

}  // namespace
}  // namespace cagelint::input
