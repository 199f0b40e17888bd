// What must be refused, in bounded time.
#include <string>

#include <gtest/gtest.h>

#include "linter/syntax/yaml.h"
#include "linter/syntax/yaml_events.h"

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

TEST(YamlHostile, WhatOneParserAcceptsIsNotEnough) {
  // yaml-cpp swallows the rest of the file, and `privileged` with it.
  EXPECT_TRUE(ErrorOf("a: \"b\nprivileged: true\n").certain);
  EXPECT_TRUE(ErrorOf("a: 'b\nprivileged: true\n").certain);
  ErrorOf("a: *nowhere\n");
  ErrorOf("a: @b\n");
  ErrorOf("a:\n\tb: 1\n");
  ErrorOf("a: b: c\n");
  ErrorOf("a: [1\n");
}

TEST(YamlHostile, WhatTheRealLoaderAcceptsIsNotCertain) {
  EXPECT_FALSE(ErrorOf("a:\n  b: [\n  1,\n]\n").certain);
}

TEST(YamlHostile, AStrayCommaEnds) {
  ErrorOf(", a\n");
  EXPECT_TRUE(ReadYamlEvents(", a\n").failure.has_value());
}

TEST(YamlHostile, DepthIsBounded) {
  EXPECT_TRUE(ErrorOf(Repeated("[", 300) + Repeated("]", 300)).limit);
  ErrorOf(Repeated("- ", 300) + "a\n");
  ErrorOf(Repeated("[", 100000));
  ErrorOf(Repeated("{a: ", 100000));
  ErrorOf(Repeated("- ", 100000));
  EXPECT_TRUE(ParseYaml(Repeated("[", 150) + Repeated("]", 150), 0).errors.empty());
}

TEST(YamlHostile, LinesAreBounded) {
  EXPECT_TRUE(ParseYaml(Repeated("a\n", 1) + Repeated("# b\n", 30000), 0).errors.empty());
  EXPECT_TRUE(ErrorOf("a: 1\n" + Repeated("# b\n", 33000)).limit);
}

TEST(YamlHostile, AnAliasMayStandForWhatHoldsIt) {
  const Tree tree = ParseYaml("&a [*a]\n", 0);
  ASSERT_TRUE(tree.errors.empty());
  const NodeId root = tree.documents[0];
  EXPECT_EQ(tree.At(tree.At(root).items[0]).target, root);
}

}  // namespace
}  // namespace cagelint::syntax
