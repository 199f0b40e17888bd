// Where every kind of node stands, as text.
#include <string>

#include <gtest/gtest.h>

#include "linter/syntax/yaml.h"

namespace cagelint::syntax {
namespace {

// A file that holds a map; asks for its entries by key.
class YamlPlaces : public testing::Test {
 protected:
  const Node& Value(const std::string& bytes, const std::string& key) {
    bytes_ = bytes;
    tree_ = ParseYaml(bytes_, 0);
    EXPECT_TRUE(tree_.errors.empty()) << (tree_.errors.empty() ? "" : tree_.errors[0].message);
    const Entry* entry = tree_.documents.empty() ? nullptr : tree_.Find(tree_.documents[0], key);
    EXPECT_NE(entry, nullptr);
    static const Node kNone;
    return entry == nullptr ? kNone : tree_.At(entry->value);
  }
  std::string Text(const base::Span& span) const { return bytes_.substr(span.begin, span.Size()); }

  std::string bytes_;
  Tree tree_;
};

TEST_F(YamlPlaces, PlainScalar) {
  const Node& node = Value("a: some text # why\n", "a");
  EXPECT_EQ(Text(node.span), "some text");
  EXPECT_EQ(node.text, "some text");
  EXPECT_EQ(node.style, ScalarStyle::kPlain);
  ASSERT_EQ(tree_.comments.size(), 1u);
  EXPECT_EQ(Text(tree_.comments[0].span), "# why");
}

TEST_F(YamlPlaces, QuotedScalarsKeepTheirQuotes) {
  EXPECT_EQ(Text(Value("a: 'it''s'\n", "a").span), "'it''s'");
  EXPECT_EQ(Value("a: 'it''s'\n", "a").text, "it's");
  EXPECT_EQ(Text(Value("a: \"x\\ty\"\n", "a").span), "\"x\\ty\"");
  EXPECT_EQ(Value("a: \"x\\ty\"\n", "a").text, "x\ty");
}

TEST_F(YamlPlaces, BlockScalarsEndBeforeTheirLastNewline) {
  const Node& node = Value("a: |\n  x\n  y\n\n# c\nb: 1\n", "a");
  EXPECT_EQ(Text(node.span), "|\n  x\n  y");
  EXPECT_EQ(node.text, "x\ny\n");
  const Node& folded = Value("a: >-\n  x\n  y\n", "a");
  EXPECT_EQ(Text(folded.span), ">-\n  x\n  y");
  EXPECT_EQ(folded.text, "x y");
}

TEST_F(YamlPlaces, BlockCollectionsEndWithTheirLastDescendant) {
  EXPECT_EQ(Text(Value("a:\n  b: 1\n  c: [2]\n\n# d\n", "a").span), "b: 1\n  c: [2]");
  EXPECT_EQ(Text(Value("a:\n- x\n- y\n# d\n", "a").span), "- x\n- y");
}

TEST_F(YamlPlaces, AbsentValuesStandBehindTheColonOrDash) {
  const Node& node = Value("a:\nb: 1\n", "a");
  EXPECT_TRUE(node.IsNull());
  EXPECT_TRUE(node.span.IsEmpty());
  EXPECT_EQ(node.span.begin, 2u);
  const Node& list = Value("a:\n-\n- y\n", "a");
  EXPECT_EQ(tree_.At(list.items[0]).span.begin, 4u);
}

TEST_F(YamlPlaces, TagsAndAnchorsAreNotPartOfTheContent) {
  const Node& node = Value("a: &x !override [1]\nb: *x\n", "a");
  EXPECT_EQ(Text(node.span), "[1]");
  EXPECT_EQ(Text(node.tag_span), "!override");
  EXPECT_EQ(Text(node.anchor_span), "&x");
  EXPECT_EQ(node.tag, "!override");
  EXPECT_EQ(node.anchor, "x");
  const Node& alias = tree_.At(tree_.Find(tree_.documents[0], "b")->value);
  EXPECT_EQ(alias.kind, NodeKind::kAlias);
  EXPECT_EQ(Text(alias.span), "*x");
  EXPECT_EQ(Text(tree_.At(alias.target).span), "[1]");
}

TEST_F(YamlPlaces, CoreTagsAreResolved) {
  EXPECT_EQ(Value("a: !!str 1\n", "a").tag, "!!str");
  EXPECT_EQ(Value("a: !<tag:yaml.org,2002:str> 1\n", "a").tag, "!!str");
}

TEST_F(YamlPlaces, AnAliasMeansTheLastAnchorBeforeIt) {
  const Node& alias = Value("a: &x 1\nb: &x 2\nc: *x\nd: &x 3\n", "c");
  EXPECT_EQ(tree_.At(alias.target).text, "2");
}

TEST_F(YamlPlaces, AnAnchorHoldsInTheNextDocument) {
  const Tree tree = ParseYaml("a: &x 1\n---\nb: *x\n", 0);
  ASSERT_TRUE(tree.errors.empty());
  EXPECT_EQ(tree.At(tree.At(tree.Find(tree.documents[1], "b")->value).target).text, "1");
}

TEST_F(YamlPlaces, PropertiesAndContentMayStandOnLinesOfTheirOwn) {
  const Node& node = Value("a: !override # why\n  &x\n  - b\nc: !\nd: &y\n", "a");
  EXPECT_EQ(Text(node.span), "- b");
  EXPECT_EQ(Text(node.tag_span), "!override");
  EXPECT_EQ(Text(node.anchor_span), "&x");
  ASSERT_EQ(tree_.comments.size(), 1u);
  EXPECT_EQ(Text(tree_.comments[0].span), "# why");
}

TEST_F(YamlPlaces, CommentsAreNotWhatLooksLikeThem) {
  Value("a: b#c\nd: 'e # f'\ng: |\n  # h\ni: [1, # j\n  2]\n# k\n", "a");
  ASSERT_EQ(tree_.comments.size(), 2u);
  EXPECT_EQ(Text(tree_.comments[0].span), "# j");
  EXPECT_EQ(Text(tree_.comments[1].span), "# k");
}

TEST_F(YamlPlaces, CommentsEndWithEveryLineEndOfYaml) {
  for (const std::string end : {"\n", "\r", "\r\n", "\xC2\x85", "\xE2\x80\xA8"}) {
    const Node& node = Value("a: &x # b: 1" + end + "#c: 2" + end + "  d: 3" + end, "a");
    EXPECT_EQ(Text(node.span), "d: 3");
    ASSERT_EQ(tree_.comments.size(), 2u);
    EXPECT_EQ(Text(tree_.comments[0].span), "# b: 1");
    EXPECT_EQ(Text(tree_.comments[1].span), "#c: 2");
  }
}

TEST_F(YamlPlaces, TheTagOfAFirstKeyIsNotTheMaps) {
  const Node& node = Value("a: &x\n  !t : 1\n", "a");
  EXPECT_FALSE(node.tag_span.IsValid());
  EXPECT_EQ(Text(node.span), "!t : 1");
  EXPECT_EQ(Text(tree_.At(node.entries[0].key).tag_span), "!t");
}

TEST_F(YamlPlaces, ExplicitKeysAndSinglePairs) {
  EXPECT_EQ(Text(Value("? a\n: b\n", "a").span), "b");
  EXPECT_TRUE(Value("? a\nc: 1\n", "a").IsNull());
  const Node& list = Value("a: [b: c, d]\n", "a");
  ASSERT_EQ(list.items.size(), 2u);
  EXPECT_TRUE(tree_.At(list.items[0]).IsMap());
  EXPECT_EQ(Text(tree_.At(list.items[0]).span), "b: c");
}

TEST_F(YamlPlaces, ByteOrderMarkAndLineEndsCount) {
  const Node& node = Value(
      "\xEF\xBB\xBF"
      "a: 1\r\nb: \"x\"\r\n",
      "b");
  EXPECT_EQ(Text(node.span), "\"x\"");
  EXPECT_EQ(node.span.begin, 12u);
}

TEST_F(YamlPlaces, BytesAreCountedNotCharacters) {
  EXPECT_EQ(Text(Value("ä: ö\nb: \"ü\" \n", "b").span), "\"ü\"");
}

TEST_F(YamlPlaces, RepeatedKeysAreKept) {
  Value("a: 1\na: 2\n", "a");
  EXPECT_EQ(tree_.At(tree_.documents[0]).entries.size(), 2u);
}

TEST_F(YamlPlaces, EveryDocumentHasARoot) {
  Tree tree = ParseYaml("a: 1\n---\n", 0);
  ASSERT_EQ(tree.documents.size(), 2u);
  EXPECT_TRUE(tree.errors.empty());
  EXPECT_TRUE(tree.At(tree.documents[1]).IsNull());
  EXPECT_TRUE(ParseYaml("# nothing\n", 0).documents.empty());
}

}  // namespace
}  // namespace cagelint::syntax
