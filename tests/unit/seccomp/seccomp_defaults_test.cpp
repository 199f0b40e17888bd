#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/model/effective.h"
#include "linter/seccomp/abi.h"
#include "linter/seccomp/defaults.h"
#include "tests/support/memory_files.h"

namespace cagelint::seccomp {
namespace {

using model::Engine;
constexpr Engine kEngines[] = {Engine::kDocker, Engine::kPodman, Engine::kNerdctl};

std::vector<std::string> Shown(const std::vector<const DefaultCall*>& calls) {
  std::vector<std::string> out;
  for (const DefaultCall* call : calls) out.push_back(call->shown);
  return out;
}

bool Holds(const std::vector<std::string>& list, const std::string& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

class SeccompDefaultsTest : public testing::Test {
 protected:
  // The calls in which a profile with these entries is wider than the default of `engine`.
  std::vector<std::string> Wide(const std::string& entries, Engine engine = Engine::kDocker,
                                const Capabilities& capabilities = std::vector<std::string>{},
                                const std::string& action = "SCMP_ACT_ERRNO") {
    std::vector<std::string> out;
    for (const Wider& one : Compare(entries, engine, capabilities, action))
      out.push_back(one.call->shown);
    return out;
  }
  std::vector<Wider> Compare(const std::string& entries, Engine engine,
                             const Capabilities& capabilities, const std::string& action) {
    const base::FileSystem system = test::MemoryFiles().System();
    const input::Options options;
    const base::Source& source =
        sources_.Add("seccomp.json", R"({"defaultAction": ")" + action +
                                         R"(", "archMap": [{"architecture": "SCMP_ARCH_X86_64",
            "subArchitectures": ["SCMP_ARCH_X86", "SCMP_ARCH_X32"]}], "syscalls": [)" +
                                         entries + "]}");
    document_ = input::kSeccompReader.read(source, {sources_, system, options});
    container_.engine = engine;
    container_.effective.capabilities = capabilities;
    Judgement judgement{&document_.profiles.at(0), &container_, {}};
    if (capabilities) judgement.environment.capabilities = *capabilities;
    return WiderThanDefault(judgement);
  }

  base::SourceSet sources_;
  model::Document document_;
  model::Container container_;
};

std::string Allow(const std::string& name, const std::string& arguments = "") {
  return R"({"names": [")" + name + R"("], "action": "SCMP_ACT_ALLOW", "args": [)" + arguments +
         "]}";
}

TEST(SeccompDefaultTableTest, NamesCallsThatThereAreAndEachQuestionOnce) {
  std::set<std::pair<std::string, std::string>> seen;
  std::string group;
  std::set<std::string> groups;
  for (const DefaultCall& call : DefaultCalls()) {
    SCOPED_TRACE(call.shown);
    EXPECT_NE(SyscallNamed(call.name), nullptr);
    EXPECT_TRUE(seen.emplace(call.name, call.shown).second);
    EXPECT_FALSE(call.arguments && call.demand.bits != 0);
    EXPECT_FALSE(call.group.empty());
    const bool is_new = call.group == group || groups.insert(call.group).second;
    EXPECT_TRUE(is_new) << "its group does not stand together";
    group = call.group;
    bool closes = false;
    for (const Engine engine : kEngines) {
      closes = closes || !call.Of(engine).open;
      for (const std::string_view cap : call.Of(engine).capabilities)
        EXPECT_TRUE(cap.starts_with("CAP_")) << cap;
    }
    EXPECT_TRUE(closes || call.dangerous) << "says nothing";
  }
  EXPECT_GT(seen.size(), 120u);
}

TEST(SeccompDefaultTableTest, WhatIsOpenDependsOnCapabilities) {
  const auto docker = Shown(LeftOpen(Engine::kDocker, model::DefaultCapabilities(Engine::kDocker)));
  EXPECT_TRUE(Holds(docker, "chroot"));
  EXPECT_TRUE(Holds(docker, "mknod"));
  EXPECT_TRUE(Holds(docker, "ptrace"));
  EXPECT_FALSE(Holds(docker, "mount"));
  const auto none = Shown(LeftOpen(Engine::kDocker, std::vector<std::string>{}));
  EXPECT_FALSE(Holds(none, "chroot"));
  EXPECT_FALSE(Holds(none, "mknod")) << "the kernel refuses it";
  EXPECT_EQ(none, Shown(LeftOpen(Engine::kDocker, std::nullopt)));
  const auto admin = Shown(LeftOpen(Engine::kDocker, std::vector<std::string>{"CAP_SYS_ADMIN"}));
  EXPECT_TRUE(Holds(admin, "mount"));
  EXPECT_FALSE(Holds(admin, "keyctl")) << "no capability opens it";
  const auto all = Shown(LeftOpen(Engine::kDocker, std::vector<std::string>{"ALL"}));
  EXPECT_TRUE(Holds(all, "reboot"));
  EXPECT_FALSE(Holds(all, "userfaultfd"));
}

TEST(SeccompDefaultTableTest, ADetourIsNamedOnlyWhereTheWayIsClosed) {
  const auto podman = Shown(LeftOpen(Engine::kPodman, std::nullopt));
  EXPECT_TRUE(Holds(podman, "socket(AF_ALG)"));
  EXPECT_FALSE(Holds(podman, "socket(1 << 32 | AF_ALG)"));
  EXPECT_TRUE(Holds(podman, "socket(1 << 32 | AF_VSOCK)"));
  EXPECT_FALSE(Holds(Shown(LeftOpen(Engine::kNerdctl, std::nullopt)), "socket(1 << 32 | AF_ALG)"));
}

TEST(SeccompDefaultTableTest, ListsAreShort) {
  std::vector<const DefaultCall*> all;
  for (const DefaultCall& call : DefaultCalls()) all.push_back(&call);
  EXPECT_EQ(ListByGroup({&DefaultCalls()[0]}, 1), "namespaces (`clone(CLONE_NEW...)`)");
  EXPECT_EQ(ListByGroup({&DefaultCalls()[1], &DefaultCalls()[0]}, 1),
            "namespaces (`clone(CLONE_NEW...)` and `clone3`)");
  EXPECT_LT(ListByGroup(all, 3).size(), 400u);
  EXPECT_TRUE(ListByGroup(all, 1).ends_with(" further groups"));
}

// Every call that is closed to a container without capabilities makes a profile wider, alone.
TEST_F(SeccompDefaultsTest, EveryClosedCallIsWider) {
  for (const Engine engine : kEngines)
    for (const DefaultCall& call : DefaultCalls()) {
      SCOPED_TRACE(call.shown + ", " + std::string(DefaultOf(engine)));
      const auto wide = Wide(Allow(call.name), engine);
      EXPECT_EQ(Holds(wide, call.shown), !call.Of(engine).open);
      for (const std::string_view capability : call.Of(engine).capabilities)
        EXPECT_FALSE(
            Holds(Wide(Allow(call.name), engine, std::vector<std::string>{std::string(capability)}),
                  call.shown))
            << capability;
    }
}

TEST_F(SeccompDefaultsTest, WhereCapabilitiesAreUnknownOnlyWhatNoneOpensCounts) {
  EXPECT_TRUE(Wide(Allow("mount"), Engine::kDocker, std::nullopt).empty());
  EXPECT_EQ(Wide(Allow("keyctl"), Engine::kDocker, std::nullopt).size(), 1u);
}

TEST_F(SeccompDefaultsTest, ConditionsThatNothingMeetsOpenNothing) {
  EXPECT_TRUE(Wide(Allow("keyctl", R"({"index": 0, "value": 0, "op": "SCMP_CMP_LT"})")).empty());
  EXPECT_TRUE(Wide(Allow("keyctl", R"({"index": 0, "value": 18446744073709551615,
                                       "op": "SCMP_CMP_GT"})"))
                  .empty());
  EXPECT_EQ(Wide(Allow("keyctl", R"({"index": 1, "value": 7, "op": "SCMP_CMP_NE"})")).size(), 1u);
}

// The example that suits the entry alone meets a denial; others do not.
TEST_F(SeccompDefaultsTest, AnEntryThatIsCoveredInPartStillOpens) {
  const std::string deny = R"({"names": ["keyctl"], "action": "SCMP_ACT_ERRNO", "errnoRet": 22,
      "args": [{"index": 1, "value": 0, "op": "SCMP_CMP_EQ"}]}, )";
  EXPECT_EQ(Wide(deny + Allow("keyctl", R"({"index": 0, "value": 3, "op": "SCMP_CMP_EQ"})")).size(),
            1u);
  const std::string all = R"({"names": ["keyctl"], "action": "SCMP_ACT_ERRNO", "errnoRet": 22}, )";
  EXPECT_TRUE(Wide(all + Allow("keyctl")).empty());
}

