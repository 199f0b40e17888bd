// Options, output and exit codes of fix and harden.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace cagelint::cli {
namespace {

using test::Program;
using test::Ran;

constexpr std::string_view kScript = "#!/bin/sh\n# how it is started\ndocker run alpine:3.22\n";
const std::string kOne = "fix --select unlimited-pids ";
const std::string kOneFixed =
    "#!/bin/sh\n# how it is started\ndocker run --pids-limit=256 alpine:3.22\n";

bool Contains(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

TEST(Fix, WritesTheFileAndExitsAsCheckWould) {
  const Program program;
  program.Write("run.sh", kScript);
  const Ran ran = program(kOne + "run.sh");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "cagelint: made 1 fix in 1 file\n");
  EXPECT_EQ(program.Read("run.sh"), kOneFixed);
  const Ran again = program(kOne + "run.sh");
  EXPECT_EQ(again.err, "cagelint: made 0 fixes in 0 files\n");
  EXPECT_EQ(program.Read("run.sh"), kOneFixed);
}

TEST(Fix, SafeUnlessAsked) {
  const Program program;
  program.Write("run.sh", kScript);
  const Ran safe = program("fix run.sh");
  EXPECT_EQ(safe.exit, 1) << "findings are left";
  EXPECT_TRUE(Contains(safe.err, "(--unsafe)")) << safe.err;
  EXPECT_FALSE(Contains(program.Read("run.sh"), "--read-only"));
  const Ran unsafe = program("fix --unsafe .");
  EXPECT_TRUE(Contains(program.Read("run.sh"), "--read-only")) << program.Read("run.sh");
  EXPECT_FALSE(Contains(unsafe.err, "(--unsafe)")) << unsafe.err;
}

TEST(Fix, DiffIsAPatchAndChangesNothing) {
  const Program program;
  program.Write("sub/run.sh", kScript);
  const Ran ran = program(kOne + "--diff .");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out,
            "--- a/sub/run.sh\n+++ b/sub/run.sh\n@@ -1,3 +1,3 @@\n #!/bin/sh\n # how it is "
            "started\n-docker run alpine:3.22\n+docker run --pids-limit=256 alpine:3.22\n");
  EXPECT_EQ(ran.err, "cagelint: would make 1 fix in 1 file\n");
  EXPECT_EQ(program.Read("sub/run.sh"), kScript);
  program.Write("sub/run.sh", kOneFixed);
  const Ran none = program(kOne + "--diff .");
  EXPECT_EQ(none.exit, 0);
  EXPECT_EQ(none.out, "");
}

TEST(Fix, CheckNamesTheFiles) {
  const Program program;
  program.Write("run.sh", kScript);
  program.Write("done.sh", kOneFixed);
  const Ran ran = program(kOne + "--check .");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(ran.out, "run.sh\n");
  EXPECT_EQ(program.Read("run.sh"), kScript);
  EXPECT_EQ(program(kOne + "--check done.sh").exit, 0);
}

TEST(Fix, AFileThatCannotBeWrittenIsSaidAndTheOthersAreFixed) {
  const Program program;
  program.Write("a.sh", kScript);
  program.Write("b.sh", kScript);
  const Ran ran = program.Shell("ln a.sh other; cagelint " + kOne + "a.sh b.sh");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_TRUE(Contains(ran.err, "a.sh: not fixed: has a second name")) << ran.err;
  EXPECT_EQ(program.Read("a.sh"), kScript);
  EXPECT_EQ(program.Read("b.sh"), kOneFixed);
}

TEST(Fix, UsageIsSaid) {
  const Program program;
  EXPECT_EQ(program("fix -- docker run alpine").exit, 2);
  EXPECT_EQ(program("fix -").exit, 2);
  EXPECT_EQ(program("fix gone.sh").exit, 2);
  EXPECT_EQ(program("fix --unknown").exit, 2);
  EXPECT_EQ(program("harden").exit, 2);
  EXPECT_EQ(program("harden a b").exit, 2);
  EXPECT_EQ(program("harden .").exit, 2);
}

