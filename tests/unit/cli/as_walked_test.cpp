// What hooks ask for: files are named, and judged as if a walk had come to them.
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "tests/support/program.h"

namespace cagelint::cli {
namespace {

using test::Program;
using test::Ran;

constexpr std::string_view kBad = "services: {web: {image: nginx, privileged: true}}\n";

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(AsWalked, GivesWhatAWalkGives) {
  const std::string find = "find fixtures/input -type f | LC_ALL=C sort | xargs cagelint ";
  const auto run = [](const std::string& script) {
    // xargs starts programs, not functions of the shell.
    return test::RunShell("PATH=\"$(dirname '" CAGELINT_BINARY "'):$PATH\"\n" + script,
                          CAGELINT_SOURCE_DIR);
  };
  const Ran walked = run("cagelint check --format json fixtures/input");
  const Ran named = run(find + "check --as-walked --format json");
  ASSERT_EQ(walked.exit, 1) << walked.err;
  EXPECT_TRUE(walked.out == named.out) << named.err;
  EXPECT_FALSE(walked.out == run(find + "check --format json").out)
      << "names without the flag are no different: this compares nothing";
}

TEST(AsWalked, PassesByWhatIsExcludedOrNoConfiguration) {
  const Program program;
  program.Write(".cagelint.yaml", "exclude: [vendor]\n");
  program.Write("vendor/compose.yaml", kBad);
  program.Write(".venv/lib/compose.yaml", kBad);
  program.Write("notes.txt", "nothing\n");
  program.Write("data.json", "{}\n");
  const std::string files = "vendor/compose.yaml .venv/lib/compose.yaml notes.txt data.json";
  const Ran walked = program("--as-walked " + files);
  EXPECT_EQ(walked.exit, 0) << walked.out << walked.err;
  EXPECT_EQ(program(files).exit, 1);
  EXPECT_EQ(program("notes.txt").exit, 3);
}

TEST(AsWalked, StillMissesWhatIsNotThere) {
  const Program program;
  const Ran ran = program("--as-walked gone.sh");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_TRUE(Contains(ran.err, "gone.sh")) << ran.err;
}

// What comes last are names that somebody else may have chosen.
TEST(AsWalked, NamesAreNoOptions) {
  const Program program;
  program.Write("compose.yaml", kBad);
  const std::string_view names[] = {
      "--fail-on=never", "--no-config", "--ignore=privileged", "-h", "--help", "-f=evil.yaml", "-"};
  for (const std::string_view name : names) {
    program.Write(name, "");
    const Ran ran =
        program("check --select privileged --as-walked '" + std::string(name) + "' compose.yaml");
    EXPECT_EQ(ran.exit, 1) << name << ": " << ran.err;
    EXPECT_TRUE(Contains(ran.out, "error[privileged]")) << name << ": " << ran.out;
  }
  program.Write("--", kBad);
  EXPECT_EQ(program("--as-walked --select privileged -- compose.yaml").exit, 1);
  program.Write("-x.sh", "docker run --privileged alpine\n");
  const Ran ran = program("--as-walked --select privileged -x.sh");
  EXPECT_TRUE(Contains(ran.out, "-x.sh:1:")) << ran.out << ran.err;
}

}  // namespace
}  // namespace cagelint::cli
