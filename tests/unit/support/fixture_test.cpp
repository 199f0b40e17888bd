#include "tests/support/fixture.h"

#include <gtest/gtest.h>

namespace cagelint::test {
namespace {

std::string TextOf(const Fixture& fixture, const Range& range) {
  for (const VirtualFile& file : fixture.files)
    if (file.name == range.file) return file.bytes.substr(range.begin, range.end - range.begin);
  return "no such file";
}

TEST(FixtureParserTest, FindsTextBehindTheWholeCommentBlock) {
  const Fixture fixture = ParseFixture("fixtures/rules/x.sh",
                                       "# expect: a `-t`\n"
                                       "# expect: b error `-t` #2\n"
                                       "#   label `img` this image\n"
                                       "#   message says `so`\n"
                                       "docker run -t img -t\n");
  EXPECT_TRUE(fixture.errors.empty());
  ASSERT_EQ(fixture.findings.size(), 2u);
  EXPECT_EQ(fixture.findings[0].range, (Range{"x.sh", 103, 105}));
  EXPECT_EQ(fixture.findings[1].range, (Range{"x.sh", 110, 112}));
  EXPECT_EQ(fixture.findings[1].severity, diagnostic::Severity::kError);
  EXPECT_EQ(fixture.findings[1].message, "says `so`");
  ASSERT_EQ(fixture.findings[1].labels.size(), 1u);
  EXPECT_EQ(TextOf(fixture, fixture.findings[1].labels[0].range), "img");
  EXPECT_EQ(fixture.findings[1].labels[0].message, "this image");
}

TEST(FixtureParserTest, DirectivesFurtherDownAreNotSearched) {
  const Fixture fixture = ParseFixture("x.sh", "# expect: a `v`\n\n# expect: b `v`\nv\n");
  ASSERT_EQ(fixture.findings.size(), 2u);
  EXPECT_EQ(fixture.findings[0].range, fixture.findings[1].range);
  EXPECT_EQ(fixture.findings[0].range.begin, 33u);
}

TEST(FixtureParserTest, NegativeNumbersLookBack) {
  const Fixture fixture = ParseFixture("x.sh", "v v\n# expect: a `v` #-1\n# expect: b `v` #-2\n");
  EXPECT_TRUE(fixture.errors.empty());
  ASSERT_EQ(fixture.findings.size(), 2u);
  EXPECT_EQ(fixture.findings[0].range.begin, 2u);
  EXPECT_EQ(fixture.findings[1].range.begin, 0u);
}

TEST(FixtureParserTest, TextMayHoldBackticksAndSpanLines) {
  const Fixture fixture = ParseFixture("x.sh",
                                       "# expect: a `` `id` ``\n"
                                       "# expect: b `begin`..`end`\n"
                                       "`id`\nbegin\nthe end\n");
  EXPECT_TRUE(fixture.errors.empty());
  ASSERT_EQ(fixture.findings.size(), 2u);
  EXPECT_EQ(TextOf(fixture, fixture.findings[0].range), "`id`");
  EXPECT_EQ(TextOf(fixture, fixture.findings[1].range), "begin\nthe end");
  EXPECT_EQ(Spell({"f", "`a`", "", 3}), "f:`` `a` `` #3");
}

TEST(FixtureParserTest, SectionsAreFilesAndPlacesMayNameThem) {
  const Fixture fixture = ParseFixture("x.sh",
                                       "# as: run.sh\n"
                                       "# expect: a seccomp.json:`clone`\n"
                                       "#   label run.sh:`docker` named here\n"
                                       "docker run\n"
                                       "# --- seccomp.json\n"
                                       "{\n  // ok: b\n  \"clone\": 1\n}\n"
                                       "// --- MODEL\n"
                                       "{}\n");
  EXPECT_TRUE(fixture.errors.empty()) << fixture.errors[0];
  ASSERT_EQ(fixture.files.size(), 2u);
  EXPECT_EQ(fixture.files[0].name, "run.sh");
  EXPECT_EQ(fixture.files[1].bytes, "{\n          \n  \"clone\": 1\n}\n");
  EXPECT_EQ(fixture.files[1].first_line, 6u);
  EXPECT_EQ(TextOf(fixture, fixture.findings[0].range), "clone");
  EXPECT_EQ(TextOf(fixture, fixture.findings[0].labels[0].range), "docker");
  ASSERT_EQ(fixture.silences.size(), 1u);
  EXPECT_EQ(fixture.silences[0].range.file, "seccomp.json");
  EXPECT_EQ(fixture.model, "{}\n");
}

TEST(FixtureParserTest, WholeLineCommentsOfJsoncAreBlanked) {
  const Fixture fixture = ParseFixture("x.jsonc", "// plain\n{\"a\": \"// b\"} // c\n");
  EXPECT_EQ(fixture.files[0].name, "x.json");
  EXPECT_EQ(fixture.files[0].bytes, "        \n{\"a\": \"// b\"} // c\n");
}

TEST(FixtureParserTest, OkReachesToTheNextExpectation) {
  const Fixture fixture = ParseFixture("x.sh",
                                       "# ok: a, b\n"
                                       "one\n"
                                       "# expect: a `two`\n"
                                       "two\n"
                                       "# ok: a\n"
                                       "three\n");
  EXPECT_TRUE(fixture.errors.empty());
  ASSERT_EQ(fixture.silences.size(), 3u);
  EXPECT_EQ(fixture.silences[0].rule, "a");
  EXPECT_EQ(fixture.silences[1].rule, "b");
  EXPECT_EQ(TextOf(fixture, fixture.silences[0].range), "one\n# expect: a `two`\n");
  EXPECT_EQ(TextOf(fixture, fixture.silences[2].range), "three\n");
}

TEST(FixtureParserTest, SaysWhatIsWrong) {
  const auto errors = [](std::string_view bytes) { return ParseFixture("x.sh", bytes).errors; };
  EXPECT_EQ(errors("# expect: a `x`\n"), (std::vector<std::string>{"x.sh:1: no such text: `x`"}));
  EXPECT_EQ(errors("\n# expect: a\n"),
            (std::vector<std::string>{"x.sh:2: expected: expect: RULE [SEVERITY] `TEXT` [#N]"}));
  EXPECT_EQ(errors("# expect: a fatal `x`\nx\n").size(), 1u);
  EXPECT_EQ(errors("# expects: a `x`\nx\n"),
            (std::vector<std::string>{"x.sh:1: did you mean `expect:`?"}));
  EXPECT_EQ(errors("# config: strict\n").size(), 1u);
  EXPECT_TRUE(errors("# a comment: with a colon\n#   label `x`\n").empty());
}

TEST(FixtureParserTest, WhatItIsAfterAllFixesIsNoFile) {
  const Fixture fixture = ParseFixture("x.sh", "x\n# --- FIXED\n# expect: a `y`\nz\n");
  EXPECT_TRUE(fixture.errors.empty());
  EXPECT_EQ(fixture.files.size(), 1u);
  EXPECT_TRUE(fixture.findings.empty());
  EXPECT_EQ(fixture.fixed, "# expect: a `y`\nz\n");
}

TEST(FixtureParserTest, LinesMayEndWithCrlf) {
  const Fixture fixture =
      ParseFixture("x.sh", "# expect: a `x`\r\n# config: policy = service\r\nx\r\n");
  EXPECT_TRUE(fixture.errors.empty());
  ASSERT_EQ(fixture.findings.size(), 1u);
  ASSERT_EQ(fixture.config.size(), 1u);
  EXPECT_EQ(fixture.config[0].text, "service");
}

TEST(FixtureParserTest, GapsMayNameAPlace) {
  const Fixture fixture =
      ParseFixture("x.sh", "# gap: limit-reached\n# gap: syntax-error refused `x`\nx\n");
  EXPECT_TRUE(fixture.errors.empty());
  ASSERT_EQ(fixture.gaps.size(), 2u);
  EXPECT_FALSE(fixture.gaps[0].range.has_value());
  EXPECT_TRUE(fixture.gaps[1].refused);
  EXPECT_EQ(TextOf(fixture, *fixture.gaps[1].range), "x");
}

}  // namespace
}  // namespace cagelint::test
