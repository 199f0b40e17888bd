// The built program as a whole, with every rule: what no part of it can be asked alone. Options and
// single commands are tested in unit/cli.
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

#include "linter/base/text.h"
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

TEST(CliTest, AnEmptyFolderIsCleanAndWorthAWord) {
  const Program cagelint;
  const Ran ran = cagelint("");
  EXPECT_EQ(ran.exit, 0);
  EXPECT_EQ(ran.err,
            "cagelint: warning: nothing to lint was found (`--list` shows what was passed by)\n");
}

TEST(CliTest, AFifoOrADeviceIsNeverWaitedFor) {
  const Program cagelint;
  EXPECT_EQ(cagelint.Shell("mkfifo pipe.sh && cagelint pipe.sh").exit, 2);
  EXPECT_EQ(cagelint("/dev/zero").exit, 2);
  EXPECT_EQ(cagelint(". --fail-on never --allow-gaps").exit, 0);
}

TEST(CliTest, AFolderThatCannotBeReadIsToldOf) {
  if (geteuid() != 0) GTEST_SKIP() << "needs root, to become somebody else";
  const Program cagelint;
  cagelint.Write("closed/plain.sh", kPlain);
  // The program stands where everybody may run it, and in a folder that a walk passes by.
  const std::string script = "mkdir shut .bin && cp " + base::ShellQuote(CAGELINT_BINARY) +
                             " .bin && chmod 755 . .bin && chmod 644 closed && chmod 0 shut && "
                             "setpriv --reuid 65534 --clear-groups .bin/cagelint -q ";
  const Ran named = cagelint.Shell(script + "closed shut");
  EXPECT_EQ(named.exit, 2);
  EXPECT_EQ(named.err, "cagelint: closed: permission denied\ncagelint: shut: permission denied\n");
  const Program again;
  again.Write("closed/plain.sh", kPlain);
  const Ran met = again.Shell(script + ".");
  EXPECT_EQ(met.exit, 3);
  EXPECT_EQ(met.out,
            "closed: gap[unreadable-file]: permission denied\n"
            "shut: gap[unreadable-file]: permission denied\n");
}

TEST(CliTest, NothingReachesTheTerminalUnescaped) {
  const Program cagelint;
  cagelint.Write("a\n\x1b[31m\xE2\x80\xAE\xFF.sh",
                 "docker run --name \xC2\x9B\xE2\x80\xAE alpine\n");
  for (const char* words :
       {".", "-q .", "--list .", "--format json .", "model .", "\"$(printf 'gone\\033')\""}) {
    const Ran ran = cagelint(words);
    EXPECT_NE(ran.out + ran.err, "") << words;
    for (const char* bytes : {"\x1b", "\xC2\x9B", "\xE2\x80\xAE", "\xFF"})
      EXPECT_EQ((ran.out + ran.err).find(bytes), std::string::npos) << words;
  }
}

TEST(CliTest, AClosedStreamIsNotTakenForTheNextFile) {
  const Program cagelint;
  cagelint.Write("plain.sh", kPlain);
  const Ran ran = cagelint("plain.sh --format json --output x.json --format text >&-");
  EXPECT_EQ(ran.exit, 2);
  EXPECT_EQ(ran.err, "cagelint: standard output: bad file descriptor\n");
  EXPECT_FALSE(Json::parse(cagelint.Read("x.json"), nullptr, false).is_discarded());
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
