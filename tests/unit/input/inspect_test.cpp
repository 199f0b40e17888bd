// Which texts are an engine's output, and what of a container it leaves open.
#include <memory>
#include <string>

#include <gtest/gtest.h>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "tests/support/memory_files.h"

namespace cagelint::input {
namespace {

std::string Why(std::string_view bytes) { return kInspectReader.accepts("<stdin>", bytes); }

struct Result {
  std::unique_ptr<base::SourceSet> sources = std::make_unique<base::SourceSet>();
  model::Document document;
  const model::Container& First() const { return document.containers.at(0); }
};

Result Read(const std::string& text) {
  const test::MemoryFiles memory;
  const base::FileSystem system = memory.System();
  Result result;
  const auto& source = result.sources->Add("<stdin>", text);
  const Options options;
  result.document = kInspectReader.read(source, {*result.sources, system, options});
  return result;
}

// Docker's output for a container with these members of HostConfig and Config.
std::string Docker(const std::string& host, const std::string& config = "") {
  return R"([{"Id": "0123456789ab", "Name": "/web", "HostConfig": {"Privileged": false)" +
         (host.empty() ? "" : ", " + host) + R"(}, "Config": {"Image": "a:1")" +
         (config.empty() ? "" : ", " + config) + "}}]";
}

TEST(InspectTest, TakesWhatEnginesSay) {
  EXPECT_NE(Why(Docker("")), "");
  EXPECT_NE(Why(R"({"Id": "a", "HostConfig": {}, "Config": {}})"), "");
  EXPECT_NE(Why("\xEF\xBB\xBF\n" + Docker("")), "");
  EXPECT_NE(Why(R"([{"Id": "image", "Config": {}}, {"Id": "a", "HostConfig": {}, "Config": {}}])"),
            "");
  EXPECT_EQ(Why(""), "");
  EXPECT_EQ(Why("docker inspect says \"HostConfig\" and \"Config\""), "");
  EXPECT_EQ(Why(R"([{"Id": "image", "Config": {"HostConfig": 1}}])"), "");
  EXPECT_EQ(Why(R"({"x": {"Id": "a", "HostConfig": {}, "Config": {}}})"), "");
  EXPECT_EQ(Why(R"({"Image": "a", "HostConfig": {}, "Config": {}})"), "");
  EXPECT_EQ(kInspectReader.accepts_fence("yaml", Docker("")), "");
  EXPECT_NE(kInspectReader.accepts_fence("json", Docker("")), "");
}

TEST(InspectTest, AnEmptyUserIsRoot) {
  EXPECT_TRUE(Read(Docker("", R"("User": "")")).First().user.Is("root"));
  EXPECT_TRUE(Read(Docker("")).First().user.Is("root"));
  EXPECT_TRUE(Read(Docker("", R"("User": "app:0")")).First().user.Is("app:0"));
}

TEST(InspectTest, WhatTheEngineMakesUpIsNotSaid) {
  const Result result =
      Read(Docker(R"("IpcMode": "private", "ShmSize": 67108864, "Memory": 1000, "MemorySwap": 2000,
                "RestartPolicy": {"Name": "no", "MaximumRetryCount": 0}, "CgroupnsMode": "private",
                "Runtime": "runc", "LogConfig": {"Type": "json-file", "Config": {}},
                "MaskedPaths": ["/proc/kcore"], "SecurityOpt": null, "NanoCpus": 0)",
                  R"("Hostname": "0123456789ab", "Entrypoint": null, "Labels": {})"));
  const model::Container& made = result.First();
  EXPECT_TRUE(made.ipc.IsAbsent());
  EXPECT_TRUE(made.shm_size.IsAbsent());
  EXPECT_TRUE(made.memory_swap.IsAbsent());
  EXPECT_TRUE(made.restart.IsAbsent());
  EXPECT_TRUE(made.cgroup.IsAbsent());
  EXPECT_TRUE(made.runtime.IsAbsent());
  EXPECT_TRUE(made.log_driver.IsAbsent());
  EXPECT_TRUE(made.security_opt.IsAbsent());
  EXPECT_TRUE(made.cpus.IsAbsent());
  EXPECT_TRUE(made.hostname.IsAbsent());
  EXPECT_TRUE(result.document.gaps.empty());
}

TEST(InspectTest, ALabelThatTheEngineTookAwayItself) {
  const std::string option = R"("SecurityOpt": ["label=disable"])";
  EXPECT_TRUE(Read(Docker(option)).First().security_opt.IsKnown());
  EXPECT_TRUE(Read(Docker(option + R"(, "PidMode": "host")")).First().security_opt.IsAbsent());
  EXPECT_TRUE(Read(Docker(option + R"(, "IpcMode": "host")")).First().security_opt.IsAbsent());
}

TEST(InspectTest, PathsThatAreNotHidden) {
  EXPECT_NE(
      Read(Docker(R"("MaskedPaths": [])")).First().security_opt.Find("systempaths=unconfined"),
      nullptr);
  EXPECT_TRUE(Read(Docker(R"("MaskedPaths": null)")).First().security_opt.IsAbsent());
}

TEST(InspectTest, PartsOfProcessors) {
  const auto cpus = [](const std::string& billionths) {
    return Read(Docker(R"("NanoCpus": )" + billionths)).First().cpus.value;
  };
  EXPECT_DOUBLE_EQ(cpus("2000000000"), 2);
  EXPECT_DOUBLE_EQ(cpus("1500000000"), 1.5);
  EXPECT_DOUBLE_EQ(cpus("250000000"), 0.25);
  EXPECT_DOUBLE_EQ(cpus("10000000"), 0.01);
}

TEST(InspectTest, TheProfileItselfIsRead) {
  const Result result = Read(Docker(
      R"("SecurityOpt": ["seccomp={\"defaultAction\":\"SCMP_ACT_ALLOW\",\"syscalls\":[]}"])"));
  ASSERT_EQ(result.document.profiles.size(), 1U);
  ASSERT_TRUE(result.First().seccomp.has_value());
  EXPECT_EQ(result.First().seccomp->profile, 0);
}

TEST(InspectTest, NamesAreFoundByIds) {
  const std::string joins =
      R"({"Id": "bb", "Name": "/b", "HostConfig": {"Privileged": false, "NetworkMode": "container:aa"},
          "Config": {"Image": "x"}})";
  const std::string donor =
      R"({"Id": "aa", "Name": "/a", "HostConfig": {"Privileged": false}, "Config": {"Image": "x"}})";
  EXPECT_TRUE(Read("[" + joins + "," + donor + "]").First().network_mode.Is("container:a"));
  EXPECT_TRUE(Read(joins + "\n" + donor + "\n").First().network_mode.Is("container:a"));
  EXPECT_TRUE(Read("[" + joins + "]").First().network_mode.Is("container:aa"));
}

