// What the kernel decides. Every expected verdict was made with libseccomp 2.5.4 (its filter
// exported and interpreted), not with this program.
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/seccomp/judgement.h"
#include "tests/support/memory_files.h"

namespace cagelint::seccomp {
namespace {

struct Judged {
  Judged(std::string text, const Environment& environment) {
    const base::FileSystem system = test::MemoryFiles().System();
    const input::Options options;
    const base::Source& source = sources.Add("seccomp.json", std::move(text));
    document = input::kSeccompReader.read(source, {sources, system, options});
    loaded = LoadProfile(document.profiles.at(0), environment);
  }

  base::SourceSet sources;
  model::Document document;
  Loaded loaded;

  std::string Of(std::string_view abi, std::string_view call,
                 const std::vector<std::uint64_t>& arguments = {}) const {
    if (loaded.filter == nullptr) return loaded.reason;
    const Verdict verdict = Decide(*loaded.filter, abi, call, arguments);
    return verdict.exists ? Name(verdict.action) : "NO_SUCH_SYSCALL";
  }
};

Judged Judge(std::string text, const Environment& environment = {}) {
  return {std::move(text), environment};
}

// A profile that denies by default, with these entries and both sub-architectures of amd64.
std::string Profile(const std::string& entries) {
  return R"({"defaultAction": "SCMP_ACT_ERRNO", "archMap": [{"architecture": "SCMP_ARCH_X86_64",
    "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]}], "syscalls": [)" +
         entries + "]}";
}

std::string Entry(const std::string& name, const std::string& action,
                  const std::string& more = "") {
  return R"({"names": [")" + name + R"("], "action": "SCMP_ACT_)" + action + "\"" + more + "}";
}

std::string Arg(int index, const std::string& op, std::uint64_t value, std::uint64_t two = 0) {
  return R"({"index": )" + std::to_string(index) + R"(, "op": "SCMP_CMP_)" + op +
         R"(", "value": )" + std::to_string(value) + R"(, "valueTwo": )" + std::to_string(two) +
         "}";
}

std::string When(const std::string& arguments) { return R"(, "args": [)" + arguments + "]"; }

TEST(SeccompVerdictTest, TheFirstUnconditionalEntryWins) {
  const Judged allow = Judge(
      Profile(Entry("clone", "ALLOW") + "," + Entry("clone", "ERRNO", R"(, "errnoRet": 38)")));
  EXPECT_EQ(allow.Of("x86_64", "clone"), "ALLOW");
  const Judged deny = Judge(
      Profile(Entry("clone", "ERRNO", R"(, "errnoRet": 38)") + "," + Entry("clone", "ALLOW")));
  EXPECT_EQ(deny.Of("x86_64", "clone"), "ERRNO(38)");
  const Judged late =
      Judge(Profile(Entry("clone", "KILL", When(Arg(0, "EQ", 1))) + "," + Entry("clone", "ALLOW")));
  EXPECT_EQ(late.Of("x86_64", "clone", {1}), "ALLOW");
}

TEST(SeccompVerdictTest, AnEntryThatSaysWhatTheDefaultSaysIsDropped) {
  const Judged judged = Judge(Profile(Entry("clone", "ERRNO") + "," + Entry("clone", "ALLOW")));
  EXPECT_EQ(judged.Of("x86_64", "clone"), "ALLOW");
}

TEST(SeccompVerdictTest, ArgumentsOnOneIndexAreAlternatives) {
  const Judged judged =
      Judge(Profile(Entry("clone", "ALLOW", When(Arg(0, "GE", 2) + "," + Arg(0, "LE", 3)))));
  for (const std::uint64_t value : {0, 2, 3, 9})
    EXPECT_EQ(judged.Of("", "clone", {value}), "ALLOW");
  const Judged both =
      Judge(Profile(Entry("clone", "ALLOW", When(Arg(0, "GE", 2) + "," + Arg(1, "LE", 3)))));
  EXPECT_EQ(both.Of("", "clone", {2, 3}), "ALLOW");
  EXPECT_EQ(both.Of("", "clone", {2, 4}), "ERRNO(1)");
}

