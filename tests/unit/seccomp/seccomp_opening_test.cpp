#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/seccomp/judgement.h"
#include "tests/support/memory_files.h"

namespace cagelint::seccomp {
namespace {

constexpr Demand kNamespaces{.bits = 0x7e020000, .argument = 0, .argument_s390 = 1};

class SeccompOpeningTest : public testing::Test {
 protected:
  const Filter& Load(std::string text, const Environment& environment = {}) {
    const base::FileSystem system = test::MemoryFiles().System();
    const input::Options options;
    const base::Source& source = sources_.Add("seccomp.json", std::move(text));
    document_ = input::kSeccompReader.read(source, {sources_, system, options});
    loaded_ = LoadProfile(document_.profiles.at(0), environment);
    EXPECT_EQ(loaded_.load, Load::kOk) << loaded_.reason;
    return *loaded_.filter;
  }
  const Filter& LoadEntries(const std::string& entries) {
    return Load(R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [)" + entries + "]}");
  }

  base::SourceSet sources_;
  model::Document document_;
  Loaded loaded_;
};

TEST_F(SeccompOpeningTest, AMaskThatCoversTheDemandLeavesNoWay) {
  const Filter& filter = LoadEntries(R"({"names": ["clone"], "action": "SCMP_ACT_ALLOW",
      "args": [{"index": 0, "op": "SCMP_CMP_MASKED_EQ", "value": 2114060288}]})");
  EXPECT_TRUE(Openings(filter, "clone", kNamespaces).empty());
  EXPECT_EQ(Openings(filter, "clone").size(), 1u);
  EXPECT_EQ(Conditions(filter, "", "clone"), "allowed when (arg0 & 0x7e020000) == 0");
}

TEST_F(SeccompOpeningTest, AnExampleProvesAHoleInTheMask) {
  const Filter& filter = LoadEntries(R"({"names": ["clone"], "action": "SCMP_ACT_ALLOW",
      "args": [{"index": 0, "op": "SCMP_CMP_MASKED_EQ", "value": 2080505856}]})");
  const auto ways = Openings(filter, "clone", kNamespaces);
  ASSERT_EQ(ways.size(), 1u);
  EXPECT_EQ(sources_.Text(ways[0].span), "clone");
  EXPECT_EQ(ways[0].condition, "(arg0 & 0x7c020000) == 0");
  EXPECT_EQ(ways[0].example.at(0), 0x02000000u);
  EXPECT_FALSE(ways[0].by_default);
}

TEST_F(SeccompOpeningTest, ADenialInFrontClosesTheWay) {
  EXPECT_TRUE(Openings(LoadEntries(R"({"names": ["mount"], "action": "SCMP_ACT_KILL"},
                                      {"names": ["mount"], "action": "SCMP_ACT_ALLOW"})"),
                       "mount")
                  .empty());
  // One that says what the default says is dropped, and closes nothing.
  const auto ways = Openings(LoadEntries(R"({"names": ["mount"], "action": "SCMP_ACT_ERRNO"},
                                            {"names": ["mount"], "action": "SCMP_ACT_ALLOW"})"),
                             "mount");
  ASSERT_EQ(ways.size(), 1u);
  EXPECT_EQ(sources_.Text(ways[0].span), "mount");
}

TEST_F(SeccompOpeningTest, EachConditionalEntryIsAWay) {
  const auto ways = Openings(LoadEntries(R"({"names": ["keyctl"], "action": "SCMP_ACT_ALLOW",
                      "args": [{"index": 0, "op": "SCMP_CMP_EQ", "value": 1}]},
                     {"names": ["keyctl"], "action": "SCMP_ACT_LOG",
                      "args": [{"index": 0, "op": "SCMP_CMP_GT", "value": 20},
                               {"index": 1, "op": "SCMP_CMP_NE", "value": 0}]})"),
                             "keyctl");
  ASSERT_EQ(ways.size(), 2u);
  EXPECT_EQ(ways[0].condition, "arg0 == 1");
  EXPECT_EQ(ways[1].condition, "arg0 > 0x14 and arg1 != 0");
}

