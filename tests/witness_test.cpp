// Every witness: with a real engine the attack succeeds in the container that its rule flags, and
// fails in the one that it leaves alone. That the rule does so is what fixture_test sees, over the
// same files. tests/witness/README.md says how to write one.
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "tests/support/fixture.h"
#include "tests/witness/support/engine.h"
#include "tests/witness/support/section.h"

namespace cagelint::test {
namespace {

class WitnessTest : public ::testing::TestWithParam<std::string> {
 protected:
  static void SetUpTestSuite() {
    engine_ = std::make_unique<PrivateEngine>();
    engine_->Start();
  }
  static void TearDownTestSuite() {
    const std::string left = engine_->Stop();
    engine_.reset();
    EXPECT_EQ(left, "") << "not everything was removed";
  }

  void SetUp() override {
    const char* required = std::getenv("CAGELINT_REQUIRE_ORACLES");
    const std::string& missing = engine_->Missing();
    if (!missing.empty() && required != nullptr && *required != '\0') FAIL() << missing;
    if (!missing.empty()) GTEST_SKIP() << missing;
    ASSERT_EQ(engine_->Broken(), "");
    // Nothing that is installed or granted would help, as within another container.
    if (!engine_->Unable().empty()) GTEST_SKIP() << "not on this machine: " << engine_->Unable();
  }

