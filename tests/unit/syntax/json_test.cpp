#include "linter/syntax/json.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "linter/base/source.h"

namespace cagelint::syntax {
namespace {

struct Parsed {
  Parsed(std::string text, const JsonOptions& options)
      : tree(ParseJson(sources.Add("x.json", std::move(text)), options)) {}

  base::SourceSet sources;
  Tree tree;
  const Node& Root() const { return tree.At(tree.documents.at(0)); }
  std::string_view Text(const Node& node) const { return sources.Text(node.span); }
};

Parsed Parse(std::string text, const JsonOptions& options = {}) {
  return {std::move(text), options};
}

TEST(JsonTest, EveryKeyAndValueHasItsPlace) {
  const Parsed p = Parse(R"({"a": [1, -2.5e3, true, null, "x"], "b" : {"c":"d"}})");
  ASSERT_TRUE(p.tree.errors.empty());
  const Node& root = p.Root();
  ASSERT_EQ(root.entries.size(), 2u);
  EXPECT_EQ(p.Text(p.tree.At(root.entries[0].key)), "\"a\"");
  const Node& list = p.tree.At(root.entries[0].value);
  EXPECT_EQ(p.Text(list), R"([1, -2.5e3, true, null, "x"])");
  ASSERT_EQ(list.items.size(), 5u);
  EXPECT_EQ(p.Text(p.tree.At(list.items[0])), "1");
  EXPECT_EQ(p.Text(p.tree.At(list.items[1])), "-2.5e3");
  EXPECT_EQ(p.Text(p.tree.At(list.items[2])), "true");
  EXPECT_EQ(p.Text(p.tree.At(list.items[3])), "null");
  EXPECT_TRUE(p.tree.At(list.items[3]).IsNull());
  EXPECT_EQ(p.Text(p.tree.At(list.items[4])), "\"x\"");
  EXPECT_EQ(p.Text(p.tree.At(root.entries[1].value)), R"({"c":"d"})");
  EXPECT_EQ(p.Text(root).size(), p.sources.Get(0).Bytes().size());
}

TEST(JsonTest, StringsAreDecodedAndKeepTheirWrittenPlace) {
  const Parsed p = Parse(R"(["a\"b\\", "\u00e9A", "", "next"])");
  const Node& root = p.Root();
  EXPECT_EQ(p.tree.At(root.items[0]).text, "a\"b\\");
  EXPECT_EQ(p.Text(p.tree.At(root.items[0])), R"("a\"b\\")");
  EXPECT_EQ(p.tree.At(root.items[1]).text,
            "\xC3\xA9"
            "A");
  EXPECT_EQ(p.Text(p.tree.At(root.items[2])), "\"\"");
  EXPECT_TRUE(InsideQuotes(p.tree.At(root.items[2])).IsEmpty());
  EXPECT_EQ(p.sources.Text(InsideQuotes(p.tree.At(root.items[3]))), "next");
}

TEST(JsonTest, NumbersStayAsWritten) {
  const Parsed p = Parse("[18446744073709551615, 0, -0, 1E2]");
  const Node& root = p.Root();
  EXPECT_EQ(p.tree.At(root.items[0]).text, "18446744073709551615");
  EXPECT_EQ(p.tree.At(root.items[0]).style, ScalarStyle::kNumber);
  EXPECT_EQ(p.tree.At(root.items[2]).text, "-0");
  EXPECT_EQ(p.tree.At(root.items[3]).text, "1E2");
}

TEST(JsonTest, RepeatedKeysAreKept) {
  const Parsed p = Parse(R"({"a":1,"a":2})");
  ASSERT_EQ(p.Root().entries.size(), 2u);
  EXPECT_EQ(p.tree.At(p.Root().entries[1].value).text, "2");
}

TEST(JsonTest, WhatIsWrongHasAPlace) {
  for (const std::string_view text :
       {"", "{", "{\"a\":1", "[1,]", "{} x", "{\"a\" 1}", "[\"abc", "nul", "{a:1}"}) {
    const Parsed p = Parse(std::string(text));
    ASSERT_EQ(p.tree.errors.size(), 1u) << text;
    EXPECT_LE(p.tree.errors[0].span.end, text.size()) << text;
    EXPECT_FALSE(p.tree.errors[0].message.empty()) << text;
    if (!text.empty()) {
      EXPECT_FALSE(p.tree.errors[0].span.IsEmpty()) << text;
    }
  }
  const Parsed p = Parse("{\"a\": 1,\n \"b\": }");
  EXPECT_EQ(p.sources.Text(p.tree.errors[0].span), "}");
}

TEST(JsonTest, DepthIsLimited) {
  const std::string fits = std::string(kDeepestJson, '[') + std::string(kDeepestJson, ']');
  EXPECT_TRUE(Parse(fits).tree.errors.empty());
  const Parsed deep = Parse(std::string(100000, '['));
  ASSERT_EQ(deep.tree.errors.size(), 1u);
  EXPECT_EQ(deep.tree.errors[0].span.begin, static_cast<std::uint32_t>(kDeepestJson));
}

TEST(JsonTest, CommentsOnlyWhereTheyAreAllowed) {
  const std::string text = "{ // one\n \"a\": /* \"x\": */ 1 }";
  EXPECT_FALSE(Parse(text).tree.errors.empty());
  const Parsed p = Parse(text, {.comments = true});
  ASSERT_TRUE(p.tree.errors.empty());
  EXPECT_EQ(p.Text(p.tree.At(p.Root().entries[0].value)), "1");
  EXPECT_EQ(p.Text(p.tree.At(p.Root().entries[0].key)), "\"a\"");
}

TEST(JsonTest, AByteOrderMarkIsPassedOver) {
  const Parsed p = Parse("\xEF\xBB\xBF[7]");
  ASSERT_TRUE(p.tree.errors.empty());
  EXPECT_EQ(p.Text(p.tree.At(p.Root().items[0])), "7");
}

}  // namespace
}  // namespace cagelint::syntax
