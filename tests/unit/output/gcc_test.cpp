#include <gtest/gtest.h>

#include "linter/output/writers.h"
#include "tests/unit/output/sample.h"

namespace cagelint::output {
namespace {

using diagnostic::Severity;
using test::Sample;

std::string Gcc(const engine::Report& report) { return FindWriter("gcc")->write(report, {}); }

std::string PathOf(std::string path) {
  Sample sample;
  const auto& file = sample.File(std::move(path), "x");
  sample.Find("r", Severity::kError, Sample::At(file, "x"), "m");
  std::string out = Gcc(sample.report);
  const std::string rest = ":1:1: error: m [r]\n";
  EXPECT_TRUE(out.ends_with(rest)) << out;
  return out.substr(0, out.size() - rest.size());
}

TEST(GccWriter, ColumnsCountBytes) {
  Sample sample;
  const auto& file = sample.File("run.sh", "x\r\n🤖ö docker\n");
  sample.Find("a", Severity::kError, Sample::At(file, "docker"), "one");
  sample.Find("b", Severity::kWarning, Sample::At(file, "ö"), "two\nlines");
  sample.Find("c", Severity::kInfo, Sample::At(file, "x"), "three");
  sample.Find("d", Severity::kInfo, Sample::At(file, "x"), "hidden").suppressed = {"comment", "ok"};
  EXPECT_EQ(Gcc(sample.report),
            "run.sh:2:8: error: one [a]\n"
            "run.sh:2:5: warning: two\\nlines [b]\n"
            "run.sh:1:1: note: three [c]\n");
}

TEST(GccWriter, GapsAndErrors) {
  Sample sample;
  const auto& file = sample.File("run.sh", "a\nx\n");
  sample.Gap("syntax-error", "one", Sample::At(file, "x"), "", true);
  sample.Gap("unreadable-file", "two", {}, "y.sh");
  sample.report.errors = {"z.sh: no such file ##[group]"};
  EXPECT_EQ(Gcc(sample.report),
            "cagelint: error: z.sh: no such file \\x23#[group]\n"
            "run.sh:2:1: warning: one (refused by the program that reads it) [gap syntax-error]\n"
            "y.sh:1:1: warning: two [gap unreadable-file]\n");
}

TEST(GccWriter, NamesCannotForgePlacesOrCommands) {
  EXPECT_EQ(PathOf("a:b/c.sh"), "a:b/c.sh");
  EXPECT_EQ(PathOf("a.sh:1:2: error: forged"), "a.sh\\x3a1\\x3a2: error: forged");
  EXPECT_EQ(PathOf("a\nb\x1b.sh"), "a\\nb\\x1b.sh");
  EXPECT_EQ(PathOf("::error::a.sh"), "./::error::a.sh");
  EXPECT_EQ(PathOf(" ::error::a.sh"), "./ ::error::a.sh");
  EXPECT_EQ(PathOf("\xE3\x80\x80::error::a.sh"), "./\xE3\x80\x80::error::a.sh");
  EXPECT_EQ(PathOf("##[error]##[a.sh"), "\\x23#[error]\\x23#[a.sh");
  EXPECT_EQ(PathOf("###[a.sh"), "#\\x23#[a.sh");
  EXPECT_EQ(PathOf("<command line>"), "<command line>");
}

}  // namespace
}  // namespace cagelint::output
