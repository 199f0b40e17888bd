#include "linter/output/unified_diff.h"

#include <random>
#include <string>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "tests/support/program.h"

namespace cagelint::output {
namespace {

std::string Numbered(int from, int to) {
  std::string out;
  for (int i = from; i <= to; ++i) out += std::to_string(i) + "\n";
  return out;
}

TEST(UnifiedDiff, OfNothingIsNothing) { EXPECT_EQ(UnifiedDiff("a", "x\n", "x\n"), ""); }

TEST(UnifiedDiff, ShowsThreeLinesAround) {
  EXPECT_EQ(UnifiedDiff("run.sh", Numbered(1, 9), Numbered(1, 4) + "five\n" + Numbered(6, 9)),
            "--- a/run.sh\n+++ b/run.sh\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
}

TEST(UnifiedDiff, NearChangesAreOneHunkAndFarOnesTwo) {
  const auto changed = [](int second) {
    std::string out = "new\n" + Numbered(1, 30);
    const std::string line = "\n" + std::to_string(second) + "\n";
    return out.replace(out.find(line) + 1, line.size() - 2, "x");
  };
  const auto hunks = [](const std::string& diff) {
    std::size_t count = 0;
    for (std::size_t at = diff.find("\n@@ "); at != std::string::npos;
         at = diff.find("\n@@ ", at + 1))
      ++count;
    return count;
  };
  EXPECT_EQ(hunks(UnifiedDiff("a", Numbered(1, 30), changed(7))), 1u);
  EXPECT_EQ(hunks(UnifiedDiff("a", Numbered(1, 30), changed(8))), 2u);
}

TEST(UnifiedDiff, SaysWhereALineHasNoEnd) {
  EXPECT_EQ(UnifiedDiff("a", "x", "x\n"),
            "--- a/a\n+++ b/a\n@@ -1 +1 @@\n-x\n\\ No newline at end of file\n+x\n");
}

TEST(UnifiedDiff, NamesThatALineCannotHoldAreQuoted) {
  EXPECT_EQ(UnifiedDiff("a\n\"\x1B.sh", "", "x\n").substr(0, 22), "--- \"a/a\\012\\\"\\033.sh\"");
  EXPECT_EQ(UnifiedDiff("a b.sh", "", "x\n").substr(0, 13), "--- a/a b.sh\t");
}

// What patch makes of the old text and the diff is the new text.
TEST(UnifiedDiff, PatchTakesIt) {
  const test::Program program;
  if (program.Shell("patch --version").exit != 0) GTEST_SKIP() << "there is no `patch`";
  std::mt19937 random(11);
  const auto text = [&](std::size_t lines) {
    std::string out;
    for (std::size_t i = 0; i < lines; ++i)
      out += std::string(1, static_cast<char>('a' + random() % 4)) +
             (random() % 9 == 0 ? "\r\n" : "\n");
    if (random() % 3 == 0 && !out.empty()) out.pop_back();
    return out;
  };
  for (int round = 0; round < 60; ++round) {
    const std::string before = text(random() % 300);
    std::string after = before;
    for (std::size_t edits = random() % 6; edits > 0; --edits) {
      const std::size_t at = random() % (after.size() + 1);
      after = after.substr(0, at) + text(random() % 8) +
              after.substr(std::min(after.size(), at + random() % 12));
    }
    if (round % 10 == 0) after = text(300);
    if (after.empty()) continue;  // patch takes the file away then
    program.Write("x.sh", before);
    program.Write("x.diff", UnifiedDiff("x.sh", before, after));
    if (before != after) {
      const test::Ran ran = program.Shell("patch --binary -s -p1 < x.diff");
      ASSERT_EQ(ran.exit, 0) << ran.out << ran.err << program.Read("x.diff");
    }
    ASSERT_EQ(program.Read("x.sh"), after) << program.Read("x.diff");
  }
}

}  // namespace
}  // namespace cagelint::output
