#include "linter/input/embed_yaml.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

struct Read {
  std::string text;     // libyaml's
  std::string decoded;  // ours
  bool has_writer = false;
};

// The first value of the map `bytes`, as libyaml reads it and as it is taken out.
Read ReadFirst(const base::Source& source, bool& valid) {
  const syntax::Tree tree = syntax::ParseYaml(source.Bytes(), source.Id());
  valid = tree.errors.empty() && !tree.documents.empty() &&
          tree.At(tree.documents[0]).entries.size() == 1 &&
          tree.At(tree.At(tree.documents[0]).entries[0].value).IsScalar();
  if (!valid) return {};
  const syntax::Node& node = tree.At(tree.At(tree.documents[0]).entries[0].value);
  const YamlText read = ReadYamlText(source, node);
  // What is byte for byte is the same byte outside.
  for (std::uint32_t i = 0; i < read.text.Size(); ++i) {
    const base::Span outer = read.text.Map().ToOuter(i, i + 1);
    EXPECT_LE(node.span.begin, outer.begin);
    EXPECT_FALSE(outer.IsEmpty());
    const char inner = read.text.Text()[i];
    if (outer.Size() == 1 && read.writer != nullptr && inner != ' ' && inner != '\n') {
      EXPECT_EQ(source.Bytes()[outer.begin], inner) << source.Bytes();
    }
  }
  return {node.text, read.text.Text(), read.writer != nullptr};
}

Read ReadOf(std::string bytes) {
  base::SourceSet sources;
  bool valid = false;
  Read read = ReadFirst(sources.Add("a.yaml", std::move(bytes)), valid);
  EXPECT_TRUE(valid);
  EXPECT_EQ(read.text, read.decoded);
  return read;
}

TEST(EmbedYamlTest, EveryStyle) {
  for (const char* bytes : {"a: docker run  x # c\n",
                            "a: docker\n  run\n\n\n  x\n",
                            "a: 'it''s\n  so  \n\n  b '\n",
                            "a: \"x\\\n    \\ y\\n\\t\\\"\\U0001F6A2\\xe9\\_\n\n  z \"\n",
                            "a: |\n  x\n    y\n\n  z\n",
                            "a: |2-\n    x\n  y\n",
                            "a: |+ # c\n  x\n\n\n",
                            "a: |\n\n\n  x",
                            "a: >\n  x\n  y\n\n  z\n",
                            "a: >-\n  x\n    y\n    z\n\n  w\n  v\n",
                            "a: >+\n\n  x\n\n   y\n\n\n",
                            "a: >2\n    x\n   y\n",
                            "a: |\r\n  x\r\n  y\r\n",
                            "a: >\r\n  x\r\n  y\r\n\r\n  z\r\n",
                            "a: 'x\r\n  y'\r\n",
                            "\xEF\xBB\xBF"
                            "a: |\n  x\ty\n  z\n",
                            "a: ''\n",
                            "a: \"\"\n",
                            "a: |\n",
                            "a: >-\n\n"}) {
    const Read read = ReadOf(bytes);
    EXPECT_TRUE(read.has_writer) << bytes;
  }
}

TEST(EmbedYamlTest, WhatIsReadOtherwiseIsKnownAsAWhole) {
  const Read read = ReadOf("a: 'x\xC2\x85y'\n");
  EXPECT_FALSE(read.has_writer);
}