TEST(SeccompVerdictTest, ComparisonsHave64BitsOnA64BitAbiOnly) {
  const Judged judged = Judge(Profile(Entry("personality", "ALLOW", When(Arg(0, "EQ", 8)))));
  EXPECT_EQ(judged.Of("x86_64", "personality", {8}), "ALLOW");
  EXPECT_EQ(judged.Of("x86_64", "personality", {0x100000008}), "ERRNO(1)");
  EXPECT_EQ(judged.Of("x86", "personality", {0x100000008}), "ALLOW");
  EXPECT_EQ(judged.Of("x32", "personality", {0x100000008}), "ALLOW");
}

TEST(SeccompVerdictTest, EveryOperator) {
  const std::pair<const char*, std::string> cases[] = {{"NE", "ADAAA"}, {"LT", "ADDDD"},
                                                       {"LE", "AADDD"}, {"EQ", "DADDD"},
                                                       {"GE", "DAAAA"}, {"GT", "DDAAA"}};
  for (const auto& [op, expected] : cases) {
    const Judged judged = Judge(Profile(Entry("clone", "ALLOW", When(Arg(0, op, 5)))));
    std::string found;
    for (const std::uint64_t value :
         {std::uint64_t{4}, std::uint64_t{5}, std::uint64_t{6}, std::uint64_t{1} << 32, UINT64_MAX})
      found += judged.Of("x86_64", "clone", {value}) == "ALLOW" ? 'A' : 'D';
    EXPECT_EQ(found, expected) << op;
  }
}

TEST(SeccompVerdictTest, MaskedEqTakesTheMaskFirst) {
  const Judged judged =
      Judge(Profile(Entry("clone", "ALLOW", When(Arg(0, "MASKED_EQ", 0x7e020000, 0)))));
  EXPECT_EQ(judged.Of("x86_64", "clone", {0x11}), "ALLOW");
  EXPECT_EQ(judged.Of("x86_64", "clone", {0x10000011}), "ERRNO(1)");
  EXPECT_EQ(judged.Of("x86_64", "clone", {0x100000011}), "ALLOW");
  const Judged swapped =
      Judge(Profile(Entry("clone", "ALLOW", When(Arg(0, "MASKED_EQ", 0, 0x7e020000)))));
  EXPECT_EQ(swapped.Of("x86_64", "clone", {0x10000011}), "ALLOW");
}

TEST(SeccompVerdictTest, OverlapsFollowLibseccompsTree) {
  const std::string start = R"({"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [)";
  const Judged later = Judge(start + Entry("clone", "ERRNO", When(Arg(0, "EQ", 1))) + "," +
                             Entry("clone", "KILL", When(Arg(1, "EQ", 2))) + "]}");
  EXPECT_EQ(later.Of("", "clone", {1, 2}), "KILL_THREAD");
  const Judged larger = Judge(start + Entry("clone", "ERRNO", When(Arg(0, "GT", 1))) + "," +
                              Entry("clone", "KILL", When(Arg(0, "GT", 2))) + "]}");
  EXPECT_EQ(larger.Of("", "clone", {2}), "ERRNO(1)");
  EXPECT_EQ(larger.Of("", "clone", {3}), "KILL_THREAD");
  EXPECT_EQ(larger.Of("", "clone", {0x100000001}), "KILL_THREAD");
  const Judged masked = Judge(start + Entry("clone", "ERRNO", When(Arg(0, "MASKED_EQ", 1, 1))) +
                              "," + Entry("clone", "KILL", When(Arg(0, "EQ", 3))) + "]}");
  EXPECT_EQ(masked.Of("", "clone", {3}), "ERRNO(1)");
  EXPECT_FALSE(Decide(*masked.loaded.filter, "", "clone", std::vector<std::uint64_t>{3}).certain);
  EXPECT_TRUE(Decide(*masked.loaded.filter, "", "clone", std::vector<std::uint64_t>{1}).certain);
}