TEST(InspectTest, WhatNerdctlLeavesOutIsNotKnown) {
  const Result result = Read(
      R"({"Id": "a", "Name": "box", "Image": "alpine:3", "HostConfig": {"PidMode": "host"}, "Config": {}})");
  EXPECT_EQ(result.First().engine, model::Engine::kNerdctl);
  EXPECT_TRUE(result.First().privileged.IsDynamic());
  EXPECT_TRUE(result.First().pid.Is("host"));
  EXPECT_EQ(result.document.gaps.size(), 1U);
}

TEST(InspectTest, PodmanWithNoCapabilityDropsAll) {
  const auto read = [](const std::string& bounding) {
    return Read(R"({"Id": "a", "Name": "box", "BoundingCaps": )" + bounding +
                R"(, "HostConfig": {"CapDrop": ["CAP_CHOWN"]}, "Config": {"Image": "a"}})");
  };
  EXPECT_EQ(read("[]").First().engine, model::Engine::kPodman);
  EXPECT_NE(read("[]").First().cap_drop.Find("ALL"), nullptr);
  EXPECT_NE(read("null").First().cap_drop.Find("ALL"), nullptr);
  EXPECT_EQ(read(R"(["CAP_KILL"])").First().cap_drop.Find("ALL"), nullptr);
}

}  // namespace
}  // namespace cagelint::input
