#include "linter/syntax/toml.h"

#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "linter/base/source.h"

namespace cagelint::syntax {
namespace {

class TomlTest : public ::testing::Test {
 protected:
  void Parse(std::string text) {
    source_ = &sources_.Add("x.toml", std::move(text));
    tree_ = ParseToml(*source_);
  }
  NodeId Root() const { return tree_.documents.at(0); }
  // The tree as JSON, so that one line says what was read.
  std::string Json(NodeId id) const {
    const Node& node = tree_.At(id);
    std::string out;
    if (node.IsMap()) {
      for (const Entry& entry : node.entries)
        out += (out.empty() ? "" : ",") + tree_.At(entry.key).text + ":" + Json(entry.value);
      return "{" + out + "}";
    }
    if (node.IsList()) {
      for (const NodeId item : node.items) out += (out.empty() ? "" : ",") + Json(item);
      return "[" + out + "]";
    }
    const bool is_string = node.style != ScalarStyle::kNumber && node.style != ScalarStyle::kBool;
    return is_string ? "'" + node.text + "'" : node.text;
  }
  std::string Read(std::string text) {
    Parse(std::move(text));
    EXPECT_TRUE(tree_.errors.empty()) << tree_.errors[0].message;
    return Json(Root());
  }
  std::string Error(std::string text) {
    Parse(std::move(text));
    if (tree_.errors.empty()) return "";
    EXPECT_FALSE(tree_.errors[0].span.IsEmpty());
    return tree_.errors[0].message;
  }

