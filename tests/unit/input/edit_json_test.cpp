// Edits of JSON, with and without comments.
#include <string>
#include <string_view>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/diagnostic/edits.h"
#include "linter/input/edit_formats.h"
#include "linter/input/reader.h"
#include "linter/syntax/json.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

using model::Remove;
using model::Replace;

class Json {
 public:
  explicit Json(std::string text) : source_(sources_.Add("a.json", std::move(text))) {
    document_.file = source_.Id();
  }

  // The place of the first `text`.
  base::Span At(std::string_view text) const {
    const std::size_t at = source_.Bytes().find(text);
    EXPECT_NE(at, std::string_view::npos) << text;
    return {source_.Id(), static_cast<std::uint32_t>(at),
            static_cast<std::uint32_t>(at + text.size())};
  }
  std::string Change(const std::vector<model::Change>& changes) const {
    const Edited edited = EditJson({document_, sources_}, changes);
    if (edited.edits.empty()) return "!" + edited.refused;
    auto edits = edited.edits;
    EXPECT_TRUE(diagnostic::Tidy(edits));
    std::string after = diagnostic::ApplyEdits(source_.Bytes(), source_.Id(), edits);
    if (syntax::ParseJson(source_).errors.empty()) {
      base::SourceSet other;
      EXPECT_TRUE(syntax::ParseJson(other.Add("a.json", after)).errors.empty()) << after;
    }
    return after;
  }
  std::string Without(std::string_view text) const { return Change({Remove(At(text))}); }

 private:
  base::SourceSet sources_;
  const base::Source& source_;
  model::Document document_;
};

TEST(EditJson, ElementsAndTheirCommas) {
  const Json list(R"({"a": ["x", "y", "z"]})");
  EXPECT_EQ(list.Without(R"("x")"), R"({"a": ["y", "z"]})");
  EXPECT_EQ(list.Without(R"("y")"), R"({"a": ["x", "z"]})");
  EXPECT_EQ(list.Without(R"("z")"), R"({"a": ["x", "y"]})");
  EXPECT_EQ(list.Change({Remove(list.At(R"("y")")), Remove(list.At(R"("z")"))}), R"({"a": ["x"]})");
  EXPECT_EQ(list.Change({Remove(list.At(R"("x")")), Remove(list.At(R"("z")"))}), R"({"a": ["y"]})");
  EXPECT_EQ(Json(R"({"a": [ "x" ]})").Without(R"("x")"), R"({"a": []})");
  EXPECT_EQ(Json(R"({"a": 1, "b": 2})").Without(R"("b": 2)"), R"({"a": 1})");
  EXPECT_EQ(Json(R"({"a": 1})").Without(R"("a": 1)"), "{}");
  EXPECT_EQ(Json("[{\"a\":1},{\"b\":[\"]\",\",\"]},3]").Without("{\"b\":[\"]\",\",\"]}"),
            "[{\"a\":1},3]");
}

TEST(EditJson, LinesOfTheirOwn) {
  const Json list("{\n  \"a\": [\n    \"x\",\n    \"y\",\n    \"z\"\n  ],\n  \"b\": 1\n}");
  EXPECT_EQ(list.Without("\"x\""), "{\n  \"a\": [\n    \"y\",\n    \"z\"\n  ],\n  \"b\": 1\n}");
  EXPECT_EQ(list.Without("\"z\""), "{\n  \"a\": [\n    \"x\",\n    \"y\"\n  ],\n  \"b\": 1\n}");
  EXPECT_EQ(list.Change({Remove(list.At("\"y\"")), Remove(list.At("\"z\""))}),
            "{\n  \"a\": [\n    \"x\"\n  ],\n  \"b\": 1\n}");
  EXPECT_EQ(list.Without("\"b\": 1"), "{\n  \"a\": [\n    \"x\",\n    \"y\",\n    \"z\"\n  ]\n}");
  EXPECT_EQ(Json("[\r\n  1,\r\n  2\r\n]\r\n").Without("2"), "[\r\n  1\r\n]\r\n");
}

TEST(EditJson, CommentsAndTrailingCommas) {
  const Json list("[ // l\n  1, // one\n  /* a, ] */ 2, /* b */\n  3, // three\n]\n");
  EXPECT_EQ(list.Without("1"), "[ // l\n  /* a, ] */ 2, /* b */\n  3, // three\n]\n");
  EXPECT_EQ(list.Without("2"), "[ // l\n  1, // one\n  /* a, ] */ /* b */\n  3, // three\n]\n");
  EXPECT_EQ(list.Without("3"), "[ // l\n  1, // one\n  /* a, ] */ 2, /* b */\n]\n");
  EXPECT_EQ(Json("[\n  1, // one\n  2 // two\n]").Without("2"), "[\n  1 // one\n]");
  EXPECT_EQ(Json("[1, /* x */ 2]").Without("2"), "[1 /* x */ ]");
  EXPECT_EQ(Json("{\"a\": 1, \"b\": 2,}").Without("\"b\": 2"), "{\"a\": 1,}");
  EXPECT_EQ(Json("[,]").Change({Remove({0, 0, 3})}), "!the file has a syntax error");
}

