#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/seccomp/condition_flaws.h"
#include "linter/seccomp/flaws.h"
#include "linter/seccomp/judgement.h"
#include "tests/support/memory_files.h"

namespace cagelint::seccomp {
namespace {

using Analysis = std::vector<Flaw> (*)(const Judgement&);

class SeccompFlawTest : public testing::Test {
 protected:
  // What `analysis` finds, as "text|effect", the effect one of + (opens), - (closes) and 0.
  std::vector<std::string> Find(Analysis analysis, std::string text,
                                const Environment& environment = {}) {
    const base::FileSystem system = test::MemoryFiles().System();
    const input::Options options;
    const base::Source& source = sources_.Add("seccomp.json", std::move(text));
    document_ = input::kSeccompReader.read(source, {sources_, system, options});
    const Judgement judgement{&document_.profiles.at(0), nullptr, environment};
    flaws_ = analysis(judgement);
    std::vector<std::string> out;
    for (const Flaw& flaw : flaws_) {
      const char* effect = flaw.effect == Effect::kOpens    ? "|+"
                           : flaw.effect == Effect::kCloses ? "|-"
                                                            : "|0";
      out.push_back(std::string(sources_.Text(flaw.span)) + effect);
    }
    return out;
  }
  static std::string Profile(const std::string& entries, const std::string& action = "ERRNO") {
    return R"({"defaultAction": "SCMP_ACT_)" + action + R"(", "syscalls": [)" + entries + "]}";
  }

  base::SourceSet sources_;
  model::Document document_;
  std::vector<Flaw> flaws_;
};

using Found = std::vector<std::string>;

std::string Entry(const std::string& name, const std::string& action,
                  const std::string& more = "") {
  return R"({"names": [")" + name + R"("], "action": "SCMP_ACT_)" + action + "\"" + more + "}";
}
std::string On(int index, const std::string& op, const std::string& value) {
  return R"(, "args": [{"index": )" + std::to_string(index) + R"(, "op": "SCMP_CMP_)" + op +
         R"(", "value": )" + value + "}]";
}

TEST_F(SeccompFlawTest, TheNumberOfADenialDecidesWhetherItIsDropped) {
  const std::string allow = Entry("bpf", "ALLOW");
  // Default EPERM: with another number the denial is a rule, and the first one.
  EXPECT_EQ(
      Find(ShadowedRules, Profile(Entry("bpf", "ERRNO", R"(, "errnoRet": 38)") + "," + allow)),
      Found{"bpf|-"});
  EXPECT_EQ(Find(ShadowedRules, Profile(Entry("bpf", "ERRNO", R"(, "errnoRet": 1)") + "," + allow)),
            Found{"bpf|+"});
  // The runtime keeps 16 bits: 65537 is EPERM.
  EXPECT_EQ(
      Find(ShadowedRules, Profile(Entry("bpf", "ERRNO", R"(, "errnoRet": 65537)") + "," + allow)),
      Found{"bpf|+"});
  EXPECT_EQ(Find(ShadowedRules, Profile(Entry("bpf", "KILL") + "," + allow)), Found{"bpf|-"});
}

TEST_F(SeccompFlawTest, APlaceInTheFileDoesNotSaveWhatIsDropped) {
  EXPECT_EQ(Find(ShadowedRules, Profile(Entry("bpf", "ALLOW") + "," + Entry("bpf", "ERRNO"))),
            Found{"bpf|+"});
  EXPECT_EQ(flaws_[0].labels.size(), 1u);
}

TEST_F(SeccompFlawTest, CallsThatTheFilterDoesNotKnowAreNotShadowed) {
  // `recv` is a part of `socketcall`, `chown32` a call of x86: neither is one of x86-64.
  const std::string entries = R"({"names": ["socketcall", "recv", "send", "chown32"],
      "action": "SCMP_ACT_ALLOW"},)" +
                              Entry("recv", "ERRNO", R"(, "errnoRet": 38)");
  EXPECT_EQ(Find(ShadowedRules, Profile(entries)), Found{});
  EXPECT_EQ(Find(ShadowedRules, R"({"defaultAction": "SCMP_ACT_ERRNO",
      "architectures": ["SCMP_ARCH_X86"], "syscalls": [)" +
                                    entries + "]}"),
            Found{});
}

TEST_F(SeccompFlawTest, AManyNamedEntryIsOneFlaw) {
  std::string names;
  for (int i = 0; i < 300; ++i) names += (names.empty() ? "\"read\"" : ", \"read\"");
  const std::string entry = R"({"names": [)" + names + R"(], "action": "SCMP_ACT_ALLOW"})";
  EXPECT_EQ(Find(ShadowedRules, Profile(entry)), Found{"read|0"});
  EXPECT_NE(flaws_[0].message.find("and 296 more"), std::string::npos) << flaws_[0].message;
}