TEST_F(SeccompDefaultsTest, ADenyListIsWiderInWhatItForgets) {
  const auto wider = Compare(R"({"names": ["mount"], "action": "SCMP_ACT_ERRNO"})", Engine::kDocker,
                             std::vector<std::string>{}, "SCMP_ACT_ALLOW");
  ASSERT_FALSE(wider.empty());
  bool mount = false;
  for (const Wider& one : wider) {
    EXPECT_TRUE(one.by_default);
    EXPECT_EQ(sources_.Text(one.span), "SCMP_ACT_ALLOW");
    mount = mount || one.call->name == "mount";
  }
  EXPECT_FALSE(mount);
}

// Entries that hide each other, many for each call: the search is given up, and says so by counting
// the call as open.
TEST_F(SeccompDefaultsTest, AHostileProfileCostsNoSearchForEachCall) {
  std::string entries;
  for (const DefaultCall& call : DefaultCalls()) {
    if (call.arguments) continue;  // libseccomp refuses this of `socket`
    const std::string head = R"({"names": [")" + call.name + R"("], "action": ")";
    entries += head + R"(SCMP_ACT_ERRNO", "errnoRet": 22,
        "args": [{"index": 5, "value": 0, "op": "SCMP_CMP_GE"}]},)";
    for (int i = 0; i < 40; ++i)
      entries += Allow(call.name,
                       R"({"index": 0, "op": "SCMP_CMP_EQ", "value": )" + std::to_string(i) + "}") +
                 ",";
  }
  EXPECT_GT(Wide(entries + Allow("read")).size(), 16u);
}

}  // namespace
}  // namespace cagelint::seccomp
