// What must be refused, in bounded time.
#include <string>

#include <gtest/gtest.h>

#include "linter/syntax/yaml.h"

namespace cagelint::syntax {
namespace {

std::string Repeated(const std::string& text, int times) {
  std::string out;
  for (int i = 0; i < times; ++i) out += text;
  return out;
}

SyntaxError ErrorOf(const std::string& bytes) {
  const Tree tree = ParseYaml(bytes, 0);
  EXPECT_FALSE(tree.errors.empty()) << bytes.substr(0, 60);
  return tree.errors.empty() ? SyntaxError{} : tree.errors[0];
}

TEST(YamlHostile, WhatComposeRefusesIsRefused) {
  // Of what is not closed, the place is where it begins.
  EXPECT_EQ(ErrorOf("a: \"b\nprivileged: true\n").span.begin, 3u);
  EXPECT_EQ(ErrorOf("a: 'b\nprivileged: true\n").span.begin, 3u);
  EXPECT_EQ(ErrorOf("a: *nowhere\n").span.begin, 3u);
  ErrorOf("a: @b\n");
  ErrorOf("a:\n\tb: 1\n");
  ErrorOf("a: b: c\n");
  ErrorOf("a: [1\n");
}

TEST(YamlHostile, WhatComposeReadsIsRead) {
  EXPECT_TRUE(ParseYaml("a:\n  b: [\n  1,\n]\n", 0).errors.empty());
  EXPECT_TRUE(ParseYaml("a: 'b\nc'\n", 0).errors.empty());
}

TEST(YamlHostile, ErrorsSayWhatComposeSays) {
  EXPECT_EQ(ErrorOf("a:\n\tb: 1\n").message,
            "is not valid YAML: found character that cannot start any token while scanning for the "
            "next token");
  ErrorOf(", a\n");
}

// Each of these was compared with go-yaml 3.0.4, which compose uses: it refuses what libyaml reads.
TEST(YamlHostile, WhatGoYamlAloneRefusesIsRefused) {
  for (const char* bytes :
       {"a: \"b\\/c\"\n", "a: [b?c]\n", "a: [http://x/?y]\n", "a: {b: c?}\n", "a: {b ?c: 1}\n"}) {
    EXPECT_TRUE(ErrorOf(bytes).certain) << bytes;
  }
  EXPECT_TRUE(ParseYaml("a: http://x/?y\nb: [\"x?y\"]\nc: \"\\\\/\"\n", 0).errors.empty());
}

// And here it is libyaml that does not read what go-yaml reads.
TEST(YamlHostile, WhatGoYamlReadsIsNotCertain) {
  for (const char* bytes :
       {"a: !b,c d\n", "a: [!b, c]\n", "{a::, b: }\n", "\t# c\na: 1\n", "a: \"it\\'s\"\n",
        "a: 1\n\xEF\xBB\xBF"
        "b: 2\n"}) {
    EXPECT_FALSE(ErrorOf(bytes).certain) << bytes;
  }
}

TEST(YamlHostile, DepthIsBounded) {
  EXPECT_TRUE(ErrorOf(Repeated("[", 300) + Repeated("]", 300)).limit);
  EXPECT_TRUE(ErrorOf(Repeated("- ", 300) + "a\n").limit);
  EXPECT_TRUE(ErrorOf(Repeated("[", 100000)).limit);
  EXPECT_TRUE(ErrorOf(Repeated("{a: ", 100000)).limit);
  EXPECT_TRUE(ErrorOf(Repeated("- ", 100000)).limit);
  EXPECT_TRUE(ErrorOf(Repeated("? ", 100000)).limit);
  EXPECT_TRUE(ParseYaml(Repeated("[", 150) + Repeated("]", 150), 0).errors.empty());
}

TEST(YamlHostile, ValuesAreBoundedAndLinesAreNot) {
  EXPECT_TRUE(ErrorOf("a: [" + Repeated("b,", 250000) + "]\n").limit);
  EXPECT_TRUE(ParseYaml("a: 1\n" + Repeated("# b\n", 200000), 0).errors.empty());
}

TEST(YamlHostile, DirectivesAreBounded) {
  std::string bytes;
  for (int i = 0; i < 100000; ++i) bytes += "%TAG !a" + std::to_string(i) + "! tag:x:\n";
  EXPECT_TRUE(ErrorOf(bytes + "--- a\n").limit);
}

TEST(YamlHostile, AnAliasMayStandForWhatHoldsIt) {
  const Tree tree = ParseYaml("&a [*a]\n", 0);
  ASSERT_TRUE(tree.errors.empty());
  const NodeId root = tree.documents[0];
  EXPECT_EQ(tree.At(tree.At(root).items[0]).target, root);
}

}  // namespace
}  // namespace cagelint::syntax
