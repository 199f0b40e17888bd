#include "linter/syntax/makefile.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace cagelint::syntax {
namespace {

std::string Text(std::string_view bytes, const base::Span& span) {
  return std::string(bytes.substr(span.begin, span.Size()));
}

// `NAME OPERATION VALUE`, with a `?` in front where it is conditional.
std::vector<std::string> Assignments(std::string_view bytes) {
  std::vector<std::string> out;
  for (const MakeAssignment& one : ParseMakefile(bytes, 0).assignments)
    out.push_back((one.conditional ? "?" : "") + one.name + " " + one.operation + " " +
                  Text(bytes, one.value));
  return out;
}

std::vector<std::string> Lines(std::string_view bytes) {
  std::vector<std::string> out;
  for (const MakeRule& rule : ParseMakefile(bytes, 0).rules)
    for (const MakeRecipeLine& line : rule.lines)
      out.push_back(rule.targets + "|" + Text(bytes, line.span));
  return out;
}

using Strings = std::vector<std::string>;

TEST(MakefileTest, Assignments) {
  EXPECT_EQ(Assignments("A = b # c\nB:=x\nC ::= y\nD?=z\nE += 1\nF != ls\n"),
            (Strings{"A = b", "B := x", "C := y", "D ?= z", "E += 1", "F != ls"}));
  EXPECT_EQ(Assignments("export override A = b\n  X = \\# y\nY = $(shell echo '#') z\n"),
            (Strings{"A = b", "X = \\# y", "Y = $(shell echo '#') z"}));
  EXPECT_EQ(Assignments("ifdef X\nA = b\nelse\nA = c\nendif\nt: B = d\nC = e\n"),
            (Strings{"?A = b", "?A = c", "?B = d", "C = e"}));
  EXPECT_EQ(Assignments("define x =\nA = b\ndefine y\nendef\nendef\nC = e\r\n"),
            (Strings{"x define A = b\ndefine y\nendef", "C = e"}));
  EXPECT_EQ(Assignments("A = b \\\n  c\n"), (Strings{"A = b \\\n  c"}));
}

TEST(MakefileTest, Recipes) {
  EXPECT_EQ(Lines("a b: c\n\tx\n\n# no end\n\ty \\\n\tz\nV = 1\n\tnot a recipe\n"),
            (Strings{"a b|x", "a b|y \\\n\tz"}));
  EXPECT_EQ(Lines("a: b; x # y\n\tz\r\nc:: ; @w\r\n"), (Strings{"a| x # y", "a|z", "c| @w"}));
  EXPECT_EQ(Lines(".RECIPEPREFIX = >\na: $(x:a=b)\n> x\n\ty\n"), (Strings{"a| x"}));
  EXPECT_EQ(Lines("a:\n\tx\nifdef Y\n\ty\nendif\n"), (Strings{"a|x", "a|y"}));
  EXPECT_EQ(Lines("\tx\ninclude y\na:\n"), Strings{});
}

TEST(MakefileTest, References) {
  EXPECT_EQ(MakeReferenceEnd("$(a$(b))c", 0), 8u);
  EXPECT_EQ(MakeReferenceEnd("$@x", 0), 2u);
  EXPECT_EQ(MakeReferenceEnd("$", 0), 1u);
  EXPECT_EQ(MakeReferenceEnd("${a", 0), std::string_view::npos);
}

TEST(MakefileTest, WhatIsNeverClosed) {
  EXPECT_TRUE(ParseMakefile("define x\na\n", 0).unclosed.IsValid());
  EXPECT_TRUE(ParseMakefile("ifdef x\n", 0).unclosed.IsValid());
  EXPECT_FALSE(ParseMakefile("endif\nendef\nelse\n", 0).unclosed.IsValid());
}

// As documents show them that lost their tabs.
TEST(MakefileTest, BlanksInsteadOfTabs) {
  const MakeTree lost = ParseMakefile("a: b\n    A=b docker run x\n    y:z\nB = c\n", 0);
  ASSERT_EQ(lost.rules.size(), 1U);
  EXPECT_EQ(lost.rules[0].lines.size(), 2U);
  EXPECT_EQ(lost.assignments.size(), 1U);
  const MakeTree whole = ParseMakefile("a: b\n\tx\n    A = b\n", 0);
  EXPECT_EQ(whole.rules[0].lines.size(), 1U);
  EXPECT_EQ(whole.assignments.size(), 1U);
}

}  // namespace
}  // namespace cagelint::syntax
