#include "linter/syntax/dockerfile.h"

#include <gtest/gtest.h>

namespace cagelint::syntax {
namespace {

// "KEYWORD arguments", a line each.
std::string Instructions(std::string_view text) {
  std::string out;
  for (const DockerInstruction& one : ParseDockerfile(text, 0).instructions)
    out += one.keyword + "|" + one.arguments + "\n";
  return out;
}

TEST(DockerfileTest, LinesAreJoined) {
  EXPECT_EQ(Instructions("from a\n  ENV A=1 \\  \n\n# note\n    B=2\r\nUSER x\\\\\nRUN y\\"),
            "FROM|a\nENV|A=1     B=2\nUSER|x\\\\\nRUN|y\n");
}

TEST(DockerfileTest, AnotherEscape) {
  EXPECT_EQ(Instructions("# syntax=x\n# Escape = `\nRUN a `\nb\nRUN c \\\nRUN d"),
            "RUN|a b\nRUN|c \\\nRUN|d\n");
  EXPECT_EQ(Instructions("\n# escape=`\nRUN a `\nb"), "RUN|a `\nB|\n");
}

TEST(DockerfileTest, HereDocumentsAreNoInstructions) {
  EXPECT_EQ(
      Instructions("RUN <<A <<-\"B\"\nUSER a\nA\nUSER b\n\tB\nUSER c\nCOPY <<E /x\nUSER d\nE"),
      "RUN|<<A <<-\"B\"\nUSER|c\nCOPY|<<E /x\n");
  EXPECT_EQ(Instructions("RUN a<<E\nUSER b\nENV X=<<E\nUSER c"),
            "RUN|a<<E\nUSER|b\nENV|X=<<E\nUSER|c\n");
}

TEST(DockerfileTest, ArgumentsKnowTheirPlace) {
  const Dockerfile file = ParseDockerfile("FROM a\nUSER  \\\n  me", 3);
  ASSERT_EQ(file.instructions.size(), 2U);
  EXPECT_EQ(file.instructions[1].arguments, "me");
  EXPECT_EQ(file.instructions[1].places.ToOuter(0, 2), (base::Span{3, 17, 19}));
}

TEST(DockerfileTest, AnythingIsTaken) {
  EXPECT_EQ(Instructions(""), "");
  EXPECT_EQ(Instructions("\\\n\\"), "|\n");
  EXPECT_EQ(Instructions("RUN <<"), "RUN|<<\n");
}

}  // namespace
}  // namespace cagelint::syntax