TEST(EditJson, ValuesInTheirQuotes) {
  const Json values(R"({"a": "x", "n": 1, "b": true, "p": "a:b"})");
  EXPECT_EQ(values.Change({Replace(values.At("x"), "y\"\\")}),
            R"({"a": "y\"\\", "n": 1, "b": true, "p": "a:b"})");
  EXPECT_EQ(values.Change({Replace(values.At("1"), "-2.5")}),
            R"({"a": "x", "n": -2.5, "b": true, "p": "a:b"})");
  EXPECT_EQ(values.Change({Replace(values.At("1"), "01")}),
            R"({"a": "x", "n": "01", "b": true, "p": "a:b"})");
  EXPECT_EQ(values.Change({Replace(values.At("true"), "false")}),
            R"({"a": "x", "n": 1, "b": false, "p": "a:b"})");
  EXPECT_EQ(values.Change({Replace(values.At("a:b"), "true")}),
            R"({"a": "x", "n": 1, "b": true, "p": "true"})");
  const base::Span part = {values.At("a:b").file, values.At("a:b").begin,
                           values.At("a:b").begin + 1};
  EXPECT_EQ(values.Change({Replace(part, "c")}), R"({"a": "x", "n": 1, "b": true, "p": "c:b"})");
  EXPECT_EQ(values.Change({Replace(part, "\"")}), "!the value needs other quotes");
}

TEST(EditJson, Refuses) {
  const Json values(R"({"a": "x"})");
  EXPECT_EQ(values.Change({model::Set("user", "a")}), "!only what is written can be changed here");
  EXPECT_EQ(values.Change({Remove({})}), "!nothing is written for it");
  EXPECT_EQ(values.Change({Remove(values.At("x"))}), "!it is only a part of what is written there");
  EXPECT_EQ(values.Change({Replace(values.At("a"), "b")}), "!a key stands there");
  EXPECT_EQ(Json("{\"a\": \"\xFF\"}").Without("\"a\""), "!the file is not UTF-8");
  EXPECT_EQ(Json("{\"a\": ").Without("\"a\""), "!the file has a syntax error");
}

// A profile as its reader gives it: what the model says is what the editor finds.
TEST(EditJson, AProfile) {
  const std::string text =
      "{\n  \"defaultAction\": \"SCMP_ACT_ALLOW\",\n  \"syscalls\": [\n    {\n"
      "      \"names\": [\"clone\", \"bpf\"],\n      \"action\": \"SCMP_ACT_ALLOW\"\n    }\n  "
      "]\n}\n";
  const auto read = [](base::SourceSet& sources, std::string bytes) {
    const test::MemoryFiles files;
    const base::FileSystem system = files.System();
    const Options options;
    return kSeccompReader.read(sources.Add("s.json", std::move(bytes)), {sources, system, options});
  };
  base::SourceSet sources;
  const model::Document document = read(sources, text);
  ASSERT_EQ(document.profiles.size(), 1u);
  const model::SeccompProfile& profile = document.profiles[0];
  const std::vector<model::Change> changes{Replace(profile.default_action.span, "SCMP_ACT_ERRNO"),
                                           Remove(profile.entries.at(0).names.at(1).span)};
  const Edited edited = EditJson({document, sources}, changes);
  ASSERT_EQ(edited.refused, "");
  base::SourceSet others;
  const model::Document after =
      read(others, diagnostic::ApplyEdits(text, document.file, edited.edits));
  ASSERT_EQ(after.profiles.size(), 1u);
  EXPECT_TRUE(after.gaps.empty());
  EXPECT_EQ(after.profiles[0].default_action.text, "SCMP_ACT_ERRNO");
  ASSERT_EQ(after.profiles[0].entries.size(), 1u);
  ASSERT_EQ(after.profiles[0].entries[0].names.size(), 1u);
  EXPECT_EQ(after.profiles[0].entries[0].names[0].text, "clone");
  EXPECT_EQ(after.profiles[0].entries[0].action.text, "SCMP_ACT_ALLOW");
}

}  // namespace
}  // namespace cagelint::input
