// The table of dangerous calls, and what of it counts in which container.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/driver/lint.h"
#include "linter/engine/rule.h"
#include "linter/input/reader.h"
#include "linter/model/effective.h"
#include "linter/seccomp/abi.h"
#include "linter/seccomp/dangers.h"
#include "tests/support/memory_files.h"

namespace cagelint::seccomp {
namespace {

using Words = std::vector<std::string>;

class DangersTest : public testing::Test {
 protected:
  // The messages of `rule` about a profile, begun with the call.
  Words Found(const std::string& profile, const std::string& rule, const Words& capabilities) {
    const base::FileSystem system = test::MemoryFiles().System();
    const input::Options options;
    const auto& source = sources_.Add("seccomp.json", profile);
    const auto document = input::kSeccompReader.read(source, {sources_, system, options});
    Judgement judgement;
    judgement.profile = &document.profiles.at(0);
    judgement.environment.capabilities = capabilities;
    Words found;
    for (const Exposure& exposure : ExposedFor(judgement, rule))
      found.push_back(exposure.message.substr(0, exposure.message.find(' ')) +
                      (exposure.minor ? " minor" : ""));
    return found;
  }
  static std::string Allows(const std::string& names, const std::string& args = "") {
    return R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [{"names": [)" + names +
           R"(], "action": "SCMP_ACT_ALLOW", "args": [)" + args + "]}]}";
  }

  base::SourceSet sources_;
};

TEST_F(DangersTest, TheTableSpeaksOfRulesCallsAndCapabilitiesThatThereAre) {
  std::set<std::string_view> rules;
  for (const engine::Rule* rule : driver::Rules()) rules.insert(rule->info.id);
  const auto& capabilities = model::AllCapabilities();
  std::set<std::string> met;
  for (const Danger& danger : Dangers()) {
    EXPECT_TRUE(rules.contains(danger.rule)) << danger.rule;
    EXPECT_NE(SyscallNamed(danger.call), nullptr) << danger.call;
    if (!danger.needs.empty()) {
      EXPECT_EQ(std::count(capabilities.begin(), capabilities.end(), danger.needs), 1);
    }
    EXPECT_FALSE(danger.does.empty()) << danger.call;
    met.insert(danger.rule);
  }
  for (const std::string_view rule : rules)
    if (rule.starts_with("seccomp-allows-")) {
      EXPECT_TRUE(met.contains(std::string(rule))) << rule << " has no call";
    }
}

TEST_F(DangersTest, FlawsOfTheTableAreNamedOnThePageOfTheirRule) {
  for (const Danger& danger : Dangers())
    for (const engine::Rule* rule : driver::Rules()) {
      if (rule->info.id != danger.rule) continue;
      const auto& references = rule->info.references;
      for (const std::string& cve : danger.cves)
        EXPECT_EQ(std::count(references.begin(), references.end(), cve), 1)
            << danger.rule << " does not name " << cve;
    }
}

TEST_F(DangersTest, WhatNeedsACapabilityCountsWithItAlone) {
  const std::string profile = Allows(R"("reboot", "kexec_load", "swapon")");
  EXPECT_EQ(Found(profile, "seccomp-allows-kexec", {}), Words{});
  EXPECT_EQ(Found(profile, "seccomp-allows-kexec", {"CAP_SYS_BOOT"}), Words{"`kexec_load`"});
  EXPECT_EQ(Found(profile, "seccomp-allows-swap", {"CAP_SYS_BOOT"}), Words{});
  EXPECT_EQ(Found(profile, "seccomp-allows-swap", {"ALL"}), Words{"`swapon`"});
}

TEST_F(DangersTest, FamiliesOfSocketsAreAskedOneByOne) {
  const std::string rule = "seccomp-allows-sockets";
  EXPECT_EQ(Found(Allows(R"("socket")"), rule, {}), (Words{"`socket`", "`socket`"}));
  EXPECT_EQ(Found(Allows(R"("socket")"), rule, {"CAP_NET_RAW"}),
            (Words{"`socket`", "`socket`", "`socket` minor"}));
  EXPECT_EQ(
      Found(Allows(R"("socket")", R"({"index": 0, "value": 40, "op": "SCMP_CMP_LT"})"), rule, {}),
      Words{"`socket`"});  // AF_ALG
  EXPECT_EQ(Found(Allows(R"("socket")", R"({"index": 0, "value": 2, "op": "SCMP_CMP_EQ"})"), rule,
                  {"ALL"}),
            Words{});
}

TEST_F(DangersTest, DeviceNodesAreToldFromPipesByTheMode) {
  const auto masked = [](const std::string& mask, const std::string& value) {
    return Allows(R"("mknod")", R"({"index": 1, "op": "SCMP_CMP_MASKED_EQ", "value": )" + mask +
                                    R"(, "valueTwo": )" + value + "}");
  };
  const Words some{"CAP_MKNOD"};
  EXPECT_EQ(Found(masked("61440", "4096"), "seccomp-allows-mknod", some), Words{});  // a pipe
  EXPECT_EQ(Found(masked("61440", "24576"), "seccomp-allows-mknod", some), Words{"`mknod`"});
  EXPECT_EQ(Found(masked("8192", "0"), "seccomp-allows-mknod", some), Words{});
}

TEST_F(DangersTest, WhatTheDefaultActionOpensIsOneFinding) {
  const std::string profile = R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
      {"names": ["uselib"], "action": "SCMP_ACT_ERRNO", "errnoRet": 2}]})";
  const Words found = Found(profile, "seccomp-allows-obsolete", {});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0], "`ustat`, minor");
}

}  // namespace
}  // namespace cagelint::seccomp
