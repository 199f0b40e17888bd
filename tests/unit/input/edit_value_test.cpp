// What is written is what is read.
#include "linter/input/edit_value.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/input/compose_value.h"
#include "linter/syntax/yaml.h"

namespace cagelint::input {
namespace {

using syntax::ScalarStyle;

const std::vector<std::string> kTexts{
    "a",
    "",
    " ",
    "a b",
    "a: b",
    "a:b",
    "a #b",
    "a#b",
    "#a",
    "- a",
    "-",
    "--",
    "-1",
    "1",
    "0x1f",
    "010",
    "1.5",
    "1e3",
    ".5",
    "~",
    "null",
    "Null",
    "true",
    "True",
    "yes",
    "no",
    "on",
    "y",
    "22:22",
    "1:2:3",
    "[a]",
    "a]",
    "{a}",
    "a, b",
    "a,b",
    "&a",
    "*a",
    "!a",
    "|",
    ">",
    "'a'",
    "it's",
    "\"a\"",
    "a\"b",
    "a\\b",
    "%a",
    "@a",
    "`a`",
    "?",
    "? a",
    "a?",
    ":",
    "a:",
    ":a",
    "...",
    "---",
    "...a",
    "--- a",
    "<<",
    "=",
    "\xC3\xA4",
    "a\tb",
    "\x01",
    "2001-01-01",
    "127.0.0.1:80:80",
    "[::1]:80:80",
    "a ",
    " a",
    "no-new-privileges:true",
    "/tmp:rw,size=64m",
    "${A:-b}",
    "$$a",
    "1000:1000",
    "ALL",
    "+1",
    "1_0",
    "0o7",
    ".inf",
    ".nan",
    "0b1",
    "a\x7F",
    "on-failure:5",
    "\\x41",
    "a}",
    "a,",
    "?a",
    "-a",
    "- ",
};

const std::vector<std::string> kHolders{"k: ", "k:\n  - ", "[", "{k: ", "{\"k\": "};

// The scalar that `text` is, in one of `kHolders`.
syntax::Node Read(const std::string& holder, const std::string& text) {
  std::string file = holder + text;
  if (holder[0] == '[') file += ", z]";
  if (holder[0] == '{') file += ", z: 1}";
  const syntax::Tree tree = syntax::ParseYaml(file + "\n", 0);
  if (!tree.errors.empty()) {
    ADD_FAILURE() << file << ": " << tree.errors[0].message;
    return {};
  }
  const syntax::Node& root = tree.At(tree.documents.at(0));
  if (root.IsList()) return tree.At(root.items.at(0));
  const syntax::Node& value = tree.At(root.entries.at(0).value);
  return value.IsList() ? tree.At(value.items.at(0)) : value;
}

TEST(EditValue, AStringStaysThatString) {
  for (const std::string& holder : kHolders) {
    const bool flow = holder[0] == '[' || holder[0] == '{';
    for (const std::string& text : kTexts) {
      for (const ScalarStyle style :
           {ScalarStyle::kPlain, ScalarStyle::kSingleQuoted, ScalarStyle::kDoubleQuoted}) {
        const std::string written =
            ScalarText(NewValue::String(text), {.style = style, .flow = flow});
        const syntax::Node node = Read(holder, written);
        EXPECT_TRUE(node.IsScalar()) << written;
        EXPECT_EQ(node.text, text) << holder << written;
        if (node.style != ScalarStyle::kPlain) continue;
        std::string resolved = node.text;
        EXPECT_EQ(compose::ResolvePlain(resolved), compose::Kind::kString) << written;
      }
    }
  }
}

TEST(EditValue, NumbersAndSwitchesNeedNoQuotes) {
  for (const char* text : {"1", "-1", "0.5", "true", "false", "512m"})
    EXPECT_EQ(ScalarText(NewValue::Plain(text), {}), text);
  EXPECT_EQ(ScalarText(NewValue::Plain("a: b"), {}), "\"a: b\"");
  EXPECT_EQ(ScalarText(NewValue::Plain("1"), {.style = ScalarStyle::kSingleQuoted}), "'1'");
}

TEST(EditValue, JsonQuotesEveryString) {
  const Spelling json{.flow = true, .json = true};
  EXPECT_EQ(ScalarText(NewValue::String("a"), json), "\"a\"");
  EXPECT_EQ(ScalarText(NewValue::String("1"), json), "\"1\"");
  for (const char* text : {"1", "-1", "0.5", "0", "10", "true", "null"})
    EXPECT_EQ(ScalarText(NewValue::Plain(text), json), text);
  for (const char* text : {"01", "-", "1.", ".5", "+1", "512m", "True", "", "1.5x", "0x1"})
    EXPECT_EQ(ScalarText(NewValue::Plain(text), json), "\"" + std::string(text) + "\"");
}

TEST(EditValue, CollectionsInBothStyles) {
  NewValue value =
      NewValue::Map("a", NewValue::List({NewValue::String("x"), NewValue::String("1")}));
  EXPECT_TRUE(value.Join(NewValue::Map("b", NewValue::Map("c", NewValue::Plain("2")))));
  EXPECT_TRUE(value.Join(NewValue::Map("a", NewValue::List({NewValue::String("z")}))));
  EXPECT_FALSE(value.Join(NewValue::Map("b", NewValue::Plain("2"))));
  EXPECT_FALSE(value.Join(NewValue::Plain("2")));
  EXPECT_EQ(FlowText(value, false), "{a: [x, \"1\", z], b: {c: 2}}");
  EXPECT_EQ(FlowText(value, true), "{\"a\": [\"x\", \"1\", \"z\"], \"b\": {\"c\": 2}}");
  EXPECT_EQ(BlockText("k", value, 2, {}),
            "  k:\n    a:\n      - x\n      - \"1\"\n      - z\n    b:\n      c: 2");
  EXPECT_EQ(BlockText("k", value, 0, {.step = 4, .list_offset = 0, .new_line = "\r\n"}),
            "k:\r\n    a:\r\n    - x\r\n    - \"1\"\r\n    - z\r\n    b:\r\n        c: 2");
}

}  // namespace
}  // namespace cagelint::input
