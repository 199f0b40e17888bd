// What every rule has: a name that is kept, a policy entry, and fixtures of both kinds.
#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/text.h"
#include "linter/driver/lint.h"
#include "tests/support/fixture.h"
#include "tests/support/fixture_run.h"

namespace cagelint::test {
namespace {

struct Exception {
  std::string_view rule;
  std::string_view carrier;
  std::string_view reason;
};

// Rules that cannot be found, or be absent, in a carrier. Nothing else may lack fixtures.
const std::vector<Exception> kExceptions{
    {"content-trust-disabled", "compose", "Compose has no such key"},
    {"orphaned-container", "compose", "what a client runs under is said in scripts"},
    {"detached-container", "compose", "whether a service is detached is said to `up`, not here"},
    {"image-volume", "shell", "only a compose file says which Dockerfile an image is built from"},
};

bool IsExcepted(std::string_view rule, std::string_view carrier) {
  for (const Exception& one : kExceptions)
    if (one.rule == rule && one.carrier == carrier) return true;
  return false;
}

std::vector<std::string> CarriersOf(const engine::Rule& rule) {
  // A rule on documents or profiles is about what its example is: some calls count in a container
  // with a capability alone.
  const std::string_view example = rule.info.example_name;
  if (rule.on_profile != nullptr) return {example == "seccomp.json" ? "seccomp" : "shell"};
  if (rule.on_document != nullptr) return {example == "compose.yaml" ? "compose" : "shell"};
  return {"shell", "compose"};
}

using Covered = std::set<std::pair<std::string, std::string>>;  // rule, carrier

struct Coverage {
  Covered expects;
  Covered oks;
};

Coverage Measure() {
  Coverage out;
  for (const std::string& path : FixturePaths("rules")) {
    const Fixture fixture = LoadFixture(path);
    std::vector<std::string> errors;
    const driver::Outcome outcome = driver::Lint(RequestOf(fixture, errors), FilesOf(fixture));
    if (outcome.inputs.empty()) continue;  // fixture_test says what is wrong with it
    const std::string& carrier = outcome.inputs.front().carrier;
    for (const ExpectedFinding& one : fixture.findings) out.expects.insert({one.rule, carrier});
    for (const ExpectedSilence& one : fixture.silences) out.oks.insert({one.rule, carrier});
  }
  return out;
}

TEST(CoverageTest, EveryRuleIsFoundAndLeftAloneInEveryCarrier) {
  const Coverage coverage = Measure();
  for (const engine::Rule* rule : driver::Rules()) {
    const std::string id(rule->info.id);
    for (const std::string& carrier : CarriersOf(*rule)) {
      if (IsExcepted(id, carrier)) continue;
      EXPECT_TRUE(coverage.expects.contains({id, carrier}))
          << id << " has no `expect` in " << carrier;
      EXPECT_TRUE(coverage.oks.contains({id, carrier})) << id << " has no `ok` in " << carrier;
    }
  }
}

TEST(CoverageTest, ExceptionsAreNeededAndSayWhy) {
  const Coverage coverage = Measure();
  for (const Exception& one : kExceptions) {
    const std::pair<std::string, std::string> key(one.rule, one.carrier);
    EXPECT_FALSE(one.reason.empty()) << one.rule;
    EXPECT_FALSE(coverage.expects.contains(key) && coverage.oks.contains(key))
        << one.rule << " has fixtures in " << one.carrier << " and needs no exception";
  }
}

TEST(CoverageTest, FixturesSpeakOfKnownRules) {
  std::set<std::string, std::less<>> known{"none"};
  for (const engine::Rule* rule : driver::Rules()) known.insert(std::string(rule->info.id));
  for (const char* folder : {"rules", "input", "broken"})
    for (const std::string& path : FixturePaths(folder)) {
      const Fixture fixture = LoadFixture(path);
      std::vector<std::string> named = fixture.rules;
      for (const ExpectedFinding& one : fixture.findings) named.push_back(one.rule);
      for (const ExpectedSilence& one : fixture.silences) named.push_back(one.rule);
      for (const std::string& rule : named)
        EXPECT_TRUE(known.contains(rule)) << path << ": no rule " << rule;
    }
}

// What a rule offers over all fixtures is what it says that it offers.
TEST(RulesTest, SayWhetherTheirFindingsCanBeFixed) {
  std::map<std::string, engine::Fixable> offered;
  for (const char* folder : {"rules", "input", "clean"})
    for (const std::string& path : FixturePaths(folder)) {
      const Fixture fixture = LoadFixture(path);
      std::vector<std::string> errors;
      driver::Request request = RequestOf(fixture, errors);
      request.fixes = true;
      for (const auto& finding : driver::Lint(request, FilesOf(fixture)).report.findings)
        for (const diagnostic::Fix& fix : finding.fixes) {
          const bool safe = fix.safety == diagnostic::Safety::kSafe;
          engine::Fixable& best = offered[finding.rule];
          best = std::max(best, safe ? engine::Fixable::kSafe : engine::Fixable::kUnsafe);
        }
    }
  for (const engine::Rule* rule : driver::Rules()) {
    const std::string id(rule->info.id);
    EXPECT_EQ(Name(rule->info.fix), Name(offered[id])) << id;
  }
}

TEST(RulesTest, IdsAreUniqueKebabCaseAndTheNameOfTheirFile) {
  std::map<std::string, std::string> files;  // id → path
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator(CAGELINT_SOURCE_DIR "/rules"))
    if (entry.path().extension() == ".cpp") {
      std::string id = entry.path().stem().string();
      std::replace(id.begin(), id.end(), '_', '-');
      EXPECT_TRUE(files.emplace(id, entry.path().string()).second) << id << " twice";
    }
  const std::regex kebab("[a-z][a-z0-9]*(-[a-z0-9]+)*");
  std::set<std::string_view> ids;
  for (const engine::Rule* rule : driver::Rules()) {
    const std::string id(rule->info.id);
    EXPECT_TRUE(ids.insert(rule->info.id).second) << id << " twice";
    EXPECT_TRUE(std::regex_match(id, kebab)) << id;
    EXPECT_TRUE(files.contains(id)) << id << " does not stand in a file of its name";
  }
  EXPECT_EQ(ids.size(), files.size());
}

TEST(RulesTest, TheirTextsAreThere) {
  for (const engine::Rule* rule : driver::Rules()) {
    const engine::RuleInfo& info = rule->info;
    SCOPED_TRACE(info.id);
    const int checks = (rule->on_container != nullptr) + (rule->on_profile != nullptr) +
                       (rule->on_document != nullptr) + (rule->on_suppression != nullptr);
    EXPECT_EQ(checks, 1);
    for (const std::string_view text : {info.title, info.why}) {
      EXPECT_FALSE(text.empty());
      EXPECT_FALSE(text.ends_with('.')) << text;
      EXPECT_EQ(text.find('\n'), std::string_view::npos) << text;
    }
    const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
    ASSERT_GT(info.title.size(), 2u);
    EXPECT_TRUE(!is_upper(info.title[0]) || is_upper(info.title[1])) << info.title;
    EXPECT_GT(info.rationale.size(), 40u) << info.rationale;
    EXPECT_FALSE(info.references.empty());
    EXPECT_TRUE(info.bad.ends_with('\n') && info.good.ends_with('\n'));
  }
}

TEST(PoliciesTest, NameEveryRuleAndNoOther) {
  std::set<std::string, std::less<>> known;
  for (const engine::Rule* rule : driver::Rules()) known.insert(std::string(rule->info.id));
  for (const std::string& name : driver::PolicyNames()) {
    const engine::Policy policy = driver::LoadPolicy(name).Value();
    for (const std::string& id : known)
      EXPECT_TRUE(policy.severities.contains(id)) << "policy " << name << " does not name " << id;
    for (const auto& [id, severity] : policy.severities)
      EXPECT_TRUE(known.contains(id)) << "policy " << name << " names " << id;
  }
}

// Every item of sections 4 and 5 has rules that policy cis-docker turns on, or a reason why none
// can be; and what rules say of themselves is the same.
TEST(CisTest, EveryItemIsMappedOrCannotBeDecided) {
  const auto table = base::ParseCsv(embedded::Find("rules/data/cis.csv"));
  const engine::Policy policy = driver::LoadPolicy("cis-docker").Value();
  std::set<std::pair<std::string, std::string>> mapped;  // item, rule
  std::vector<std::string> items;
  for (const auto& row : table.rows) {
    const std::string item(row[table.Column("item")]);
    const std::string_view rules = row[table.Column("rules")];
    items.push_back(item);
    EXPECT_NE(rules.empty(), row[table.Column("reason")].empty()) << item;
    for (const std::string_view id : base::Split(rules, ' '))
      if (!id.empty()) mapped.emplace(item, id);
  }
  std::vector<std::string> all;
  for (int i = 1; i <= 12; ++i) all.push_back("4." + std::to_string(i));
  for (int i = 1; i <= 32; ++i) all.push_back("5." + std::to_string(i));
  EXPECT_EQ(items, all);
  std::set<std::pair<std::string, std::string>> said;
  for (const engine::Rule* rule : driver::Rules())
    for (const std::string_view item : rule->info.cis) said.emplace(item, rule->info.id);
  EXPECT_EQ(mapped, said);
  for (const auto& [item, rule] : mapped)
    EXPECT_NE(policy.SeverityOf(rule), diagnostic::Severity::kOff) << item << " " << rule;
}

}  // namespace
}  // namespace cagelint::test