  base::SourceSet sources_;
  const base::Source* source_ = nullptr;
  Tree tree_;
};

TEST_F(TomlTest, Keys) {
  EXPECT_EQ(Read("key = 'v'\nbare_key = 1\nbare-key = 2\n1234 = 3"),
            "{key:'v',bare_key:1,bare-key:2,1234:3}");
  EXPECT_EQ(Read("\"127.0.0.1\" = 'a'\n'quoted \"value\"' = 'b'\n\"\" = 'c'"),
            "{127.0.0.1:'a',quoted \"value\":'b',:'c'}");
  EXPECT_EQ(Read("physical.color = 'o'\nphysical.shape = 'r'\nsite.\"google.com\" = true"),
            "{physical:{color:'o',shape:'r'},site:{google.com:true}}");
  EXPECT_EQ(Read("fruit . flavor = 'b'\n3.14159 = 'pi'"), "{fruit:{flavor:'b'},3:{14159:'pi'}}");
}

TEST_F(TomlTest, Strings) {
  EXPECT_EQ(Read(R"(s = "I'm \"q\". Jos\u00E9\t\U0001F600 \\")"), "{s:'I'm \"q\". José\t😀 \\'}");
  EXPECT_EQ(Read("a = '''\nRoses\nred'''\nb = \"\"\"\r\none \\\r\n   two\"\"\"\n"),
            "{a:'Roses\nred',b:'one two'}");
  EXPECT_EQ(Read("a = 'C:\\Users'\nb = ''\nc = \"\"\nd = \"\"\"\"\"\""),
            "{a:'C:\\Users',b:'',c:'',d:''}");
  EXPECT_EQ(Read("a = \"\"\"Two: \"\". Five: \"\"\"\"\"\nb = ''''That,' she said'''"),
            "{a:'Two: \"\". Five: \"\"',b:''That,' she said'}");
}

TEST_F(TomlTest, OtherValues) {
  EXPECT_EQ(Read("a = +99\nb = 1_000\nc = 0xDEAD_BEEF\nd = -0.01\ne = 5e+22\nf = -inf\ng = nan"),
            "{a:+99,b:1_000,c:0xDEAD_BEEF,d:-0.01,e:5e+22,f:-inf,g:nan}");
  EXPECT_EQ(Read("a = 1979-05-27T07:32:00-08:00 # c\nb = 1979-05-27 07:32:00Z\nc = 07:32:00.99"),
            "{a:1979-05-27T07:32:00-08:00,b:1979-05-27 07:32:00Z,c:07:32:00.99}");
  EXPECT_EQ(Read("a = [1, 2]\nb = [ [ 1 ], ['x', {y=1}] ]\nc = [\n 1, # one\n 2,\n]\nd = []"),
            "{a:[1,2],b:[[1],['x',{y:1}]],c:[1,2],d:[]}");
  EXPECT_EQ(Read("a = { first = 'T', last.x = 1 }\nb = {}"), "{a:{first:'T',last:{x:1}},b:{}}");
}

TEST_F(TomlTest, Tables) {
  EXPECT_EQ(Read("[table]\n[ j . \"ʞ\" . 'l' ]\na = 1\n[j]\nb = 2"),
            "{table:{},j:{ʞ:{l:{a:1}},b:2}}");
  EXPECT_EQ(Read("[[products]]\nname = 'H'\n[[products]]\n\n[[products]]\nname = 'N'"),
            "{products:[{name:'H'},{},{name:'N'}]}");
  EXPECT_EQ(Read("[[f]]\nn='a'\n[f.p]\nc='r'\n[[f.v]]\nn='d'\n[[f.v]]\nn='g'\n[[f]]\nn='b'"),
            "{f:[{n:'a',p:{c:'r'},v:[{n:'d'},{n:'g'}]},{n:'b'}]}");
  EXPECT_EQ(Read("\xEF\xBB\xBF# c\r\n\r\n  [a]\r\n\tb = 1\r\n"), "{a:{b:1}}");
}

TEST_F(TomlTest, WhatIsWrongIsSaid) {
  EXPECT_EQ(Error("key = # nothing"), "a value was expected here");
  EXPECT_EQ(Error("a = 'x' b = 'y'"), "unexpected text behind a value");
  EXPECT_EQ(Error("= 1"), "a key was expected here");
  EXPECT_EQ(Error("a 1"), "`=` was expected here");
  EXPECT_EQ(Error("name = 'T'\nname = 'P'"), "`name` was given a value before");
  EXPECT_EQ(Error("[fruit]\napple = 1\n[fruit.apple]\n"), "`apple` is no table");
  EXPECT_EQ(Error("[fruit]\n[fruit]\n"), "this table was begun before");
  EXPECT_EQ(Error("a = 'x\n"), "the string that begins here is never closed");
  EXPECT_EQ(Error("a = \"\"\"x"), "the string that begins here is never closed");
  EXPECT_EQ(Error("a = \"\\q\""), "an escape that is none in TOML");
  EXPECT_EQ(Error("a = \"\\uD800\""), "an escape that is none in TOML");
  EXPECT_EQ(Error("a = [1, 2"), "the text ends too early");
  EXPECT_EQ(Error("[a\nb = 1"), "the header that begins here is never closed");
  EXPECT_EQ(Error("a = " + std::string(200, '[')), "nests deeper than 100 levels");
  EXPECT_EQ(Error("a = yes"), "a value was expected here");
}

TEST_F(TomlTest, GoesOnBehindWhatIsWrong) {
  Parse("[a]\nx = [\n 'run',\n[b]\ny = 1\n[c\n[d]\nz = 2");
  ASSERT_FALSE(tree_.errors.empty());
  EXPECT_EQ(Json(Root()), "{a:{},b:{y:1},d:{z:2}}");
}

TEST_F(TomlTest, PlacesOfWhatWasRead) {
  Parse("# one\n[a.b] # two\nk = \"x\\ty\"\n\n[a.c]\nl = [1]\n");
  ASSERT_EQ(tree_.comments.size(), 2u);
  EXPECT_EQ(sources_.Text(tree_.comments[1].span), "# two");
  const Entry& a = tree_.At(Root()).entries.at(0);
  EXPECT_EQ(sources_.Text(tree_.At(a.key).span), "a");
  const Entry& b = tree_.At(a.value).entries.at(0);
  EXPECT_EQ(sources_.Text(tree_.At(b.value).span), "b] # two\nk = \"x\\ty\"");
  const Node& k = tree_.At(tree_.At(b.value).entries.at(0).value);
  EXPECT_EQ(sources_.Text(k.span), "\"x\\ty\"");
  const std::vector<TomlPiece> pieces = TomlPieces(*source_, k);
  ASSERT_EQ(pieces.size(), 3u);
  EXPECT_EQ(pieces[1].text, "\t");
  EXPECT_FALSE(pieces[1].is_copy);
  EXPECT_EQ(source_->Bytes().substr(pieces[1].begin, pieces[1].end - pieces[1].begin), "\\t");
}

}  // namespace
}  // namespace cagelint::syntax
