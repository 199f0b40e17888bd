// Inputs, outputs and exit codes of check and model.
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace cagelint::cli {
namespace {

using test::Program;
using test::Ran;

constexpr std::string_view kBad = "#!/bin/sh\ndocker run --user 0 alpine\n";
// One rule only, so that the cases stay true whatever rules there are.
const std::string kOne = "check --select root-user ";

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

nlohmann::json Summary(const Ran& ran) { return nlohmann::json::parse(ran.out).at("summary"); }

TEST(Check, FormatsAreListed) {
  const Program program;
  const Ran ran = program("check --format help no-such-file");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  for (const char* part : {"text ", "json ", "sarif ", "for GitLab: a Code Quality report\n"})
    EXPECT_TRUE(Contains(ran.out, part)) << part;
  const Ran near = program("check --format sarf .");
  EXPECT_EQ(near.exit, 2);
  EXPECT_TRUE(Contains(near.err, "did you mean `sarif`?")) << near.err;
}

TEST(Check, FindingsExitWithOne) {
  const Program program;
  program.Write("run.sh", kBad);
  const Ran ran = program(kOne + "run.sh");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.err, "");
  EXPECT_TRUE(Contains(ran.out, "error[root-user]: ")) << ran.out;
  EXPECT_TRUE(Contains(ran.out, "run.sh:2:19\n")) << ran.out;
}

TEST(Check, IsDoneWithoutItsName) {
  const Program program;
  program.Write("run.sh", kBad);
  for (const char* words : {"run.sh --select root-user", "--select root-user",
                            "--select root-user .", "--select=root-user ./run.sh"}) {
    const Ran ran = program(words);
    EXPECT_EQ(ran.exit, 1) << words;
    EXPECT_TRUE(Contains(ran.out, "run.sh:2:19\n")) << words << ran.out;
  }
}

TEST(Check, NothingFoundExitsWithZero) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run --user 1000:1000 alpine\n");
  EXPECT_EQ(program(kOne + "run.sh").exit, 0);
}

TEST(Check, FailOn) {
  const Program program;
  program.Write("run.sh", kBad);
  EXPECT_EQ(program(kOne + "--fail-on error run.sh").exit, 1);
  EXPECT_EQ(program(kOne + "--fail-on info run.sh").exit, 1);
  const Ran never = program(kOne + "--fail-on never run.sh");
  EXPECT_EQ(never.exit, 0);
  EXPECT_TRUE(Contains(never.out, "root-user"));
}

TEST(Check, MinSeverityHides) {
  const Program program;
  program.Write("run.sh", kBad);
  const Ran ran = program(kOne + "--format json --min-severity error run.sh");
  EXPECT_EQ(Summary(ran).at("error"), 1);
  const Ran all = program("check --format json --min-severity error --fail-on never run.sh");
  EXPECT_EQ(Summary(all).at("warning"), 0);
  EXPECT_EQ(Summary(all).at("info"), 0);
}

TEST(Check, IgnoredRulesAreNotReported) {
  const Program program;
  program.Write("run.sh", kBad);
  const Ran ran = program("check --ignore root-user run.sh");
  EXPECT_FALSE(Contains(ran.out, "[root-user]"));
}

TEST(Check, MissingFileExitsWithTwoAfterTheRest) {
  const Program program;
  program.Write("run.sh", kBad);
  const Ran ran = program(kOne + "none.sh run.sh");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_TRUE(Contains(ran.err, "none.sh: no such file"));
  EXPECT_TRUE(Contains(ran.out, "error[root-user]"));
}

TEST(Check, GapsExitWithThree) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run --user 1000:1000 \"$@\" alpine\n");
  EXPECT_EQ(program(kOne + "run.sh").exit, 3);
  EXPECT_EQ(program(kOne + "--allow-gaps run.sh").exit, 0);
  const Ran ran = program(kOne + "--quiet run.sh");
  EXPECT_TRUE(Contains(ran.out, "gap[unresolved-arguments]")) << ran.out;
}

TEST(Check, FindingsComeBeforeGaps) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run --user 0 \"$@\" alpine\n");
  EXPECT_EQ(program(kOne + "run.sh").exit, 1);
}

TEST(Check, StandardInput) {
  const Program program;
  const Ran ran = program.Shell("echo 'docker run --user 0 alpine' | cagelint " + kOne +
                                "- --stdin-filename dir/launch.sh");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_TRUE(Contains(ran.out, "dir/launch.sh:1:19\n")) << ran.out;
  const Ran closed = program.Shell("cagelint check - <&-");
  EXPECT_EQ(closed.exit, 2);
  EXPECT_TRUE(Contains(closed.err, "standard input: ")) << closed.err;
}

TEST(Check, StandardInputHasALimit) {
  const Ran ran = Program().Shell(
      "yes docker | head -c 9000000 | cagelint check - "
      "--stdin-filename x.sh");
  EXPECT_EQ(ran.exit, 3);
  EXPECT_TRUE(Contains(ran.out, "gap[limit-reached]")) << ran.out.substr(0, 500);
}

