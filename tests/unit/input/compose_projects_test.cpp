// What projects look like that are old, incomplete, or hide what they do. Expectations are from
// runs of docker compose 2.40.3.
#include "tests/unit/input/compose_sample.h"

namespace cagelint::input {
namespace {

TEST(ComposeProjects, TheFirstLayoutIsRefusedAndRead) {
  const ComposeSample sample(
      "vpn: {build: ., net: host}\n"
      "web: {extends: {service: vpn}, privileged: true}\n");
  EXPECT_EQ(sample.Gaps(), Words{"v1-layout!"});
  EXPECT_EQ(sample.Text(sample.document.gaps[0].span), "vpn");
  EXPECT_TRUE(sample.Service("vpn").network_mode.Is("host"));
  EXPECT_TRUE(sample.Service("web").privileged.Is(true));
  EXPECT_NE(kComposeReader.accepts("docker-compose.old.yml", "a:\n  image: x\n"), "");
  EXPECT_EQ(kComposeReader.accepts("other.yml", "a:\n  image: x\n"), "");
}

TEST(ComposeProjects, AnyNameWithComposeInItMayBeAFragment) {
  const std::string_view fragment = "services:\n  web: {privileged: true}\n";
  EXPECT_NE(kComposeReader.accepts("prod.compose.yml", fragment), "");
  EXPECT_EQ(kComposeReader.accepts("workflow.yml", fragment), "");
}

TEST(ComposeProjects, MissingFilesAreNamedAsTheyAreWritten) {
  const ComposeSample sample("include: [../../t.yml]\nservices: {a: {image: x, env_file: ../e}}\n");
  ASSERT_EQ(sample.Gaps(), (Words{"missing-file!", "missing-file!"}));
  EXPECT_EQ(sample.document.gaps[0].message, "`../../t.yml`: no such file");
  EXPECT_EQ(sample.document.gaps[1].message, "`../e`: no such file");
}

TEST(ComposeProjects, FilesElsewhereAreNamedFromHere) {
  const ComposeSample sample({{"compose.yaml", "include: [../other/c.yml]\n"},
                              {"../other/c.yml", "services: {a: {image: x, privileged: true}}\n"},
                              {"/other/c.yml", "services: {a: {image: x, privileged: true}}\n"}});
  EXPECT_EQ(sample.PathOf(sample.Service("a").privileged.value_span), "../other/c.yml");
}

TEST(ComposeProjects, AVolumeMayBeAPathInDisguise) {
  const ComposeSample sample(
      "services:\n"
      "  web: {image: x, volumes: ['va:/a', 'vb:/b', 'vc:/c', 'vd:/d', 've:/e']}\n"
      "volumes:\n"
      "  va: {driver_opts: {type: none, o: 'rbind,rw', device: /run/docker.sock}}\n"
      "  vb: {driver: local, driver_opts: {type: none, o: bind, device: ./data}}\n"
      "  vc: {driver: local, driver_opts: {o: 'bind,ro', device: /etc}}\n"
      "  vd: {driver: nfs, driver_opts: {o: bind, device: /etc}}\n"
      "  ve: {driver_opts: {type: nfs, o: 'addr=1.2.3.4', device: ':/x'}}\n");
  const auto& mounts = sample.Service("web").mounts.items;
  ASSERT_EQ(mounts.size(), 5u);
  EXPECT_TRUE(mounts[0].value.IsBind());
  EXPECT_TRUE(mounts[0].value.type.Is("volume"));
  EXPECT_EQ(mounts[0].value.host.path, "/run/docker.sock");
  EXPECT_EQ(sample.Text(mounts[0].value.source.value_span), "va");
  EXPECT_EQ(mounts[1].value.host.base, model::PathBase::kProject);
  EXPECT_EQ(mounts[1].value.host.path, "data");
  EXPECT_TRUE(mounts[2].value.read_only.Is(true));
  EXPECT_FALSE(mounts[3].value.IsBind());
  EXPECT_FALSE(mounts[4].value.IsBind());
}

TEST(ComposeProjects, DependenciesInShortFormMergeIntoLongOnes) {
  const ComposeSample sample(
      "services:\n"
      "  x: {image: x}\n"
      "  y: {image: x}\n"
      "  a: {image: x, depends_on: [x]}\n"
      "  b: {extends: a, depends_on: [y]}\n"
      "  c: {extends: a, depends_on: {y: {condition: service_healthy}}}\n");
  EXPECT_EQ(sample.Gaps(), Words{});
  EXPECT_EQ(Values(sample.Service("b").depends_on), (Words{"x", "y"}));
}

TEST(ComposeProjects, WhatCannotBeExtendedMayHaveTheImage) {
  EXPECT_EQ(ComposeSample("services: {a: {extends: {file: $F, service: b}}}\n").Gaps(),
            Words{"unresolved-variable"});
}

TEST(ComposeProjects, AReplacedVolumeNeedsNotBeThere) {
  const ComposeSample sample(
      Web("volumes: [{type: volume, source: no, target: /a}, '../x:/a', 'gone:/b', './y:/b']"));
  EXPECT_EQ(sample.Gaps(), Words{});
}

TEST(ComposeProjects, ATmpfsHasNoNegativeSize) {
  EXPECT_EQ(ComposeSample(Web("volumes: [{type: tmpfs, target: /a, tmpfs: {size: -1}}]")).Gaps(),
            Words{"invalid-compose!"});
}

TEST(ComposeProjects, AddressesOfTheLongFormAreChecked) {
  for (const char* address : {"localhost", "'[::1]'", "fe80::1%eth0", "'127.1'", "''"})
    EXPECT_EQ(
        ComposeSample(Web("ports: [{target: 80, host_ip: " + std::string(address) + "}]")).Gaps(),
        Words{"invalid-compose!"})
        << address;
  EXPECT_EQ(ComposeSample(Web("ports: [{target: 80, host_ip: '::1'}]")).Gaps(), Words{});
}

TEST(ComposeProjects, EnvFilesSeeTheProjectsVariablesFirst) {
  const ComposeSample sample({{"compose.yaml", Web("env_file: e\nenvironment: {A: own, B: own}")},
                              {".env", "A=project\n"},
                              {"e", "X=$A\nY=$B\n"}},
                             ComposeSample::Known());
  const auto& items = sample.Service("web").environment.items;
  ASSERT_EQ(items.size(), 4u);
  EXPECT_EQ(items[2].value.value, "project");
  EXPECT_EQ(items[3].value.value, "own");
}

TEST(ComposeProjects, AFolderOfItsOwnIsKnownWithoutAShell) {
  const ComposeSample sample({{"compose.yaml", Web("volumes: ['${PWD}/x:/x']")}},
                             ComposeSample::Known());
  EXPECT_EQ(sample.Service("web").mounts.items[0].value.source.value, "/project/x");
}

// Each service holds what all before it hold: the work and the memory are bounded.
TEST(ComposeProjects, AChainOfExtendsIsBounded) {
  std::string text = "services:\n  s0: {image: x}\n";
  for (int i = 1; i < 1500; ++i)
    text += "  s" + std::to_string(i) + ": {extends: s" + std::to_string(i - 1) +
            ", depends_on: [s" + std::to_string(i - 1) + "]}\n";
  const ComposeSample sample(text);
  EXPECT_EQ(sample.Gaps(), Words{"limit-reached"});
  EXPECT_EQ(sample.document.containers.size(), 1500u);
}

}  // namespace
}  // namespace cagelint::input