TEST(SeccompVerdictTest, OneConditionWithTwoActionsDoesNotLoad) {
  const Judged same = Judge(Profile(Entry("clone", "ALLOW", When(Arg(0, "EQ", 1))) + "," +
                                    Entry("clone", "KILL", When(Arg(0, "EQ", 1)))));
  EXPECT_EQ(same.loaded.load, Load::kError);
  EXPECT_EQ(same.sources.Text(same.loaded.place), "clone");
  const Judged within =
      Judge(Profile(Entry("clone", "ALLOW", When(Arg(0, "EQ", 1) + "," + Arg(1, "EQ", 1))) + "," +
                    Entry("clone", "KILL", When(Arg(0, "EQ", 1)))));
  EXPECT_EQ(within.loaded.load, Load::kError);
  const Judged around =
      Judge(Profile(Entry("clone", "KILL", When(Arg(0, "EQ", 1))) + "," +
                    Entry("clone", "ALLOW", When(Arg(0, "EQ", 1) + "," + Arg(1, "EQ", 1)))));
  EXPECT_EQ(around.Of("", "clone", {1, 1}), "KILL_THREAD");
}

TEST(SeccompVerdictTest, AbisThatAreNotListedAreKilled) {
  const Judged judged =
      Judge(R"({"defaultAction": "SCMP_ACT_ALLOW", "architectures": ["SCMP_ARCH_X86_64"]})");
  EXPECT_EQ(judged.Of("x86_64", "read"), "ALLOW");
  EXPECT_EQ(judged.Of("x86", "read"), "KILL_THREAD");
  EXPECT_EQ(judged.Of("x32", "read"), "KILL_THREAD");
  EXPECT_EQ(judged.Of("aarch64", "read"), "KILL_THREAD");
  EXPECT_EQ(judged.Of("x86_64", "-1"), "ALLOW");
}

TEST(SeccompVerdictTest, RuncAnswersNumbersThatAreNewerThanTheProfile) {
  const std::string text = Profile(Entry("read", "ALLOW") + "," + Entry("close_range", "ALLOW"));
  const Judged judged = Judge(text);
  EXPECT_EQ(judged.Of("x86_64", "mount"), "ERRNO(1)");
  EXPECT_EQ(judged.Of("x86_64", "435"), "ERRNO(1)");
  EXPECT_EQ(judged.Of("x86_64", "437"), "ERRNO(38)");
  EXPECT_EQ(judged.Of("x32", "451"), "ERRNO(38)");
  EXPECT_EQ(judged.Of("x86_64", "-1"), "ERRNO(38)");
  EXPECT_EQ(Judge(text, {.runtime = Runtime::kCrun}).Of("x86_64", "437"), "ERRNO(1)");
  EXPECT_EQ(Judge(text, {.runtime = Runtime::kRuncNoStub}).Of("x86_64", "437"), "ERRNO(1)");
  EXPECT_EQ(Judge(Profile(Entry("read", "ALLOW"))).Of("x86_64", "mount"), "ERRNO(1)");
}

TEST(SeccompVerdictTest, SocketcallReachesWhatSocketAllows) {
  const Judged judged = Judge(
      Profile(Entry("socket", "ALLOW", When(Arg(0, "NE", 40))) + "," + Entry("clone3", "ALLOW")));
  EXPECT_EQ(judged.Of("x86_64", "socket", {40}), "ERRNO(1)");
  EXPECT_EQ(judged.Of("x86", "socket", {2}), "ALLOW");
  EXPECT_EQ(judged.Of("x86", "socketcall", {1}), "ALLOW");
  EXPECT_EQ(judged.Of("x86", "socketcall", {3}), "ERRNO(1)");
  EXPECT_EQ(judged.Of("x86_64", "socketcall"), "NO_SUCH_SYSCALL");
}

