// What compose-go makes of values that are written in uncommon ways. Each was run with
// docker-compose 2.40.3; compose_oracle_test runs thousands more.
#include "tests/unit/input/compose_sample.h"

namespace cagelint::input {
namespace {

ComposeSample Read(const std::string& body, const std::string& top = "") {
  return ComposeSample({{"compose.yaml", Web(body) + top}},
                       ComposeSample::Known({{"HOME", "/home/me"}, {"COMPOSE_PROFILES", "*"}}));
}

const model::Mount& Mount(const ComposeSample& sample, std::size_t index = 0) {
  return sample.Service("web").mounts.items.at(index).value;
}

Words WordsOf(const std::string& command) {
  return Values(Read("command: " + command).Service("web").command);
}

bool IsRefused(const std::string& body) {
  const ComposeSample sample = Read(body);
  for (const std::string& gap : sample.Gaps())
    if (gap.ends_with('!')) return true;
  return false;
}

TEST(ComposeDecode, SizesThatAreNoIntegersCountAsZero) {
  EXPECT_TRUE(Read("mem_limit: 1.5").Service("web").memory.Is(0));
  EXPECT_TRUE(Read("mem_limit: 1e9").Service("web").memory.Is(0));
  EXPECT_TRUE(Read("mem_limit: '1e9'").Service("web").memory.Is(1000000000));
  EXPECT_TRUE(Read("mem_limit: '1_0m'").Service("web").memory.Is(10 << 20));
}

TEST(ComposeDecode, NumbersAsInGo) {
  EXPECT_TRUE(Read("cpus: '0x1p-1'").Service("web").cpus.Is(0.5));
  EXPECT_TRUE(Read("cpus: '1_0'").Service("web").cpus.Is(10));
  EXPECT_TRUE(IsRefused("cpus: '1__0'"));
  EXPECT_TRUE(IsRefused("cpus: '_1'"));
  EXPECT_TRUE(IsRefused("cpus: '0x10'"));
  EXPECT_TRUE(IsRefused("pids_limit: '1_0'"));
  EXPECT_TRUE(IsRefused("oom_score_adj: 1001"));
  EXPECT_TRUE(IsRefused("mem_reservation: .inf"));
  EXPECT_TRUE(Read("stop_grace_period: '+5s'").Service("web").stop_timeout.Is(5));
  EXPECT_TRUE(IsRefused("stop_grace_period: 99999999h"));
}

TEST(ComposeDecode, FloatsAsText) {
  const auto values = Values(
      Read("environment: {A: 123456789.5, B: 100000.0, C: -.inf}").Service("web").environment);
  EXPECT_EQ(values.at(0).value, "1.234567895e+08");
  EXPECT_EQ(values.at(1).value, "100000");
  EXPECT_EQ(values.at(2).value, "-Inf");
}

TEST(ComposeDecode, Tags) {
  EXPECT_TRUE(IsRefused("x-a: !!int 1.5"));
  EXPECT_TRUE(IsRefused("x-a: !!bool yes"));
  EXPECT_TRUE(IsRefused("x-a: !!null x"));
  EXPECT_FALSE(IsRefused("x-a: [!!int '1', !!float 1, !!null '', !!bool 'true', !!foo a]"));
}

TEST(ComposeDecode, CommandsAsGoShellwordsSplitsThem) {
  EXPECT_EQ(WordsOf("echo `a b` $(c d)"), (Words{"echo", "`a b`", "$(c d)"}));
  EXPECT_EQ(WordsOf("run 2> x"), (Words{"run"}));
  EXPECT_EQ(WordsOf("run x > y"), (Words{"run", "x"}));
  EXPECT_TRUE(IsRefused("command: (x)"));
  EXPECT_TRUE(IsRefused("command: a)"));
  EXPECT_TRUE(IsRefused("command: a `b"));
}

TEST(ComposeDecode, HomesAndDrives) {
  const ComposeSample sample =
      Read("volumes: ['~u/x:/1', 'a:b:c:d', {type: bind, source: '', target: /3}]");
  EXPECT_EQ(Mount(sample, 0).source.value, "/home/me/u/x");
  EXPECT_EQ(Mount(sample, 0).host.base, model::PathBase::kHome);
  EXPECT_EQ(Mount(sample, 0).host.path, "u/x");
  EXPECT_EQ(Mount(sample, 1).source.value, "/project/a:b");
  EXPECT_EQ(Mount(sample, 1).target.value, "c:d");
  EXPECT_EQ(Mount(sample, 2).source.value, "/project");
  EXPECT_EQ(Mount(sample, 2).host.path, ".");
}

TEST(ComposeDecode, RepeatsAreOne) {
  const ComposeSample sample = Read(
      "secrets: [s, s, {source: s, target: x}]\nprofiles: [p, p]\ndns: [a, a]\n"
      "tmpfs: ['/t:size=1', '/t:size=2']\ncap_add: ['A', 'A']",
      "secrets: {s: {file: f}}\n");
  const model::Container& web = sample.Service("web");
  EXPECT_EQ(Values(web.secrets), (Words{"s", "s"}));
  EXPECT_EQ(Values(web.profiles), (Words{"p"}));
  EXPECT_EQ(Values(web.dns), (Words{"a"}));
  EXPECT_EQ(Values(web.cap_add), (Words{"CAP_A"}));
  EXPECT_TRUE(Mount(sample).size.Is(2));
  EXPECT_TRUE(IsRefused("tmpfs: ['/t:ro', '/t:size=2']"));
}

TEST(ComposeDecode, HostsPortsAndDevices) {
  const ComposeSample sample = Read(
      "extra_hosts: ['a:[::1]', 'b=1.1.1.1']\nports: ['080:0081']\n"
      "devices: [{source: /dev/a, target: /dev/b}]");
  const model::Container& web = sample.Service("web");
  EXPECT_EQ(Values(web.extra_hosts), (Words{"a:::1", "b:1.1.1.1"}));
  EXPECT_EQ(web.ports.items.at(0).value.published, "80");
  EXPECT_EQ(web.ports.items.at(0).value.target, "81");
  EXPECT_EQ(web.devices.items.at(0).value.permissions, "");
  EXPECT_TRUE(IsRefused("devices: [{source: /dev/a}]"));
  EXPECT_TRUE(IsRefused("ports: [80.0]"));
  EXPECT_TRUE(IsRefused("group_add: [1.0]"));
}

TEST(ComposeDecode, RefusedByTheDecoder) {
  for (const char* body : {"blkio_config: {weight: '5'}", "attach: x", "pull_policy: sometimes",
                           "healthcheck: {retries: -1}", "build: {context: ., no_cache: x}",
                           "build: {context: ., shm_size: 5x}", "secrets: [{target: x}]",
                           "platform: a/b\nbuild: {context: ., platforms: [c/d]}",
                           "deploy: {resources: {limits: {pids: x}}}"})
    EXPECT_TRUE(IsRefused(body)) << body;
}

}  // namespace
}  // namespace cagelint::input