TEST(Fix, SaysWhatStaysAndWhy) {
  const Program program;
  program.Write("run.sh", "set -- --privileged alpine:3.22\ndocker run \"$@\"\n");
  const std::string line =
      "cagelint: run.sh: line 2: privileged stays: run it unprivileged: several values come out of "
      "this word\n";
  EXPECT_EQ(program("fix --unsafe --select privileged run.sh").err,
            line + "cagelint: made 0 fixes in 0 files\n");
  EXPECT_EQ(program("harden --select privileged run.sh").err, line);
  std::string many = "set -- --privileged alpine:3.22\n";
  for (int i = 0; i < 23; ++i) many += "docker run \"$@\"\n";
  program.Write("run.sh", many);
  const std::string err = program("harden --select privileged run.sh").err;
  EXPECT_EQ(std::count(err.begin(), err.end(), '\n'), 21) << err;
  EXPECT_TRUE(err.ends_with("\ncagelint: and 3 more\n")) << err;
}

TEST(Fix, AFileIsFixedOnceWhateverItsNames) {
  const Program program;
  program.Write("real.sh", kScript);
  ASSERT_EQ(program.Shell("ln -s real.sh link.sh").exit, 0);
  const Ran ran = program(kOne + ".");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(ran.err, "cagelint: made 1 fix in 1 file\n");
  EXPECT_EQ(program.Read("real.sh"), kOneFixed);
  EXPECT_EQ(program.Shell("test -L link.sh").exit, 0);
}

TEST(Harden, PrintsOneLine) {
  const Program program;
  const Ran ran = program("harden -- docker run -v /:/host alpine:3.22 sh -c 'echo  \"$x\"'");
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(std::count(ran.out.begin(), ran.out.end(), '\n'), 1) << ran.out;
  EXPECT_TRUE(ran.out.starts_with("docker run ")) << ran.out;
  EXPECT_TRUE(ran.out.ends_with(" alpine:3.22 sh -c 'echo  \"$x\"'\n")) << ran.out;
  for (const char* flag : {"--read-only", "--cap-drop", "--pids-limit", "--memory"})
    EXPECT_TRUE(Contains(ran.out, flag)) << ran.out;
  std::string line = ran.out;
  line.pop_back();
  EXPECT_EQ(program("harden -- " + line).out, ran.out);
}

TEST(Harden, PrintsAFileAndLeavesIt) {
  const Program program;
  program.Write("run.sh", kScript);
  const Ran ran = program("harden --select unlimited-pids run.sh");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.out, kOneFixed);
  EXPECT_EQ(program.Read("run.sh"), kScript);
  EXPECT_EQ(program("harden --select unlimited-pids \"$PWD/run.sh\"").out, kOneFixed);
  EXPECT_EQ(
      program.Shell("cagelint harden --select unlimited-pids - --stdin-filename x.sh < run.sh").out,
      kOneFixed);
}

TEST(Harden, WhatTheClientRefusesIsNotPrinted) {
  const Program program;
  const Ran ran = program("harden -- docker run --no-such-flag alpine");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err, "");
}

TEST(Check, JsonHasTheFixes) {
  const Program program;
  program.Write("run.sh", kScript);
  const Ran ran = program("check --select unlimited-pids --format json run.sh");
  const auto json = nlohmann::json::parse(ran.out);
  const auto& fix = json.at("findings").at(0).at("fixes").at(0);
  EXPECT_EQ(fix.at("safety"), "safe");
  EXPECT_NE(fix.at("title"), "");
  const auto& edit = fix.at("edits").at(0);
  EXPECT_EQ(edit.at("path"), "run.sh");
  std::string bytes(kScript);
  const std::size_t begin = edit.at("range").at("start").at("offset");
  const std::size_t end = edit.at("range").at("end").at("offset");
  EXPECT_EQ(bytes.replace(begin, end - begin, edit.at("text").get<std::string>()), kOneFixed);
}

}  // namespace
}  // namespace cagelint::cli
