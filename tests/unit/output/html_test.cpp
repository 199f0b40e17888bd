#include <gtest/gtest.h>

#include "linter/base/embedded.h"
#include "linter/output/html_text.h"
#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

// The digests are those of FIPS 180-4's examples.
TEST(HtmlText, ContentHash) {
  EXPECT_EQ(ContentHash(""), "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='");
  EXPECT_EQ(ContentHash("abc"), "'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0='");
}

TEST(HtmlText, Messages) {
  EXPECT_EQ(HtmlMessage("a `<b>` & `c"), "a <code>&lt;b&gt;</code> &amp; `c");
  EXPECT_EQ(HtmlMessage("a\n\x1b"), "a\\n\\x1b");
}

TEST(HtmlText, WhatIsMeantIsMarked) {
  Sample sample;
  const auto& file = sample.File("run.sh", "漢字\t<b> é\x1b x\none\ntwo\nthree\n");
  const auto source = [&](std::string_view text) {
    return HtmlSource(*sample.report.sources, Sample::At(file, text), "error");
  };
  EXPECT_EQ(
      source("<b>"),
      "<pre><span class=\"n\">1</span> 漢字    <mark class=\"error\">&lt;b&gt;</mark> é\\x1b x\n"
      "</pre>");
  EXPECT_EQ(source("x\n"),
            "<pre><span class=\"n\">1</span> 漢字    &lt;b&gt; é\\x1b <mark "
            "class=\"error\">x</mark>\n</pre>");
  EXPECT_EQ(source("x\none\ntwo\nth"),
            "<pre><span class=\"n\">1</span> 漢字    &lt;b&gt; é\\x1b <mark "
            "class=\"error\">x</mark>\n<span class=\"n\"></span> ...\n"
            "<span class=\"n\">4</span> <mark class=\"error\">th</mark>ree\n</pre>");
}

TEST(HtmlText, TheLineEndHasAMark) {
  Sample sample;
  const auto& file = sample.File("run.sh", "ab\n");
  EXPECT_EQ(HtmlSource(*sample.report.sources, {file.Id(), 2, 2}, "gap"),
            "<pre><span class=\"n\">1</span> ab<mark class=\"gap\"> </mark>\n</pre>");
}

TEST(HtmlWriter, ThePolicyNamesItsScriptAndItsStyle) {
  Sample sample;
  const std::string text = FindWriter("html")->write(sample.report, {});
  const auto inside = [&](std::string_view tag) {
    const std::size_t begin = text.find("<" + std::string(tag) + ">") + tag.size() + 2;
    return text.substr(begin, text.find("</" + std::string(tag) + ">") - begin);
  };
  EXPECT_EQ(inside("script"), embedded::Find("linter/output/html/report.js"));
  EXPECT_NE(text.find("script-src " + ContentHash(inside("script")) + ";"), std::string::npos);
  EXPECT_NE(text.find("style-src " + ContentHash(inside("style")) + ";"), std::string::npos);
  EXPECT_NE(text.find("Nothing was found."), std::string::npos);
}

TEST(HtmlWriter, InputsAreText) {
  Sample sample;
  const std::string evil = "<script>x</script>\"'>";
  const auto& file = sample.File(evil, evil + "\n");
  auto& finding = sample.Find("r", Severity::kError, Sample::At(file, evil), evil);
  finding.help = finding.message;
  finding.labels = {{Sample::At(file, "x"), evil}};
  finding.subject = std::make_shared<diagnostic::Subject>(
      diagnostic::Subject{evil, evil, Sample::At(file, "x"), evil});
  finding.suppressed = {evil, evil};
  sample.Gap(evil, evil, {}, evil);
  sample.report.errors = {evil};
  sample.report.fixed = {{evil, evil, evil, evil, 1}};
  sample.report.configurations = {evil};
  const std::string text = FindWriter("html")->write(sample.report, {});
  EXPECT_EQ(text.find("<script>x"), std::string::npos);
  EXPECT_EQ(text.find("\"'>"), std::string::npos);
  EXPECT_NE(text.find("&lt;script&gt;x&lt;/script&gt;&quot;&#39;&gt;"), std::string::npos);
}

}  // namespace
}  // namespace cagelint::output
