// The built program as a whole, with every rule: what no part of it can be asked alone. Options and
// single commands are tested in unit/cli.
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "tests/support/program.h"

namespace cagelint::test {
namespace {

using Json = nlohmann::json;

// No rule of policy `agent` has anything against this one at warning or above.
constexpr std::string_view kHardened =
    "docker run --rm --network=none --read-only --cap-drop=ALL "
    "--security-opt=no-new-privileges --user 1000:1000 --memory 512m --memory-swap 512m --cpus 1 "
    "--pids-limit 100 --tmpfs /tmp:rw,noexec,nosuid,size=64m alpine:3.22 true\n";
constexpr std::string_view kPlain = "docker run alpine\n";

TEST(CliTest, EachExitCodeHasItsInput) {
  const Program cagelint;
  cagelint.Write("plain.sh", kPlain);
  cagelint.Write("hard.sh", kHardened);
  cagelint.Write("gap.sh", std::string(kHardened).insert(11, "$OPTS "));
  const Ran hard = cagelint("hard.sh");
  EXPECT_EQ(hard.exit, 0) << hard.out;
  EXPECT_EQ(cagelint("plain.sh").exit, 1);
  EXPECT_EQ(cagelint("gone.sh").exit, 2);
  const Ran gap = cagelint("gap.sh");
  EXPECT_EQ(gap.exit, 3) << gap.out;
  EXPECT_NE(gap.out.find("unresolved-arguments"), std::string::npos) << gap.out;
}

TEST(CliTest, TwoBeatsOneBeatsThree) {
  const Program cagelint;
  cagelint.Write("plain.sh", kPlain);
  cagelint.Write("gap.sh", std::string(kHardened).insert(11, "$OPTS "));
  EXPECT_EQ(cagelint("gap.sh plain.sh").exit, 1);
  EXPECT_EQ(cagelint("gap.sh plain.sh gone.sh").exit, 2);
  EXPECT_EQ(cagelint("gap.sh gone.sh").exit, 2);
}

TEST(CliTest, AnEmptyFolderIsClean) {
  const Program cagelint;
  const Ran ran = cagelint("");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err, "");
}

TEST(CliTest, AFifoOrADeviceIsNeverWaitedFor) {
  const Program cagelint;
  EXPECT_EQ(cagelint.Shell("mkfifo pipe.sh && cagelint pipe.sh").exit, 2);
  EXPECT_EQ(cagelint("/dev/zero").exit, 2);
  EXPECT_EQ(cagelint(". --fail-on never --allow-gaps").exit, 0);
}

TEST(CliTest, LinksInACircleEnd) {
  const Program cagelint;
  cagelint.Write("a/plain.sh", kPlain);
  const Ran ran =
      cagelint.Shell("ln -s .. a/up && ln -s a b && ln -s c c && cagelint . --format json");
  EXPECT_EQ(ran.exit, 1);
  EXPECT_EQ(Json::parse(ran.out)["summary"]["containers"], 1) << ran.out;
}

TEST(CliTest, JsonSaysWhereInThatFile) {
  const Program cagelint;
  cagelint.Write("sub/plain.sh", "#!/bin/sh\n" + std::string(kPlain));
  const Ran ran = cagelint("--format json \"$PWD/sub\"");
  const Json json = Json::parse(ran.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << ran.out;
  ASSERT_FALSE(json["findings"].empty());
  for (const Json& finding : json["findings"]) {
    EXPECT_EQ(finding["path"], "sub/plain.sh");
    EXPECT_LT(finding["range"]["start"]["offset"], finding["range"]["end"]["offset"]);
    EXPECT_EQ(finding["range"]["start"]["line"], 2);
  }
}

TEST(CliTest, NoNameSteersTheTerminal) {
  const Program cagelint;
  cagelint.Write("bad\x1B[2J\nname.sh", kPlain);
  const Ran found = cagelint("");
  EXPECT_EQ(found.exit, 1);
  EXPECT_EQ(found.out.find('\x1B'), std::string::npos);
  const Ran missing = cagelint("'gone\x1B[2J.sh'");
  EXPECT_EQ(missing.exit, 2);
  EXPECT_EQ(missing.err.find('\x1B'), std::string::npos);
}

TEST(CliTest, EveryRuleIsExplained) {
  const Program cagelint;
  const Json json = Json::parse(cagelint("rules --format json").out, nullptr, false);
  ASSERT_TRUE(json.is_object());
  ASSERT_FALSE(json["rules"].empty());
  std::string script = "set -e\n";
  for (const Json& rule : json["rules"])
    script += "cagelint explain " + rule["id"].get<std::string>() + " > last\n";
  EXPECT_EQ(cagelint.Shell(script).exit, 0);
}

TEST(CliTest, TheSameRunGivesTheSameBytes) {
  const Program cagelint;
  for (const char* name : {"b/x.sh", "a/x.sh", "c.sh", "a.b/x.sh"}) cagelint.Write(name, kPlain);
  const Ran first = cagelint(".");
  EXPECT_EQ(first.out, cagelint("").out);
  EXPECT_NE(first.out.find("a.b/x.sh"), std::string::npos);
  EXPECT_EQ(cagelint(". --format json").out, cagelint("--format json").out);
}

}  // namespace
}  // namespace cagelint::test