TEST(EmbedYamlTest, RandomScalars) {
  std::mt19937 random(7);
  const auto pick = [&](std::size_t most) {
    return std::uniform_int_distribution<std::size_t>(0, most)(random);
  };
  const std::string_view kParts[] = {"x",      "y z",     " ",      "\n",  "\n\n",   "\n  ",
                                     "\n    ", "\n   \t", "''",     "\\n", "\\\n  ", "é",
                                     "🚢",      "\t",      "\r\n  ", "#",   " #",     "\\\""};
  int seen = 0;
  for (int round = 0; round < 20'000; ++round) {
    const std::string_view heads[] = {"a: ",       "a: '",      "a: \"",     "a: |\n  ", "a: >\n  ",
                                      "a: |-\n  ", "a: >+\n  ", "a: |2\n  ", "a:\n  "};
    const std::string_view head = heads[pick(8)];
    std::string bytes(head);
    const std::size_t count = pick(12);
    for (std::size_t i = 0; i < count; ++i) bytes += kParts[pick(std::size(kParts) - 1)];
    if (head.ends_with('\'') || head.ends_with('"')) bytes += head.back();
    if (pick(3) > 0) bytes += '\n';
    base::SourceSet sources;
    bool valid = false;
    const Read read = ReadFirst(sources.Add("a.yaml", bytes), valid);
    if (!valid) continue;
    ++seen;
    ASSERT_EQ(read.text, read.decoded) << bytes;
    if (read.text.find_first_not_of(" \t\n") != std::string::npos) {
      ASSERT_TRUE(read.has_writer) << bytes;
    }
  }
  EXPECT_GT(seen, 5'000);
}

// `bytes` with `text` put in the place of `old` in the value; "" where that is not written.
std::string Changed(const std::string& bytes, std::string_view old, std::string text) {
  base::SourceSet sources;
  const base::Source& source = sources.Add("a.yaml", bytes);
  const syntax::Tree tree = syntax::ParseYaml(bytes, source.Id());
  const syntax::Node& node = tree.At(tree.At(tree.documents.at(0)).entries.at(0).value);
  YamlText read = ReadYamlText(source, node);
  const base::Source& inner = read.text.AddTo(sources, std::move(read.writer));
  const auto at = static_cast<std::uint32_t>(inner.Bytes().find(old));
  const auto edits =
      sources.ToFile({{{inner.Id(), at, at + static_cast<std::uint32_t>(old.size())}, text}});
  if (!edits) return "";
  std::string changed = bytes;
  for (std::size_t i = edits->size(); i-- > 0;)
    changed.replace((*edits)[i].span.begin, (*edits)[i].span.Size(), (*edits)[i].text);
  // It reads as it was meant.
  std::string meant(inner.Bytes());
  meant.replace(at, old.size(), text);
  const syntax::Tree again = syntax::ParseYaml(changed, 0);
  EXPECT_TRUE(again.errors.empty()) << changed;
  EXPECT_EQ(again.At(again.At(again.documents.at(0)).entries.at(0).value).text, meant) << changed;
  return changed;
}

TEST(EmbedYamlTest, ChangesAreWrittenInTheStyleOfTheScalar) {
  EXPECT_EQ(Changed("a: x y # c\n", "y", "z"), "a: x z # c\n");
  EXPECT_EQ(Changed("a: x y\n", "y", "z: 1"), "");
  EXPECT_EQ(Changed("a: x y\n", "y", "z,[1]"), "a: x z,[1]\n");
  EXPECT_EQ(Changed("{a: x y}\n", "y", "z,b"), "");
  EXPECT_EQ(Changed("a: x y\n", "y", "z #1"), "");
  EXPECT_EQ(Changed("a: 'x y'\n", "y", "it's"), "a: 'x it''s'\n");
  EXPECT_EQ(Changed("a: \"x y\"\n", "y", "\"z\"\n"), "a: \"x \\\"z\\\"\\n\"\n");
  EXPECT_EQ(Changed("a: |\n  x\n  y\n", "x\n", "x\nz\n"), "a: |\n  x\n  z\n  y\n");
  EXPECT_EQ(Changed("a: |\r\n  x\r\n  y\r\n", "x\n", "x\nz\n"), "a: |\r\n  x\r\n  z\r\n  y\r\n");
}

TEST(EmbedYamlTest, FoldedLinesAreEditedWhereTheyStayWhatTheyAre) {
  EXPECT_EQ(Changed("a: >-\n  x\n  y\n  z\n", " y", ""), "a: >-\n  x\n  z\n");
  EXPECT_EQ(Changed("a: >-\n  x\n  y\n  z\n", "y ", ""), "a: >-\n  x\n  z\n");
  EXPECT_EQ(Changed("a: >-\n  x\n  y\n", "y", "y --b c"), "a: >-\n  x\n  y --b c\n");
  EXPECT_EQ(Changed("a: >-\n  x\n  y\n", "y", "y\nz"), "");
  // A line that begins with a blank is not folded.
  EXPECT_EQ(Changed("a: >-\n  x\n  y z\n", "y", ""), "");
  EXPECT_EQ(Changed("a: x\n  y\n  z\n", " y", ""), "a: x\n  z\n");
}

TEST(EmbedYamlTest, WhatStandsWholeBeforeAnErrorIsRead) {
  base::SourceSet sources;
  const auto keys = [&](const char* bytes) {
    const base::Source& source = sources.Add("a.yaml", bytes);
    const syntax::Tree tree = YamlBefore(source);
    return tree.documents.empty() ? std::size_t{0} : tree.At(tree.documents[0]).entries.size();
  };
  EXPECT_EQ(keys("a: 1\nb: 2\nc: [\n"), 2u);
  EXPECT_EQ(keys("a: [\n"), 0u);
  EXPECT_EQ(keys("[\n"), 0u);
}

}  // namespace
}  // namespace cagelint::input
