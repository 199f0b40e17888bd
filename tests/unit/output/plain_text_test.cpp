#include "linter/output/plain_text.h"

#include <gtest/gtest.h>

namespace cagelint::output {
namespace {

TEST(Uri, EveryByteThatMeansSomethingIsEncoded) {
  EXPECT_EQ(UriReference("a/b-c_d.e~1.sh"), "a/b-c_d.e~1.sh");
  EXPECT_EQ(UriReference("a b#c?d%41:e\\f[g]"), "a%20b%23c%3Fd%2541%3Ae%5Cf%5Bg%5D");
  EXPECT_EQ(UriReference("\n\x1b\x7f\"<>"), "%0A%1B%7F%22%3C%3E");
  EXPECT_EQ(UriReference("\u202e\xff"), "%E2%80%AE%FF");
  EXPECT_EQ(UriReference("../x"), "../x");
  EXPECT_EQ(UriReference("/etc/a b"), "file:///etc/a%20b");
}

TEST(Uri, FilesAreAbsoluteWhereTheFolderIsKnown) {
  EXPECT_EQ(FileUri("a b", "/w d"), "file:///w%20d/a%20b");
  EXPECT_EQ(FileUri("a", "/"), "file:///a");
  EXPECT_EQ(FileUri("/x", "/w"), "file:///x");
  EXPECT_EQ(FileUri("a", ""), "a");
  EXPECT_EQ(FileUri("<stdin>", "/w"), "untitled:%3Cstdin%3E");
  EXPECT_EQ(FileUri("<command line>", "/w"), "untitled:%3Ccommand%20line%3E");
}

TEST(Texts, AreOneLineAndShort) {
  diagnostic::Diagnostic finding;
  finding.message = "a\nb\x1b[0m\u202e\xff";
  EXPECT_EQ(FindingText(finding), "a\\nb\\x1b[0m\\u{202e}\\xff");
  finding.help = "do";
  EXPECT_TRUE(FindingText(finding).ends_with("; fix: do"));
  finding.message = std::string(100'000, 'x');
  EXPECT_LT(FindingText(finding).size(), 1'000U);
  EXPECT_EQ(GapText({"k", "m\n", {}, "", true}),
            "could not be judged: m\\n (refused by the program that reads it)");
}

}  // namespace
}  // namespace cagelint::output