TEST_F(SeccompFlawTest, ComparisonsAreTrueTogetherWhenTheyLeaveNoValueOut) {
  const Abi& wide = *AbiNamed("x86_64");
  const Abi& narrow = *AbiNamed("x86");
  const auto one = [](Operator op, std::uint64_t datum) {
    return Comparison{0, op, UINT64_MAX, datum};
  };
  EXPECT_TRUE(AlwaysTogether({one(Operator::kGe, 2), one(Operator::kLe, 3)}, wide));
  EXPECT_TRUE(AlwaysTogether({one(Operator::kNe, 1), one(Operator::kNe, 2)}, wide));
  EXPECT_TRUE(
      AlwaysTogether({one(Operator::kGt, 5), one(Operator::kLt, 5), one(Operator::kEq, 5)}, wide));
  EXPECT_FALSE(AlwaysTogether({one(Operator::kGt, 5), one(Operator::kLt, 5)}, wide));
  EXPECT_FALSE(AlwaysTogether({one(Operator::kNe, 7)}, wide));
  EXPECT_FALSE(AlwaysTogether({}, wide));
  EXPECT_TRUE(AlwaysTogether({one(Operator::kLe, UINT64_MAX)}, wide));
  EXPECT_FALSE(AlwaysTogether({one(Operator::kLe, UINT32_MAX)}, wide));
  EXPECT_TRUE(AlwaysTogether({one(Operator::kLe, UINT32_MAX)}, narrow));
  EXPECT_TRUE(AlwaysTogether({{0, Operator::kMaskedEq, 0, 0}}, wide));
}

TEST_F(SeccompFlawTest, OnlyWhatTheKernelReadsShorterIsPassedBy) {
  const auto one = [](const char* name, int index) {
    return Profile(Entry(name, "ALLOW", On(index, "NE", "40")));
  };
  EXPECT_EQ(Find(ArgumentBypasses, one("socket", 0)), Found{"SCMP_CMP_NE|+"});
  EXPECT_EQ(Find(ArgumentBypasses, one("ptrace", 0)), Found{});  // long
  EXPECT_EQ(Find(ArgumentBypasses, one("mmap", 1)), Found{});    // size_t
  EXPECT_EQ(Find(ArgumentBypasses, one("setns", 1)), Found{"SCMP_CMP_NE|+"});
  // 32-bit programs have no upper bits to set.
  Environment narrow;
  narrow.architecture = "386";
  EXPECT_EQ(Find(ArgumentBypasses, one("socket", 0), narrow), Found{});
  // What is said for all values by another entry is not passed by.
  EXPECT_EQ(Find(ArgumentBypasses, Profile(Entry("socket", "ALLOW", On(0, "NE", "40")) + "," +
                                           Entry("socket", "KILL"))),
            Found{});
}

TEST_F(SeccompFlawTest, ListsOfWhatIsLetThroughArePassedByNothing) {
  std::string entries;
  for (const char* value : {"0", "8", "131072", "131080", "4294967295"})
    entries += (entries.empty() ? "" : ",") + Entry("personality", "ALLOW", On(0, "EQ", value));
  EXPECT_EQ(Find(ArgumentBypasses, Profile(entries)), Found{});
  EXPECT_EQ(Find(ArgumentBypasses, Profile(Entry("clone", "ALLOW", On(0, "EQ", "268436497")))),
            Found{});
  EXPECT_EQ(Find(ArgumentBypasses, Profile(Entry("socket", "ALLOW", On(0, "LE", "16")))), Found{});
}

TEST_F(SeccompFlawTest, TheDefaultOfAnAbiDecidesWhatItsMultiplexerReaches) {
  const std::string entries =
      Entry("socketcall", "ALLOW") + "," + Entry("socket", "ALLOW", On(0, "EQ", "1"));
  EXPECT_EQ(Find(MultiplexedCalls, Profile(entries)), Found{});
  const auto with = [&](const char* abi) {
    return R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": [")" + std::string(abi) +
           R"("], "syscalls": [)" + entries + "]}";
  };
  EXPECT_EQ(Find(MultiplexedCalls, with("SCMP_ARCH_X32")), Found{});
  EXPECT_EQ(Find(MultiplexedCalls, with("SCMP_ARCH_X86")), Found{"socketcall|+"});
}