  static std::unique_ptr<PrivateEngine> engine_;
};

std::unique_ptr<PrivateEngine> WitnessTest::engine_;

// The end of a long output says most.
std::string End(const std::string& text) {
  constexpr std::size_t kMost = 3000;
  return text.size() <= kMost ? text : "…" + text.substr(text.size() - kMost);
}

// The further files of the fixture, as commands that write them.
std::string FilesOfSection(const Fixture& fixture) {
  std::string script;
  for (std::size_t i = 1; i < fixture.files.size(); ++i) {
    const VirtualFile& file = fixture.files[i];
    const std::size_t slash = file.name.rfind('/');
    if (slash != std::string::npos)
      script += "mkdir -p " + base::ShellQuote(file.name.substr(0, slash)) + "\n";
    script +=
        "printf %s " + base::ShellQuote(file.bytes) + " > " + base::ShellQuote(file.name) + "\n";
  }
  return script;
}

TEST_P(WitnessTest, TheAttackWorksAndTheFixStopsIt) {
  const Fixture fixture = LoadFixture(GetParam());
  std::vector<std::string> errors = fixture.errors;
  const auto sections = SectionsOf(fixture, errors);
  ASSERT_TRUE(errors.empty()) << errors.front();
  for (const Section& section : sections) {
    const Ran ran = engine_->Run(FilesOfSection(fixture) + section.script);
    EXPECT_EQ(Verdict(section, ran.exit, ran.out), "")
        << GetParam() << ":" << section.line << ", ended with " << ran.exit << "\n"
        << End(ran.out);
    EXPECT_EQ(ran.err, "") << GetParam() << ":" << section.line << " left something behind";
  }
}

std::string TestName(const ::testing::TestParamInfo<std::string>& info) {
  std::string name = RuleOf(info.param);
  std::replace_if(
      name.begin(), name.end(), [](unsigned char c) { return std::isalnum(c) == 0; }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Rules, WitnessTest, ::testing::ValuesIn(WitnessPaths()), TestName);

// What `harden` makes of a command: the job is still done, and what it shut out fails.
class HardenedTest : public WitnessTest {};

TEST_P(HardenedTest, TheJobIsDoneAndAttacksFail) {
  const Ran ran =
      engine_->Run("CASE=" + GetParam() + "\nCAGELINT=" + base::ShellQuote(CAGELINT_BINARY) + "\n" +
                   ReadRepositoryFile("tests/witness/support/hardened.sh"));
  EXPECT_EQ(ran.exit, 0) << End(ran.out);
  EXPECT_EQ(ran.out, "");
  EXPECT_EQ(ran.err, "") << "left something behind";
}

INSTANTIATE_TEST_SUITE_P(Cases, HardenedTest,
                         ::testing::Values("job", "new-file", "changed-file", "deleted-file",
                                           "git-hook", "root-file", "run-from-tmp", "owner",
                                           "device", "capabilities", "privileges", "fork-bomb",
                                           "memory", "network"),
                         TestName);

// What a runner that is wrong would let pass.
TEST(VerdictTest, OnlyAnAttackThatWasTriedCounts) {
  const Section bad{true, 1, ""};
  const Section good{false, 1, ""};
  const std::string said = "x\r\nREACHED\r\ny\n";
  EXPECT_EQ(Verdict(bad, 0, said), "");
  EXPECT_EQ(Verdict(good, 1, said), "");
  EXPECT_NE(Verdict(good, 0, said), "");
  EXPECT_NE(Verdict(bad, 1, said), "");
  EXPECT_NE(Verdict(bad, 0, "echo REACHED\n"), "");
  EXPECT_NE(Verdict(good, 1, ""), "");
  for (const int status : {124, 125, 127, 137}) EXPECT_NE(Verdict(good, status, said), "");
}

TEST(SectionsTest, EachHasThePreparationAndItself) {
  std::vector<std::string> errors;
  const auto sections = SectionsOf(ParseFixture("tests/witness/x.sh",
                                                "# rules: a\nmkdir d\n"
                                                "# expect: a error `one`\n#   message m\none\n"
                                                "# ok: a\ntwo\n# --- f\nthree\n"),
                                   errors);
  EXPECT_TRUE(errors.empty());
  ASSERT_EQ(sections.size(), 2u);
  EXPECT_TRUE(sections[0].succeeds);
  EXPECT_EQ(sections[0].script,
            "# rules: a\nmkdir d\n# expect: a error `one`\n#   message m\none\n");
  EXPECT_FALSE(sections[1].succeeds);
  EXPECT_EQ(sections[1].script, "# rules: a\nmkdir d\n# ok: a\ntwo\n\n");
  SectionsOf(ParseFixture("x.sh", "# ok: a\ntwo\n"), errors);
  EXPECT_EQ(errors.size(), 1u) << "only an `ok`";
}

// The rules of the table in the README, which have no witness for the reason that stands there.
std::set<std::string> RulesWithout(std::set<std::string>& unexplained) {
  std::set<std::string> rules;
  const std::string text = ReadRepositoryFile("tests/witness/README.md");
  const std::regex row(R"(\| `([a-z0-9-]+)` \|(.*)\|)");
  for (const std::string_view line : base::Split(text, '\n')) {
    std::cmatch match;
    if (!std::regex_match(line.data(), line.data() + line.size(), match, row)) continue;
    rules.insert(match[1]);
    if (base::Trim(match[2].str()).size() < 20) unexplained.insert(match[1]);
  }
  return rules;
}

TEST(WitnessListTest, EveryErrorOfPolicyAgentHasAWitnessOrAReason) {
  std::set<std::string> unexplained;
  const std::set<std::string> without = RulesWithout(unexplained);
  EXPECT_EQ(unexplained, std::set<std::string>());
  std::set<std::string> witnessed;
  for (const std::string& path : WitnessPaths()) {
    witnessed.insert(RuleOf(path));
    EXPECT_EQ(LoadFixture(path).rules, std::vector<std::string>{RuleOf(path)}) << path;
  }
  std::set<std::string> errors;
  const engine::Policy policy = driver::LoadPolicy("agent").Value();
  for (const auto& [id, severity] : policy.severities)
    if (severity == diagnostic::Severity::kError) errors.insert(id);
  for (const std::string& id : errors)
    EXPECT_NE(witnessed.contains(id), without.contains(id))
        << id
        << (without.contains(id) ? " has a witness and a reason for none"
                                 : " has neither a witness nor a reason for none");
  for (const std::string& id : witnessed) EXPECT_TRUE(errors.contains(id)) << id;
  for (const std::string& id : without) EXPECT_TRUE(errors.contains(id)) << id;
}

}  // namespace
}  // namespace cagelint::test
