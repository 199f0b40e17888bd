#include "linter/syntax/justfile.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace cagelint::syntax {
namespace {

using Strings = std::vector<std::string>;

std::string Text(std::string_view bytes, const base::Span& span) {
  return std::string(bytes.substr(span.begin, span.Size()));
}

Strings Assignments(std::string_view bytes) {
  Strings out;
  for (const JustAssignment& one : ParseJustfile(bytes, 0).assignments)
    out.push_back(one.name + " " + Text(bytes, one.value));
  return out;
}

// `NAME(PARAMETERS)|LINE`.
Strings Lines(std::string_view bytes) {
  Strings out;
  for (const JustRecipe& recipe : ParseJustfile(bytes, 0).recipes) {
    std::string head = recipe.name + "(";
    for (const JustParameter& one : recipe.parameters)
      head += (one.variadic ? "*" : "") + one.name + " ";
    for (const base::Span& line : recipe.lines) out.push_back(head + ")|" + Text(bytes, line));
  }
  return out;
}

TEST(JustfileTest, Assignments) {
  EXPECT_EQ(Assignments("a := 'b' # c\nexport b-c := x\r\nset export := true\n"),
            (Strings{"a 'b'", "b-c x"}));
  EXPECT_EQ(Assignments("a := '''\nb:\n  c\n'''\nd := (e +\n  f)\n"),
            (Strings{"a '''\nb:\n  c\n'''", "d (e +\n  f)"}));
  EXPECT_EQ(Assignments("export := 'a'\nset := 'b'\n"), (Strings{"export 'a'", "set 'b'"}));
}

TEST(JustfileTest, Recipes) {
  EXPECT_EQ(Lines("a b c='x:y' *d: e (f g)\n    x\n\n      y\n    z\nh:\n"),
            (Strings{"a(b c *d )|x", "a(b c *d )|  y", "a(b c *d )|z"}));
  EXPECT_EQ(Lines("@a $b=c:\r\n\tx\r\n# end\n\ty\n"), (Strings{"a(b )|x"}));
  EXPECT_EQ(Lines("alias a := b\nimport 'c:d'\nmod x\n  y\n"), Strings{});
}

TEST(JustfileTest, Strings) {
  EXPECT_EQ(JustString(R"("a\n\"b")"), "a\n\"b");
  EXPECT_EQ(JustString(R"('a\n')"), "a\\n");
  for (const char* other : {"'a' + 'b'", "\"\\q\"", "'''a'''", "'a\nb'", "a", "", "'", "`a`"})
    EXPECT_FALSE(JustString(other)) << other;
}

TEST(JustfileTest, WhatIsNeverClosed) {
  EXPECT_TRUE(ParseJustfile("a := 'b\n", 0).unclosed.IsValid());
}

TEST(JustfileTest, Terms) {
  using Terms = std::vector<std::string_view>;
  EXPECT_EQ(JustTerms("'a+b' + f(x / y)/c"), (Terms{"'a+b'", "+", "f(x / y)", "/", "c"}));
  EXPECT_EQ(JustTerms(" a "), (Terms{"a"}));
  EXPECT_EQ(JustTerms("\"a + b"), (Terms{"\"a + b"}));
}

}  // namespace
}  // namespace cagelint::syntax
