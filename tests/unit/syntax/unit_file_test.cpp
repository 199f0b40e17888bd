#include "linter/syntax/unit_file.h"

#include <gtest/gtest.h>

namespace cagelint::syntax {
namespace {

// The tokens, a letter each: `w` a word begins, `q` a quotation mark, `t` text, `e` an escape, `s`
// a specifier, `v` a variable, `V` any number of words; and what was wrong behind `!`.
std::string Tokens(std::string_view value, const UnitWordRules& rules = {}) {
  const UnitWords words = SplitUnitValue(value, rules);
  std::string out;
  for (const UnitToken& token : words.tokens) {
    out += "wqtesvV"[static_cast<std::size_t>(token.kind)];
    if (token.kind == UnitToken::Kind::kText)
      out += "(" + std::string(value.substr(token.begin, token.end - token.begin)) + ")";
    else if (!token.text.empty())
      out += "(" + token.text + ")";
  }
  return out + (words.message.empty() ? "" : "!");
}

// "section.key=value", a line each; `#` for a comment, `!` for an error.
std::string Entries(std::string_view text, UnitDialect dialect = UnitDialect::kSystemd) {
  const UnitFile file = ParseUnitFile(text, 0, dialect);
  std::string out;
  for (const UnitSection& section : file.sections)
    for (const UnitEntry& entry : section.entries)
      out += section.name + "." + entry.key + "=" + entry.value + "\n";
  return out + std::string(file.comments.size(), '#') + std::string(file.errors.size(), '!');
}

TEST(UnitFileTest, LinesAreJoined) {
  EXPECT_EQ(Entries("# c\n[A]\nX = a \\\n; c\n  # d\n\tb\\\nc\r\n\r\n[B]\nY=\n"),
            "A.X=a  b c\nB.Y=\n###");
  EXPECT_EQ(Entries("[A]\nX=a\\\n  b \\  \n c\\\\\nY=1", UnitDialect::kQuadlet), "A.X=ab c\\Y=1\n");
  EXPECT_EQ(Entries("[A]\nX=a\\\\\nY=b \\ \n"), "A.X=a\\\\\nA.Y=b \\\n");
  EXPECT_EQ(Entries("[A]\nX=a\\"), "A.X=a\n");
}

TEST(UnitFileTest, WhatIsNothingIsAnError) {
  EXPECT_EQ(Entries("X=a\n[A\n[]\n=b\nc\n[A] \nX=1"), "A.X=1\n!!!!!");
  EXPECT_EQ(Entries(""), "");
  EXPECT_EQ(Entries("\\"), "!");
}

TEST(UnitFileTest, ValuesKnowTheirPlace) {
  const std::string text = "[A]\nX=ab \\\n  cd\n";
  const UnitFile file = ParseUnitFile(text, 3, UnitDialect::kSystemd);
  const UnitEntry& entry = file.sections[0].entries[0];
  EXPECT_EQ(entry.value, "ab  cd");
  EXPECT_EQ(entry.places.ToOuter(0, 2), (base::Span{3, 6, 8}));
  EXPECT_EQ(entry.places.ToOuter(4, 6), (base::Span{3, 13, 15}));
  EXPECT_EQ(entry.places.ToOuter(3, 4), (base::Span{3, 9, 13}));
  EXPECT_EQ(entry.lines, (base::Span{3, 4, 16}));
  EXPECT_EQ(file.sections[0].end, 16u);
}

TEST(UnitWordsTest, QuotesAndEscapes) {
  EXPECT_EQ(Tokens("a  \"b c\"'d'"), "wt(a)wqt(b c)qqt(d)q");
  EXPECT_EQ(Tokens("\\x41\\101\\u00e4\\s\\n"), "we(A)e(A)e(ä)e( )e(\n)");
  EXPECT_EQ(Tokens("'\\''"), "wqe(')q");
  EXPECT_EQ(Tokens("a \\; ;"), "wt(a)we(;)wt(;)");
  EXPECT_EQ(Tokens("a \\q b"), "wt(a)w!");
  EXPECT_EQ(Tokens("a \"b"), "wt(a)wqt(b)!");
  EXPECT_EQ(Tokens("\\x4"), "w!");
  EXPECT_EQ(Tokens("\\q 'a b'", {.escapes = false}), "wt(\\q)wqt(a b)q");
  EXPECT_EQ(Tokens("a \"b\"", {.splits = false}), "wt(a )t(\"b)t(\")");
}

TEST(UnitWordsTest, SpecifiersAndVariables) {
  EXPECT_EQ(Tokens("%h/x%%%i%"), "ws(h)t(/x)e(%)s(i)t(%)");
  EXPECT_EQ(Tokens("$A x$B ${C}d $$E ${F"), "wV(A)wt(x)t($)t(B)wv(C)t(d)we($)t(E)wt($)t({F)");
  EXPECT_EQ(Tokens("$A ${B}", {.variables = false}), "wt($A)wt(${B})");
}

}  // namespace
}  // namespace cagelint::syntax