TEST_F(SeccompOpeningTest, TheDefaultActionIsAWayWhereNoEntryMatches) {
  const Filter& filter = Load(R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [
      {"names": ["unshare"], "action": "SCMP_ACT_ERRNO",
       "args": [{"index": 0, "op": "SCMP_CMP_EQ", "value": 268435456}]},
      {"names": ["setns"], "action": "SCMP_ACT_ERRNO"}]})");
  const auto ways = Openings(filter, "unshare", {.bits = 0x7e020080, .limit = UINT32_MAX});
  ASSERT_EQ(ways.size(), 1u);
  EXPECT_TRUE(ways[0].by_default);
  EXPECT_EQ(sources_.Text(ways[0].span), "SCMP_ACT_ALLOW");
  EXPECT_TRUE(Openings(filter, "setns").empty());
  EXPECT_EQ(Conditions(filter, "", "unshare"),
            "ERRNO(1) when arg0 == 0x10000000; otherwise allowed");
  EXPECT_EQ(Conditions(filter, "", "setns"), "never allowed: ERRNO(1)");
  EXPECT_EQ(Conditions(filter, "", "mount"), "always allowed");
  EXPECT_EQ(Conditions(filter, "", "no_such_call"), "no such call");
}

TEST_F(SeccompOpeningTest, AWayThroughAnotherAbi) {
  const Filter& filter = Load(R"({"defaultAction": "SCMP_ACT_ERRNO",
      "architectures": ["SCMP_ARCH_X86"], "syscalls": [
      {"names": ["umount", "mount"], "action": "SCMP_ACT_ALLOW"}]})");
  const auto only = Openings(filter, "umount");
  ASSERT_EQ(only.size(), 1u);
  EXPECT_EQ(only[0].abis, std::vector<std::string_view>({"x86"}));
  const auto both = Openings(filter, "mount");
  ASSERT_EQ(both.size(), 1u);
  EXPECT_EQ(both[0].abis, std::vector<std::string_view>({"x86_64", "x86"}));
}

TEST_F(SeccompOpeningTest, OnS390TheFlagsAreTheSecondArgument) {
  const std::string text = R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
      {"names": ["clone"], "action": "SCMP_ACT_ALLOW",
       "args": [{"index": 0, "op": "SCMP_CMP_MASKED_EQ", "value": 2114060288}]}]})";
  EXPECT_EQ(Openings(Load(text, {.architecture = "s390x"}), "clone", kNamespaces).size(), 1u);
  EXPECT_TRUE(Openings(Load(text), "clone", kNamespaces).empty());
}

// Thousands of conditions that deny do not wear out the search into silence, nor into minutes.
TEST_F(SeccompOpeningTest, ALongDenyListIsBounded) {
  std::string entries;
  for (int i = 0; i < 4000; ++i)
    entries += std::string(i == 0 ? "" : ",") +
               R"({"names": ["unshare"], "action": "SCMP_ACT_ERRNO", "args": [{"index": 0,
                  "op": "SCMP_CMP_EQ", "value": )" +
               std::to_string(i) + "}]}";
  const Filter& filter =
      Load(R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [)" + entries + "]}");
  EXPECT_EQ(Openings(filter, "unshare").size(), 1u);
}

TEST_F(SeccompOpeningTest, ExposuresNameTheCallAndItsContext) {
  Load(R"({"defaultAction": "SCMP_ACT_ERRNO", "syscalls": [
      {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}}]})");
  Judgement judgement;
  judgement.profile = &document_.profiles.at(0);
  constexpr Call kCalls[] = {{"mount", "can mount file systems"}, {"setns", "can move"}};
  EXPECT_TRUE(Exposed(judgement, kCalls).empty());
  judgement.environment.capabilities = {"CAP_SYS_ADMIN"};
  const auto exposed = Exposed(judgement, kCalls);
  ASSERT_EQ(exposed.size(), 1u);
  EXPECT_EQ(exposed[0].message, "`mount` can mount file systems: allowed with any arguments");
  ASSERT_EQ(exposed[0].labels.size(), 1u);
  EXPECT_EQ(sources_.Text(exposed[0].labels[0].span), "CAP_SYS_ADMIN");
}

}  // namespace
}  // namespace cagelint::seccomp
