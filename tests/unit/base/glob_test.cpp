#include "linter/base/glob.h"

#include <string>

#include <gtest/gtest.h>

namespace cagelint::base {
namespace {

TEST(GlobTest, ANameMatchesAsShellsHaveIt) {
  EXPECT_TRUE(MatchesName("web", "web"));
  EXPECT_TRUE(MatchesName("web-*", "web-1"));
  EXPECT_TRUE(MatchesName("*-?b", "a-b-xb"));
  EXPECT_TRUE(MatchesName("**", ""));
  EXPECT_FALSE(MatchesName("web", "web-1"));
  EXPECT_FALSE(MatchesName("?", ""));
  EXPECT_FALSE(MatchesName("a*b", "abc"));
}

TEST(GlobTest, APatternWithoutASlashIsANameAnywhere) {
  EXPECT_TRUE(MatchesGlob("*.sh", "run.sh"));
  EXPECT_TRUE(MatchesGlob("*.sh", "a/b/run.sh"));
  EXPECT_TRUE(MatchesGlob("vendor", "a/vendor/b/run.sh"));
  EXPECT_TRUE(MatchesGlob("vendor/", "vendor/run.sh"));
  EXPECT_FALSE(MatchesGlob("*.sh", "run.sh.txt"));
}

TEST(GlobTest, OneWithASlashBeginsAtTheFolder) {
  EXPECT_TRUE(MatchesGlob("ci/*.sh", "ci/run.sh"));
  EXPECT_TRUE(MatchesGlob("./ci/run.sh", "ci/run.sh"));
  EXPECT_TRUE(MatchesGlob("ci/**", "ci/a/b.sh"));
  EXPECT_TRUE(MatchesGlob("**/x/*.sh", "x/run.sh"));
  EXPECT_TRUE(MatchesGlob("a/**/b", "a/b"));
  EXPECT_TRUE(MatchesGlob("a/b", "a/b/c/run.sh"));
  EXPECT_FALSE(MatchesGlob("ci/*.sh", "a/ci/run.sh"));
  EXPECT_FALSE(MatchesGlob("ci/*.sh", "ci/a/run.sh"));
  EXPECT_FALSE(MatchesGlob("", "run.sh"));
  EXPECT_FALSE(MatchesGlob("/", "run.sh"));
}

TEST(GlobTest, StarsTakeNoTime) {
  const std::string stars(5'000, '*');
  std::string pattern;
  for (int i = 0; i < 1'000; ++i) pattern += "a*";
  EXPECT_FALSE(MatchesName(pattern + "b", std::string(5'000, 'a')));
  EXPECT_TRUE(MatchesName(stars, std::string(5'000, 'a')));
}

}  // namespace
}  // namespace cagelint::base