TEST(SeccompVerdictTest, ConditionsOfTheEntryDependOnTheDialect) {
  const std::string text = Profile(
      R"({"names": ["mount"], "action": "SCMP_ACT_ALLOW", "includes": {"caps": ["CAP_SYS_ADMIN"]}},
         {"names": ["bpf"], "action": "SCMP_ACT_ALLOW", "includes": {"minKernel": "6.1"}},
         {"names": ["clone"], "action": "SCMP_ACT_ALLOW", "excludes": {"arches": ["amd64"]}},
         {"name": "setns", "action": "SCMP_ACT_ALLOW"}, {"names": ["clone3"],
          "action": "SCMP_ACT_ERRNO", "errnoRet": 13})");
  const Judged docker = Judge(text, {.kernel = {5, 15}});
  EXPECT_EQ(docker.Of("", "mount"), "ERRNO(1)");
  EXPECT_EQ(docker.Of("", "bpf"), "ERRNO(1)");
  EXPECT_EQ(docker.Of("", "clone"), "ERRNO(1)");
  EXPECT_EQ(docker.Of("", "setns"), "ALLOW");
  EXPECT_EQ(Judge(text, {.capabilities = {"CAP_SYS_ADMIN"}}).Of("", "mount"), "ALLOW");
  EXPECT_EQ(Judge(text, {.capabilities = {"ALL"}}).Of("", "mount"), "ALLOW");
  // podman knows no minKernel, and containerd none of the conditions, nor `name`.
  EXPECT_EQ(Judge(text, {.dialect = Dialect::kPodman, .kernel = {5, 15}}).Of("", "bpf"), "ALLOW");
  const Judged oci = Judge(text, {.dialect = Dialect::kOci});
  EXPECT_EQ(oci.Of("", "mount"), "ALLOW");
  EXPECT_EQ(oci.Of("", "clone"), "ALLOW");
  EXPECT_EQ(oci.Of("", "setns"), "ERRNO(1)");
  EXPECT_EQ(oci.Of("x86", "mount"), "KILL_THREAD");
}

TEST(SeccompVerdictTest, CallsThatTheRuntimeDoesNotKnow) {
  const std::string text = Profile(Entry("mseal", "ALLOW") + "," + Entry("no_such_call", "ALLOW"));
  EXPECT_EQ(Judge(text).Of("x86_64", "mseal"), "NO_SUCH_SYSCALL");
  EXPECT_EQ(Judge(text, {.newest_libseccomp = true}).Of("x86_64", "mseal"), "ALLOW");
  EXPECT_EQ(Judge(text).Of("x86_64", "no_such_call"), "NO_SUCH_SYSCALL");
}

TEST(SeccompVerdictTest, ErrorNumbers) {
  const Judged judged = Judge(Profile(Entry("read", "ERRNO", R"(, "errnoRet": 65574)") + "," +
                                      Entry("write", "TRACE", R"(, "errnoRet": 7)") + "," +
                                      Entry("open", "ERRNO", R"(, "errnoRet": 0)")));
  EXPECT_EQ(judged.Of("", "read"), "ERRNO(38)");
  EXPECT_EQ(judged.Of("", "write"), "TRACE(7)");
  EXPECT_EQ(judged.Of("", "open"), "ERRNO(0)");
  const Judged podman = Judge(Profile(R"({"names": ["read"], "action": "SCMP_ACT_ERRNO",
      "errnoRet": 1, "errno": "ENOSYS"})"),
                              {.dialect = Dialect::kPodman});
  EXPECT_EQ(podman.Of("", "read"), "ERRNO(38)");
}

