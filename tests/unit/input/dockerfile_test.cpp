#include "linter/input/dockerfile.h"

#include <gtest/gtest.h>

namespace cagelint::input {
namespace {

std::string Shown(const model::Setting<std::string>& setting) {
  if (setting.IsAbsent()) return "-";
  return setting.IsKnown() ? setting.value : "?";
}

// "user base"
std::string Facts(const std::string& text, const std::string& target = "",
                  const BuildArguments& arguments = {}) {
  const syntax::Dockerfile file = syntax::ParseDockerfile(text, 0);
  const DockerfileFacts facts = ReadDockerfile(file, target, arguments);
  return Shown(facts.user) + " " + Shown(facts.base);
}

TEST(DockerfileFactsTest, TheLastUserCounts) {
  EXPECT_EQ(Facts("FROM a\nUSER root\nUSER me"), "me a");
  EXPECT_EQ(Facts("FROM a\nRUN x"), "- a");
  EXPECT_EQ(Facts("USER x\nFROM a\nUSER \"m e\""), "m e a");
  EXPECT_EQ(Facts(""), "- -");
}

TEST(DockerfileFactsTest, StagesAreMadeFromStages) {
  const std::string file =
      "FROM a AS One\nUSER one\nFROM one as two\nENV X=y\nFROM b\nUSER b\nFROM TWO\nUSER $X";
  EXPECT_EQ(Facts(file), "y a");
  EXPECT_EQ(Facts(file, "two"), "one a");
  EXPECT_EQ(Facts(file, "2"), "b b");
  EXPECT_EQ(Facts(file, "gone"), "- -");
  EXPECT_EQ(Facts("FROM a AS a\nFROM a AS b"), "- a");
}

TEST(DockerfileFactsTest, Arguments) {
  const std::string file = "ARG V=1\nFROM --platform=x a:$V\nARG WHO=me\nARG V\nUSER ${WHO}$V";
  EXPECT_EQ(Facts(file), "me1 a:1");
  EXPECT_EQ(Facts(file, "", {{"V", "2"}, {"WHO", "you"}}), "you2 a:2");
  EXPECT_EQ(Facts(file, "", {{"WHO", std::nullopt}}), "? a:1");
  // Of no use where the stage does not declare it.
  EXPECT_EQ(Facts("ARG V=1\nFROM a\nUSER u$V"), "? a");
  EXPECT_EQ(Facts("FROM a\nARG V=1\nENV V=2\nUSER $V"), "2 a");
  EXPECT_EQ(Facts("FROM $NONE"), "- ?");
}

TEST(DockerfileFactsTest, VariablesHaveDefaults) {
  EXPECT_EQ(Facts("FROM a\nENV E= F=f\nUSER ${E:-x}${E-y}${F:+z}${F:-w}"), "xzf a");
  EXPECT_EQ(Facts("FROM a\nENV F=f\nUSER '$F'\\$F"), "$F$F a");
  EXPECT_EQ(Facts("FROM a\nENV F the rest\nUSER $F"), "the rest a");
  // The image below may have set it.
  EXPECT_EQ(Facts("FROM a\nUSER ${NONE:-x}"), "? a");
  EXPECT_EQ(Facts("FROM a\nENV F=f\nUSER ${F#f}"), "? a");
}

TEST(DockerfileFactsTest, GrowthIsBounded) {
  std::string file = "FROM a\nENV A=aaaaaaaaaa\n";
  for (int i = 0; i < 100; ++i) file += "ENV A=$A$A$A$A\n";
  EXPECT_EQ(Facts(file + "USER $A"), "? a");
  std::string stages = "FROM a AS s0\nUSER u\n";
  for (int i = 0; i < 1000; ++i)
    stages += "FROM s" + std::to_string(i) + " AS s" + std::to_string(i + 1) + "\n";
  EXPECT_EQ(Facts(stages + "USER $A"), "? a");
}

}  // namespace
}  // namespace cagelint::input
