// Services → containers.
#include "tests/unit/input/compose_sample.h"

namespace cagelint::input {
namespace {

const model::Mount& Mount(const ComposeSample& sample, std::size_t index = 0) {
  return sample.Service("web").mounts.items.at(index).value;
}

TEST(ComposeService, HostPaths) {
  const ComposeSample sample(
      Web("volumes: ['./a/../b:/1', '/etc/:/2', '~/x:/3', '${PWD}/y:/4', '${D}/z:/5', "
          "'./${D}/q:/6', '/v', '../o:/8']"));
  EXPECT_EQ(Mount(sample, 0).source.value, "/project/b");
  EXPECT_EQ(Mount(sample, 0).host.path, "b");
  EXPECT_EQ(Mount(sample, 0).host.base, model::PathBase::kProject);
  EXPECT_EQ(Mount(sample, 1).host.base, model::PathBase::kAbsolute);
  EXPECT_EQ(Mount(sample, 1).source.value, "/etc/");
  EXPECT_EQ(Mount(sample, 2).host.base, model::PathBase::kHome);
  EXPECT_EQ(Mount(sample, 2).host.path, "x");
  EXPECT_EQ(Mount(sample, 3).host.base, model::PathBase::kWorkingDirectory);
  EXPECT_EQ(Mount(sample, 3).host.path, "y");
  EXPECT_TRUE(Mount(sample, 3).IsBind());
  EXPECT_TRUE(Mount(sample, 3).source.IsDynamic());
  EXPECT_EQ(Mount(sample, 4).host.base, model::PathBase::kUnknown);
  EXPECT_TRUE(Mount(sample, 4).type.IsDynamic());
  EXPECT_EQ(Mount(sample, 5).host.base, model::PathBase::kProject);
  EXPECT_FALSE(Mount(sample, 5).host.exact);
  EXPECT_TRUE(Mount(sample, 6).source.IsAbsent());
  EXPECT_EQ(Mount(sample, 7).host.path, "../o");
}

TEST(ComposeService, LongMounts) {
  const ComposeSample sample(
      Web("volumes:\n"
          "  - {type: bind, source: d, target: /d, read_only: true, bind: {propagation: shared}}\n"
          "  - {type: tmpfs, target: /t, tmpfs: {size: 64m}}"));
  EXPECT_EQ(Mount(sample, 0).source.value, "/project/d");
  EXPECT_TRUE(Mount(sample, 0).read_only.Is(true));
  EXPECT_TRUE(Mount(sample, 0).propagation.Is("shared"));
  EXPECT_EQ(sample.Text(Mount(sample, 0).propagation.whole), "propagation: shared");
  EXPECT_TRUE(Mount(sample, 1).IsTmpfs());
  EXPECT_TRUE(Mount(sample, 1).size.Is(64 << 20));
}

TEST(ComposeService, TmpfsAndDriveLetters) {
  const ComposeSample sample(Web("volumes: ['d:/data']\ntmpfs: ['/run:size=8m,noexec']") +
                             "volumes: {d: }\n");
  EXPECT_TRUE(Mount(sample, 0).source.IsAbsent());
  EXPECT_TRUE(Mount(sample, 0).target.Is("d:/data"));
  EXPECT_EQ(Mount(sample, 1).form, model::Mount::Form::kTmpfs);
  EXPECT_TRUE(Mount(sample, 1).size.Is(8 << 20));
  EXPECT_EQ(Values(Mount(sample, 1).options), (Words{"size=8m", "noexec"}));
}

TEST(ComposeService, VolumesWithDriverOptions) {
  const ComposeSample sample(
      Web("volumes: ['etc:/e']") +
      "volumes:\n  etc:\n    driver_opts: {type: none, o: bind, device: /etc}\n");
  ASSERT_EQ(sample.document.volumes.size(), 1u);
  const auto& options = sample.document.volumes[0].driver_opts;
  ASSERT_EQ(options.size(), 3u);
  EXPECT_TRUE(options[2].second.Is("/etc"));
  EXPECT_EQ(sample.Text(options[2].second.whole), "device: /etc");
  EXPECT_EQ(Mount(sample).driver_options.size(), 3u);
}

TEST(ComposeService, WhatABuildMayDo) {
  const ComposeSample sample(
      Web("build: {context: ., privileged: 'yes', entitlements: [security.insecure]}"));
  const model::Build& build = sample.document.containers[0].build.value;
  EXPECT_TRUE(build.privileged.Is(true));
  EXPECT_EQ(sample.Text(build.privileged.value_span), "yes");
  EXPECT_EQ(Values(build.entitlements), Words{"security.insecure"});
}

TEST(ComposeService, Networks) {
  const ComposeSample sample("name: Demo.1\n" + Web("networks: [inside]") +
                             "networks:\n  inside: {internal: true}\n");
  EXPECT_EQ(Values(sample.Service("web").networks), Words{"inside"});
  EXPECT_EQ(sample.Service("web").project, "demo1");
  ASSERT_EQ(sample.document.networks.size(), 1u);
  EXPECT_TRUE(sample.document.networks[0].internal.Is(true));
  EXPECT_EQ(sample.document.networks[0].name, "demo1_inside");
  EXPECT_TRUE(ComposeSample(Web("")).Service("web").networks.IsAbsent());
}

TEST(ComposeService, Ports) {
  const ComposeSample sample(
      Web("ports: [80, '127.0.0.1:8080:80/udp', '[::1]:1-2:3-4', {target: 9, published: '10'}]"));
  const auto ports = Values(sample.Service("web").ports);
  ASSERT_EQ(ports.size(), 4u);
  EXPECT_EQ(ports[0].target, "80");
  EXPECT_EQ(ports[0].published, "");
  EXPECT_EQ(ports[1].host_ip + " " + ports[1].published + " " + ports[1].protocol,
            "127.0.0.1 8080 udp");
  EXPECT_EQ(ports[2].host_ip + " " + ports[2].published, "::1 1-2");
  EXPECT_EQ(ports[3].published, "10");
}

TEST(ComposeService, LimitsAndRestart) {
  const ComposeSample sample(
      Web("mem_limit: 1.5g\ncpus: 0.5\ndeploy: {restart_policy: {condition: any}}\n"
          "pids_limit: \"10\"\nstop_grace_period: 1m30s"));
  const auto& web = sample.Service("web");
  EXPECT_TRUE(web.memory.Is(1610612736));
  EXPECT_TRUE(web.cpus.Is(0.5));
  EXPECT_TRUE(web.pids_limit.Is(10));
  EXPECT_TRUE(web.stop_timeout.Is(90));
  EXPECT_EQ(web.restart.value.policy, "always");
}

TEST(ComposeService, NumbersAreThoseOfYaml) {
  const ComposeSample sample(Web("environment: {A: 0x10, B: 010, C: 1e3, D: 1.50, E: TRUE, F: ~}"));
  Words values;
  for (const auto& pair : Values(sample.Service("web").environment))
    values.push_back(pair.value.value_or("(none)"));
  EXPECT_EQ(values, (Words{"16", "8", "1000", "1.5", "true", "(none)"}));
}

TEST(ComposeService, SecurityOptionsTakeBothSeparators) {
  const ComposeSample sample(Web("security_opt: ['no-new-privileges:true', 'label=disable']"));
  EXPECT_EQ(Values(sample.Service("web").security_opt),
            (Words{"no-new-privileges=true", "label=disable"}));
}

TEST(ComposeService, CommandsAreSplit) {
  const ComposeSample sample(Web("command: sh -c 'a b' \"c\""));
  EXPECT_EQ(Values(sample.Service("web").command), (Words{"sh", "-c", "a b", "c"}));
  const ComposeSample unknown(Web("command: run $ARGS"));
  EXPECT_TRUE(unknown.Service("web").command.IsDynamic());
}

TEST(ComposeService, AProviderIsNoContainer) {
  const ComposeSample sample("services: {ai: {provider: {type: model}}}\n");
  EXPECT_TRUE(sample.Service("ai").provider.Is("model"));
  EXPECT_TRUE(sample.Service("ai").IsProvided());
  EXPECT_EQ(sample.Gaps(), Words{});
}

TEST(ComposeService, CommandsBesideTheProgramAreHooks) {
  const ComposeSample sample(
      Web("post_start: [{command: x, privileged: true}, {command: y, user: root}]\n"
          "develop: {watch: [{path: ., action: rebuild}, {path: a, target: /a, "
          "action: sync+exec, exec: {command: z, user: \"0\"}}]}"));
  const auto& hooks = sample.Service("web").hooks;
  ASSERT_EQ(hooks.size(), 3u);
  EXPECT_EQ(hooks[0].key, "post_start");
  EXPECT_TRUE(hooks[0].privileged.Is(true));
  EXPECT_TRUE(hooks[0].user.IsAbsent());
  EXPECT_TRUE(hooks[1].user.Is("root"));
  EXPECT_EQ(hooks[2].key, "develop.watch");
  EXPECT_TRUE(hooks[2].user.Is("0"));
  EXPECT_EQ(sample.Gaps(), Words{});
}

TEST(ComposeService, EveryProfileIsModelled) {
  const ComposeSample sample(Web("") +
                             "  debug: {image: x, profiles: [debug], privileged: true}\n");
  EXPECT_TRUE(sample.Service("debug").privileged.Is(true));
  EXPECT_EQ(Values(sample.Service("debug").profiles), Words{"debug"});
}

}  // namespace
}  // namespace cagelint::input
