#include "linter/base/ignore_rules.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

namespace cagelint::base {
namespace {

constexpr std::uint64_t kPlenty = 1'000'000;

Ignored Ask(std::string_view rules, std::string_view path, bool is_directory = false) {
  MatchBudget budget{kPlenty};
  return IgnoreRules(rules).Ask(path, is_directory, budget);
}

TEST(IgnoreRulesTest, LastPatternDecides) {
  EXPECT_EQ(Ask("*.yaml\n!compose.yaml\n", "compose.yaml"), Ignored::kNo);
  EXPECT_EQ(Ask("!compose.yaml\n*.yaml\n", "compose.yaml"), Ignored::kYes);
  EXPECT_EQ(Ask("*.yaml\n", "run.sh"), Ignored::kUnsaid);
}

TEST(IgnoreRulesTest, SlashesAnchor) {
  EXPECT_EQ(Ask("a.sh\n", "x/y/a.sh"), Ignored::kYes);
  EXPECT_EQ(Ask("/a.sh\n", "x/a.sh"), Ignored::kUnsaid);
  EXPECT_EQ(Ask("x/a.sh\n", "x/a.sh"), Ignored::kYes);
  EXPECT_EQ(Ask("x/a.sh\n", "y/x/a.sh"), Ignored::kUnsaid);
  EXPECT_EQ(Ask("**/x/*.sh\n", "y/z/x/a.sh"), Ignored::kYes);
  EXPECT_EQ(Ask("x/**\n", "x/y/z"), Ignored::kYes);
  EXPECT_EQ(Ask("x/**\n", "x", true), Ignored::kUnsaid);
  EXPECT_EQ(Ask("x/**/z\n", "x/z"), Ignored::kYes);
}

TEST(IgnoreRulesTest, FoldersOnly) {
  EXPECT_EQ(Ask("build/\n", "build", true), Ignored::kYes);
  EXPECT_EQ(Ask("build/\n", "build", false), Ignored::kUnsaid);
}

TEST(IgnoreRulesTest, LinesOfAFile) {
  EXPECT_EQ(Ask("# a.sh\n", "# a.sh"), Ignored::kUnsaid);
  EXPECT_EQ(Ask("\\#a\n", "#a"), Ignored::kYes);
  EXPECT_EQ(Ask("a.sh  \r\n", "a.sh"), Ignored::kYes);
  EXPECT_EQ(Ask("a\\ \n", "a "), Ignored::kYes);
  EXPECT_EQ(Ask("\xEF\xBB\xBF"
                "a",
                "a"),
            Ignored::kYes);
  EXPECT_EQ(Ask("\n\n/\n", "a"), Ignored::kUnsaid);
}

TEST(IgnoreRulesTest, Sets) {
  EXPECT_EQ(Ask("[a-c]x", "bx"), Ignored::kYes);
  EXPECT_EQ(Ask("[!a-c]x", "bx"), Ignored::kUnsaid);
  EXPECT_EQ(Ask("[]-]x", "]x"), Ignored::kYes);
  EXPECT_EQ(Ask("[[:digit:]]x", "7x"), Ignored::kYes);
  EXPECT_EQ(Ask("[[:nope:]]x", "7x"), Ignored::kUnsaid);
  EXPECT_EQ(Ask("[a", "[a"), Ignored::kUnsaid);
}

// A stranger's patterns cost what they may, and then say nothing: the file is looked at.
TEST(IgnoreRulesTest, GivesUpWhereItTakesTooLong) {
  std::string rules;
  for (int i = 0; i < 1000; ++i) rules += "*a*a*a*a*a*a*a*a*b\n";
  rules += "*\n";
  MatchBudget budget{100'000};
  EXPECT_EQ(IgnoreRules("*\n" + rules).Ask(std::string(200, 'a') + "c", false, budget),
            Ignored::kYes);  // the last line decides at once
  const std::string last_is_slow = "*\n" + rules.substr(0, rules.size() - 2);
  budget.steps = 100'000;
  EXPECT_EQ(IgnoreRules(last_is_slow).Ask(std::string(200, 'a') + "c", false, budget),
            Ignored::kUnsaid);
  EXPECT_EQ(budget.steps, 0U);
}

}  // namespace
}  // namespace cagelint::base