TEST_F(SeccompFlawTest, NamesAreMeantOnlyWhereTheSlipIsSmall) {
  const auto meant = [&](const char* name) {
    Find(UnknownCalls, Profile(Entry(name, "ERRNO"), "ALLOW"));
    return flaws_.empty() ? "known" : flaws_[0].help;
  };
  EXPECT_EQ(meant("keyctl"), "known");
  EXPECT_EQ(meant("statmount"), "known");      // libseccomp 2.6
  EXPECT_EQ(meant("swapcontext"), "known");    // ppc
  EXPECT_EQ(meant("riscv_hwprobe"), "known");  // Linux, no libseccomp
  EXPECT_EQ(meant("ketctl"), "write `keyctl`");
  EXPECT_EQ(meant("__NR_mount"), "write `mount`");
  EXPECT_EQ(meant("sys_"), "look the name up in the kernel's tables");
  EXPECT_EQ(meant("dup4"), "look the name up in the kernel's tables");
  EXPECT_EQ(meant("mkdirat2"), "look the name up in the kernel's tables");
  EXPECT_EQ(meant("spawn_template_create"), "look the name up in the kernel's tables");
}

TEST_F(SeccompFlawTest, EnginesIgnoreWhatTheyDoNotKnow) {
  const std::string text = R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrno": "ENOSYS",
      "syscalls": [
        {"names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
        {"names": ["ptrace"], "action": "SCMP_ACT_ALLOW", "excludes": {"minKernel": "4.8"}}]})";
  Environment environment;
  EXPECT_EQ(Find(IgnoredFields, text, environment), Found{"ENOSYS|-"});
  environment.dialect = Dialect::kPodman;
  EXPECT_EQ(Find(IgnoredFields, text, environment), Found{"4.8|+"});
  environment.dialect = Dialect::kOci;
  EXPECT_EQ(Find(IgnoredFields, text, environment), (Found{"ENOSYS|-", "CAP_SYS_ADMIN|+"}));
  EXPECT_EQ(flaws_[1].labels.size(), 1u);
  // A container that has the capability gets the call from every engine.
  environment.capabilities = {"CAP_SYS_ADMIN"};
  environment.kernel = {4, 7};
  EXPECT_EQ(Find(IgnoredFields, text, environment), (Found{"ENOSYS|-", "CAP_SYS_ADMIN|0"}));
}

// What entries hide only because the engine ignores their conditions is said once, not twice.
TEST_F(SeccompFlawTest, WhatCountsByMistakeShadowsNothing) {
  const std::string text = Profile(Entry("mount", "ALLOW", R"(, "includes": {"caps": ["CAP_X"]})") +
                                   "," + Entry("mount", "KILL"));
  Environment environment;
  environment.dialect = Dialect::kOci;
  EXPECT_EQ(Find(ShadowedRules, text, environment), Found{});
  EXPECT_EQ(Find(IgnoredFields, text, environment), Found{"CAP_X|+"});
}

TEST_F(SeccompFlawTest, AProfileThatDoesNotLoadHasNoFlaws) {
  const std::string text = Profile(Entry("raed", "DENY"));
  for (const Analysis analysis :
       {ShadowedRules, ArgumentBypasses, MultiplexedCalls, UnknownCalls, IgnoredFields})
    EXPECT_EQ(Find(analysis, text), Found{});
}

TEST_F(SeccompFlawTest, HostileProfilesAreLookedThroughInTime) {
  std::string conditions;
  for (int i = 0; i < 3000; ++i)
    conditions +=
        Entry("socket", i % 2 == 0 ? "ALLOW" : "KILL", On(i % 3, "NE", std::to_string(i))) + ",";
  std::string repeated;
  for (int i = 0; i < 2000; ++i)
    repeated += R"({"names": ["fcntl"], "action": "SCMP_ACT_ALLOW", "args": [
        {"index": 0, "op": "SCMP_CMP_LT", "value": )" +
                std::to_string(i) + R"(}, {"index": 0, "op": "SCMP_CMP_LT", "value": 9}]},)";
  std::string names;
  for (int i = 0; i < 50000; ++i) names += "\"x" + std::to_string(i) + "ctl\",";
  const std::string unknown = R"({"names": [)" + names + R"("read"], "action": "SCMP_ACT_ALLOW"})";
  const auto begin = std::chrono::steady_clock::now();
  for (const std::string& text : {Profile(conditions + unknown), Profile(repeated + unknown)})
    for (const Analysis analysis :
         {ShadowedRules, ArgumentBypasses, MultiplexedCalls, UnknownCalls, IgnoredFields})
      Find(analysis, text);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(60));
}

}  // namespace
}  // namespace cagelint::seccomp