TEST(Check, ArgumentVector) {
  const Ran ran = Program()(kOne + "-- docker run --user 0 -- alpine --user 1");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_TRUE(Contains(ran.out, "error[root-user]")) << ran.out;
}

TEST(Check, FormatsAndFiles) {
  const Program program;
  program.Write("run.sh", kBad);
  program.Write("old.json", std::string(100'000, 'x'));
  const Ran ran = program(kOne + "--format json --output old.json --format text run.sh");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_TRUE(Contains(ran.out, "error[root-user]: "));
  EXPECT_EQ(nlohmann::json::parse(program.Read("old.json")).at("summary").at("error"), 1);
  // Which of the pair comes first does not matter.
  EXPECT_EQ(program(kOne + "--output x.json --format json run.sh").exit, 1);
  EXPECT_EQ(program.Read("x.json"), program.Read("old.json"));
  EXPECT_EQ(program(kOne + "--output x.txt run.sh").out, "");
  EXPECT_TRUE(Contains(program.Read("x.txt"), "error[root-user]: "));
}

TEST(Check, UnwritableOutputIsRefusedBeforeTheWork) {
  const Program program;
  program.Write("run.sh", kBad);
  const Ran ran = program(kOne + "--output no/such/folder/x --format json --format text run.sh");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_TRUE(Contains(ran.err, "--output no/such/folder/x: no such file or directory"));
}

TEST(Check, FullDiskIsAFailure) {
  const Program program;
  program.Write("run.sh", kBad);
  const Ran ran = program.Shell("cagelint " + kOne + "run.sh > /dev/full");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_TRUE(Contains(ran.err, "standard output: no space left on device")) << ran.err;
}

TEST(Check, ClosedPipeEndsQuietly) {
  const Program program;
  std::string many = "#!/bin/sh\n";
  for (int i = 0; i < 5000; ++i) many += "docker run --user 0 alpine\n";
  program.Write("run.sh", many);
  const Ran ran = program.Shell("cagelint " + kOne + "run.sh | head -n 1");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
}

// Every finding names its container: with the whole name, these would take gigabytes.
TEST(Check, LongNamesAreNotRepeated) {
  const Program program;
  std::string line = "docker run --user 0 --name " + std::string(1'000'000, 'a');
  for (int i = 0; i < 3000; ++i) line += " --tmpfs /t" + std::to_string(i);
  program.Write("run.sh", line + " alpine\n");
  const Ran ran = program("check --format json run.sh");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_GE(nlohmann::json::parse(ran.out).at("findings").size(), 3000u);
  EXPECT_LT(ran.out.size(), 20'000'000u);
}

TEST(Check, Color) {
  const Program program;
  program.Write("run.sh", kBad);
  EXPECT_FALSE(Contains(program(kOne + "run.sh").out, "\x1b["));
  EXPECT_TRUE(Contains(program(kOne + "--color always run.sh").out, "\x1b["));
  // A pseudo-terminal by util-linux's script(1), where it is installed.
  if (program.Shell("script -qec true /dev/null").exit != 0)
    GTEST_SKIP() << "no script(1), or the machine has no pseudo-terminals";
  const std::string run = "'" CAGELINT_BINARY "' " + kOne + "run.sh";
  const auto on_terminal = [&](const std::string& before, const std::string& after) {
    return program.Shell("TERM=xterm script -qec \"" + before + run + after + "\" /dev/null").out;
  };
  EXPECT_TRUE(Contains(on_terminal("", ""), "\x1b[1;31m"));
  EXPECT_FALSE(Contains(on_terminal("NO_COLOR=1 ", ""), "\x1b[1;31m"));
  EXPECT_FALSE(Contains(on_terminal("", " --color never"), "\x1b[1;31m"));
  EXPECT_FALSE(Contains(on_terminal("TERM=dumb ", ""), "\x1b[1;31m"));
}

TEST(Check, List) {
  const Program program;
  program.Write("run.sh", kBad);
  program.Write("notes.txt", "nothing");
  const Ran ran = program("check --list run.sh notes.txt");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_TRUE(Contains(ran.out, "run.sh: shell (")) << ran.out;
  EXPECT_TRUE(Contains(ran.out, "notes.txt: - (")) << ran.out;
}

TEST(Model, PrintsJson) {
  const Program program;
  program.Write("run.sh", kBad);
  const Ran ran = program("model run.sh");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
  const auto model = nlohmann::json::parse(ran.out);
  EXPECT_EQ(model.at("containers").at(0).at("settings").at("user").at("value"), "0");
}

TEST(Model, SaysWhatTheClientRefuses) {
  const Ran ran = Program()("model -- docker run --no-such-flag alpine");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_TRUE(Contains(ran.err, "no-such-flag")) << ran.err;
  EXPECT_EQ(Program()("model -- docker run alpine").exit, 0);
}

TEST(Model, GapsExitWithThree) {
  const Program program;
  program.Write("run.sh", "#!/bin/sh\ndocker run \"$@\" alpine\n");
  EXPECT_EQ(program("model run.sh").exit, 3);
}

}  // namespace
}  // namespace cagelint::cli