TEST(SeccompVerdictTest, S390HasItsOwnCalls) {
  const Judged judged = Judge(
      R"({"defaultAction": "SCMP_ACT_ERRNO", "archMap": [{"architecture": "SCMP_ARCH_S390X",
          "subArchitectures": ["SCMP_ARCH_S390"]}], "syscalls": [)" +
          Entry("clone", "ALLOW", When(Arg(1, "MASKED_EQ", 0x7e020000, 0))) + "]}",
      {.architecture = "s390x"});
  EXPECT_EQ(judged.Of("s390x", "clone", {0x7fff0000, 0x11}), "ALLOW");
  EXPECT_EQ(judged.Of("s390x", "clone", {0, 0x10000011}), "ERRNO(1)");
  EXPECT_EQ(judged.Of("s390x", "0"), "ERRNO(38)");
}

struct RefusedCase {
  std::string text;
  std::string place;
  Environment environment = {};
};

TEST(SeccompVerdictTest, WhatDoesNotLoadSaysWhere) {
  const RefusedCase cases[] = {
      {R"({"defaultAction": "SCMP_ACT_NONE"})", "SCMP_ACT_NONE"},
      {R"({"defaultAction": "SCMP_ACT_NOTIFY"})", "SCMP_ACT_NOTIFY"},
      {R"({"syscalls": [{"names": ["read"], "action": "SCMP_ACT_ALLOW"}]})", "{"},
      {Profile(Entry("read", "DENY")), "SCMP_ACT_DENY"},
      {Profile(Entry("write", "NOTIFY")), "write"},
      {Profile(Entry("read", "ALLOW", When(Arg(0, "XX", 1)))), "SCMP_CMP_XX"},
      {Profile(Entry("read", "ALLOW", When(Arg(6, "EQ", 1)))), Arg(6, "EQ", 1)},
      {Profile(Entry("read", "ERRNO", R"(, "errnoRet": 4095)")), "SCMP_ACT_ERRNO"},
      {Profile(Entry("", "ALLOW")), "\"\""},
      {Profile(Entry("read", "ALLOW", R"(, "name": "write")")), "write"},
      {Profile(Entry("read", "ALLOW", R"(, "includes": {"minKernel": "5"})")), "5"},
      {Profile(Entry("read", "ALLOW", R"(, "errnoRet": 1)")),
       "SCMP_ACT_ALLOW",
       {.runtime = Runtime::kCrun}},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_FOO"]})",
       "SCMP_ARCH_FOO"},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_S390X"]})",
       "SCMP_ARCH_S390X"},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "architectures": ["SCMP_ARCH_X86"],
           "archMap": [{"architecture": "SCMP_ARCH_X86_64"}]})",
       "SCMP_ARCH_X86"},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "flags": ["X"]})", "X"},
      {R"({"defaultAction": "SCMP_ACT_ERRNO", "defaultErrnoRet": -1})", "-1"},
  };
  for (const RefusedCase& one : cases) {
    const Judged judged = Judge(one.text, one.environment);
    EXPECT_EQ(judged.loaded.load, Load::kError) << one.text;
    EXPECT_EQ(judged.sources.Text(judged.loaded.place), one.place) << one.text;
    EXPECT_FALSE(judged.loaded.reason.empty()) << one.text;
  }
  EXPECT_EQ(Judge("{}").loaded.load, Load::kDisabled);
  EXPECT_EQ(Judge(R"({"syscalls": []})").loaded.load, Load::kDisabled);
}

TEST(SeccompVerdictTest, TheDecidingPlaceIsTheName) {
  const Judged judged = Judge(Profile(Entry("clone", "ALLOW")));
  const Verdict named = Decide(*judged.loaded.filter, "", "clone", {});
  EXPECT_EQ(judged.sources.Text(named.decided_by), "clone");
  const Verdict fallen = Decide(*judged.loaded.filter, "", "setns", {});
  EXPECT_FALSE(fallen.decided_by.IsValid());  // newer than the profile: runc's own answer
  const Verdict by_default = Decide(*judged.loaded.filter, "", "write", {});
  EXPECT_EQ(judged.sources.Text(by_default.decided_by), "SCMP_ACT_ERRNO");
  EXPECT_TRUE(by_default.by_default);
}

}  // namespace
}  // namespace cagelint::seccomp
