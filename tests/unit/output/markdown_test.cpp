#include "linter/output/markdown.h"

#include <gtest/gtest.h>

#include "linter/output/markdown_text.h"
#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

TEST(MarkdownText, CodeSpans) {
  EXPECT_EQ(MarkdownCode("a"), "`a`");
  EXPECT_EQ(MarkdownCode(""), "");
  EXPECT_EQ(MarkdownCode("a`b``c"), "```a`b``c```");
  EXPECT_EQ(MarkdownCode("`a"), "`` `a ``");
  EXPECT_EQ(MarkdownCode(" a "), "`  a  `");
  EXPECT_EQ(MarkdownCode("  "), "`  `");
  EXPECT_EQ(MarkdownCode("a|b\\|c"), "`a\\|b\\\\x7cc`");
  EXPECT_EQ(MarkdownCode("a\nb\x1b"), "`a\\nb\\x1b`");
}

TEST(MarkdownText, PlainWordsStayWords) {
  EXPECT_EQ(MarkdownMessage("the project's root is read-only (docker, 24): no way out"),
            "the project's root is read-only (docker, 24): no way out");
  EXPECT_EQ(MarkdownMessage("`a` and `b`, or `c`"), "`a` and `b`, or `c`");
}

TEST(MarkdownText, AnythingElseIsCode) {
  EXPECT_EQ(MarkdownMessage("ask @you about #12"), "ask `@you` about `#12`");
  EXPECT_EQ(MarkdownMessage("see https://x.example, www.x.example"),
            "see `https://x.example,` `www.x.example`");
  EXPECT_EQ(MarkdownMessage("commit deadbeef 1234567 GH-12"),
            "commit `deadbeef` `1234567` `GH-12`");
  EXPECT_EQ(MarkdownMessage("<b>x</b> *a* _b_ [l](m) a|b"),
            "`<b>x</b>` `*a*` `_b_` `[l](m)` `a\\|b`");
  EXPECT_EQ(MarkdownMessage(":tada: a@b.c"), "`:tada:` `a@b.c`");
}

TEST(MarkdownText, SpansSideBySideAreOne) {
  EXPECT_EQ(MarkdownMessage("`a`@b"), "`a@b`");
  EXPECT_EQ(MarkdownMessage("`a``b`"), "`ab`");
  EXPECT_EQ(MarkdownMessage("open `a | b"), "open `a \\| b`");
}

TEST(MarkdownText, BlocksHoldTicks) {
  EXPECT_EQ(MarkdownBlock("a\n```\n</details>"), "````text\na\n```\n</details>\n````\n");
}

TEST(MarkdownWriter, Document) {
  Sample sample;
  const auto& file = sample.File("a|b.sh", "docker run x\n");
  sample.Find("r", Severity::kInfo, Sample::At(file, "docker"), "one");
  sample.Find("s", Severity::kError, Sample::At(file, "run"), "two `x|y`");
  sample.Find("t", Severity::kError, Sample::At(file, "x"), "three").suppressed = {"comment",
                                                                                   "it is meant"};
  sample.Gap("syntax-error", "four", {}, "<stdin>", true);
  sample.report.errors = {"c.sh: no such file"};
  sample.report.fixed = {{"u", "d.sh", "web", "", 2}};
  WriterOptions options;
  options.source_url = "https://example.org/";
  const std::string text = FindWriter("markdown")->write(sample.report, options);
  const std::string head = R"(### cagelint: 1 error, 0 warnings, 1 info, 1 gap

1 file, 0 containers, 0 profiles

**The program could not do its work:**

- `c.sh: no such file`

| severity | rule | place | message |
|---|---|---|---|
| error | [`s`](https://example.org/rules/README.md#s) | `a\|b.sh:1:8` | two `x\|y` |
| info | [`r`](https://example.org/rules/README.md#r) | `a\|b.sh:1:1` | one |

**Could not be judged:**

| gap | place | message |
|---|---|---|
| `syntax-error` | `<stdin>` | four (refused by the program that reads it) |

<details><summary>Suppressed: 1</summary>

| rule | place | by | reason |
|---|---|---|---|
| [`t`](https://example.org/rules/README.md#t) | `a\|b.sh:1:12` | comment | it is meant |

</details>

<details><summary>Of the baseline, found no longer: 1</summary>

- `u in d.sh (web), 2 times`

</details>

<details><summary>Source, reason and remedy</summary>

```text
)";
  EXPECT_EQ(text.substr(0, head.size()), head);
  EXPECT_TRUE(text.ends_with("\n```\n\n</details>\n")) << text;
}

TEST(MarkdownWriter, NothingFound) {
  Sample sample;
  EXPECT_EQ(FindWriter("markdown")->write(sample.report, {}),
            "### cagelint: 0 errors, 0 warnings, 0 info, 0 gaps\n\n"
            "0 files, 0 containers, 0 profiles\n\nNothing was found.\n");
}

std::size_t Rows(std::string_view text, std::string_view begin) {
  std::size_t rows = 0;
  for (std::size_t at = text.find(begin); at != std::string_view::npos;
       at = text.find(begin, at + 1))
    ++rows;
  return rows;
}

TEST(MarkdownWriter, WithoutAnAddressThereIsNoLink) {
  Sample sample;
  const auto& file = sample.File("a.sh", "docker run x\n");
  sample.Find("r", Severity::kInfo, Sample::At(file, "docker"), "one");
  const std::string text = FindWriter("markdown")->write(sample.report, {});
  EXPECT_NE(text.find("| info | `r` |"), std::string::npos) << text;
}

TEST(MarkdownWriter, WhatIsTooLongIsCutAndCounted) {
  Sample sample;
  const auto& file = sample.File("run.sh", "docker run x\n");
  for (int i = 0; i < 300; ++i) {
    sample.Find("s", Severity::kInfo, Sample::At(file, "x"), "info");
    sample.Find("r", Severity::kError, Sample::At(file, "run"), "error");
    sample.Find("t", Severity::kError, Sample::At(file, "x"), "h").suppressed = {"comment",
                                                                                 "meant"};
    sample.Gap("remote-file", std::string(200, '`'), {}, "x.sh");
    sample.report.errors.push_back("no such file");
    sample.report.fixed.push_back({"u", "d.sh", "web", "", 1});
  }
  WriterOptions options;
  options.source_url = "https://example.org/";
  for (const std::size_t limit : {2'000u, 2'001u, 5'000u, 20'000u, 65'536u, 10'000'000u}) {
    const std::string text = MarkdownSummary(sample.report, limit, options);
    EXPECT_LE(text.size(), limit);
    const std::size_t errors = Rows(text, "\n| error | ");
    const std::size_t infos = Rows(text, "\n| info | ");
    const bool is_cut = errors + infos < 600;
    EXPECT_EQ(is_cut, limit < 10'000'000u);
    EXPECT_TRUE(infos == 0 || errors == 300) << "the worst come first";
    const std::string rest =
        "\n\n" + std::to_string(600 - errors - infos) + " more are left out here.\n";
    EXPECT_EQ(text.find(rest) != std::string::npos, is_cut) << limit;
    EXPECT_EQ(Rows(text, "<details>"), Rows(text, "</details>"));
  }
}

}  // namespace
}  // namespace cagelint::output
