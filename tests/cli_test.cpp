// The built program: what it answers, where, and with which exit code.
#include <filesystem>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/stat.h>

#include "tests/support/process.h"
#include "tests/support/scratch.h"

namespace cagelint::test {
namespace {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

// No rule of any policy has anything against this one at warning or above.
constexpr std::string_view kHardened =
    "docker run --rm --network=none --read-only --cap-drop=ALL "
    "--security-opt=no-new-privileges --user 1000:1000 --memory 512m --memory-swap 512m --cpus 1 "
    "--pids-limit 100 --tmpfs /tmp:rw,noexec,nosuid,size=64m alpine:3.22 true\n";
constexpr std::string_view kPlain = "docker run alpine\n";

class CliTest : public ::testing::Test {
 protected:
  Ended Run(Words arguments, std::string input = "") const {
    return RunProgram(scratch_, {.arguments = std::move(arguments), .input = std::move(input)});
  }
  Scratch scratch_;
};

TEST_F(CliTest, HelpAndVersionAreAnswers) {
  for (const Words& words : {Words{"--help"}, Words{"--version"}, Words{"check", "--help"},
                             Words{"model", "--help"}, Words{"rules", "--help"}}) {
    const Ended ended = Run(words);
    EXPECT_EQ(ended.code, 0) << words.back();
    EXPECT_FALSE(ended.out.empty());
    EXPECT_EQ(ended.err, "");
  }
  EXPECT_EQ(Run({"--version"}).out, "cagelint " CAGELINT_VERSION "\n");
}

TEST_F(CliTest, WrongUsageGivesTwo) {
  for (const Words& words :
       {Words{"--no-such-option"}, Words{"chekc"}, Words{"check", "--format", "xlm"},
        Words{"check", "--policy", "nobody"}, Words{"check", "--select", "no-such-rule"},
        Words{"check", "--fail-on", "sometimes"}, Words{"check", "--"}, Words{"explain", "nothing"},
        Words{"check", "--engine", "lxc"}, Words{"check", "--carrier", "ini"}}) {
    const Ended ended = Run(words);
    EXPECT_EQ(ended.code, 2) << words.front() << " " << words.back();
    EXPECT_EQ(ended.out, "");
    EXPECT_FALSE(ended.err.empty());
  }
}

TEST_F(CliTest, AMistypedWordGetsAHint) {
  EXPECT_NE(Run({"chekc"}).err.find("`check`"), std::string::npos);
  EXPECT_NE(Run({"check", "--polciy", "agent"}).err.find("--policy"), std::string::npos);
  EXPECT_NE(Run({"check", "--policy", "agnet"}).err.find("`agent`"), std::string::npos);
}

TEST_F(CliTest, FindingsGiveOneAndNothingGivesNought) {
  scratch_.Write("plain.sh", kPlain);
  scratch_.Write("hard.sh", kHardened);
  EXPECT_EQ(Run({"plain.sh"}).code, 1);
  const Ended hard = Run({"hard.sh"});
  EXPECT_EQ(hard.code, 0) << hard.out;
  EXPECT_EQ(Run({"check", "hard.sh", "plain.sh"}).code, 1);
  EXPECT_EQ(Run({}).code, 1);  // the working directory
  EXPECT_EQ(Run({"plain.sh", "--fail-on", "never"}).code, 0);
}

TEST_F(CliTest, AnEmptyFolderIsClean) {
  const Ended ended = Run({"."});
  EXPECT_EQ(ended.code, 0);
  EXPECT_EQ(ended.err, "");
}

TEST_F(CliTest, AGapGivesThree) {
  scratch_.Write("gap.sh", std::string(kHardened).replace(11, 0, "$OPTS "));
  const Ended ended = Run({"gap.sh"});
  EXPECT_EQ(ended.code, 3) << ended.out;
  EXPECT_NE(ended.out.find("unresolved-arguments"), std::string::npos) << ended.out;
  EXPECT_EQ(Run({"gap.sh", "--allow-gaps"}).code, 0);
  scratch_.Write("plain.sh", kPlain);
  EXPECT_EQ(Run({"gap.sh", "plain.sh"}).code, 1);
}

TEST_F(CliTest, AMissingFileGivesTwoAfterTheRest) {
  scratch_.Write("plain.sh", kPlain);
  const Ended ended = Run({"gone.sh", "plain.sh"});
  EXPECT_EQ(ended.code, 2);
  EXPECT_NE(ended.err.find("gone.sh: no such file"), std::string::npos) << ended.err;
  EXPECT_NE(ended.out.find("plain.sh"), std::string::npos);
}

TEST_F(CliTest, AFifoIsNeverWaitedFor) {
  ASSERT_EQ(mkfifo(scratch_.At("pipe.sh").c_str(), 0600), 0);
  EXPECT_EQ(Run({"pipe.sh"}).code, 2);
  EXPECT_NE(Run({"."}).code, 1);
  EXPECT_EQ(Run({"/dev/zero"}).code, 2);
}

TEST_F(CliTest, StandardInputIsAnInput) {
  const Ended ended = Run({"check", "-", "--stdin-filename", "ci/run.sh"}, std::string(kPlain));
  EXPECT_EQ(ended.code, 1);
  EXPECT_NE(ended.out.find("ci/run.sh"), std::string::npos) << ended.out;
  EXPECT_EQ(Run({"-", "--stdin-filename", "x.sh"}, std::string("a\0b", 3)).code, 3);
  EXPECT_EQ(Run({"-", "--stdin-filename", "x.sh"}, std::string(9 << 20, 'a')).code, 3);
}

TEST_F(CliTest, OneCommandIsAnInput) {
  EXPECT_EQ(Run({"--", "docker", "run", "alpine"}).code, 1);
  EXPECT_EQ(Run({"check", "--", "docker", "run", "--privileged", "a b"}).code, 1);
}

TEST_F(CliTest, JsonIsOneDocument) {
  scratch_.Write("sub/plain.sh", kPlain);
  const Ended ended = Run({"--format", "json", scratch_.At("sub/plain.sh")});
  EXPECT_EQ(ended.code, 1);
  const Json json = Json::parse(ended.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << ended.out;
  EXPECT_EQ(json["version"], 1);
  EXPECT_EQ(json["tool"]["name"], "cagelint");
  EXPECT_EQ(json["summary"]["containers"], 1);
  ASSERT_FALSE(json["findings"].empty());
  for (const Json& finding : json["findings"]) {
    EXPECT_EQ(finding["path"], "sub/plain.sh");
    EXPECT_LT(finding["range"]["start"]["offset"], finding["range"]["end"]["offset"]);
    EXPECT_EQ(finding["range"]["start"]["line"], 1);
  }
}

TEST_F(CliTest, EveryFormatGoesWhereItIsSent) {
  scratch_.Write("plain.sh", kPlain);
  const Ended ended =
      Run({"plain.sh", "--format", "json", "--output", "out.json", "--format", "text"});
  EXPECT_EQ(ended.code, 1);
  EXPECT_FALSE(Json::accept(ended.out));
  const Ended model = Run({"plain.sh", "--format", "json"});
  EXPECT_EQ(std::filesystem::file_size(scratch_.At("out.json")), model.out.size());
  EXPECT_EQ(Run({"plain.sh", "--output", "no/such/folder"}).code, 2);
}

TEST_F(CliTest, AFullDiskIsAFailure) {
  scratch_.Write("plain.sh", kPlain);
  for (const Words& words : {Words{"plain.sh"}, Words{"--help"}, Words{"model", "plain.sh"}}) {
    const Ended ended = RunProgram(scratch_, {.arguments = words, .output_path = "/dev/full"});
    EXPECT_EQ(ended.code, 2) << words.front();
    EXPECT_FALSE(ended.err.empty());
  }
}

TEST_F(CliTest, NothingSteersTheTerminal) {
  scratch_.Write("bad\x1B[2J\nname.sh", kPlain);
  const Ended ended = Run({"."});
  EXPECT_EQ(ended.code, 1);
  EXPECT_EQ(ended.out.find('\x1B'), std::string::npos);
  const Ended missing = Run({"gone\x1B[2J.sh"});
  EXPECT_EQ(missing.code, 2);
  EXPECT_EQ(missing.err.find('\x1B'), std::string::npos);
}

TEST_F(CliTest, ColourIsForTerminalsOrOnDemand) {
  scratch_.Write("plain.sh", kPlain);
  EXPECT_EQ(Run({"plain.sh"}).out.find('\x1B'), std::string::npos);
  EXPECT_NE(Run({"plain.sh", "--color", "always"}).out.find('\x1B'), std::string::npos);
}

TEST_F(CliTest, ModelPrintsWhatWasUnderstood) {
  const Ended ended = Run({"model", "--", "docker", "run", "--rm", "alpine:3.22"});
  EXPECT_EQ(ended.code, 0) << ended.err;
  const Json json = Json::parse(ended.out, nullptr, false);
  ASSERT_TRUE(json.is_object()) << ended.out;
  ASSERT_EQ(json["containers"].size(), 1u);
  EXPECT_EQ(json["containers"][0]["settings"]["image"]["value"], "alpine:3.22");
  EXPECT_EQ(json["containers"][0]["settings"]["remove"]["value"], true);
  const Ended refused = Run({"model", "--", "docker", "run", "--no-such-flag", "alpine"});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("no-such-flag"), std::string::npos) << refused.err;
}

TEST_F(CliTest, RulesAreExplained) {
  const Ended rules = Run({"rules", "--format", "json"});
  EXPECT_EQ(rules.code, 0);
  const Json json = Json::parse(rules.out, nullptr, false);
  ASSERT_TRUE(json.is_object());
  ASSERT_FALSE(json["rules"].empty());
  for (const Json& rule : json["rules"]) {
    const Ended explained = Run({"explain", rule["id"].get<std::string>()});
    EXPECT_EQ(explained.code, 0) << rule["id"];
    EXPECT_NE(explained.out.find(rule["id"].get<std::string>()), std::string::npos);
  }
}

TEST_F(CliTest, TheSameRunGivesTheSameBytes) {
  for (const char* name : {"b/x.sh", "a/x.sh", "c.sh", "compose.yaml"})
    scratch_.Write(name, kPlain);
  EXPECT_EQ(Run({"."}).out, Run({"."}).out);
  EXPECT_EQ(Run({".", "--format", "json"}).out, Run({"--format", "json"}).out);
}

}  // namespace
}  // namespace cagelint::test
