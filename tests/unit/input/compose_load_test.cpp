// The stages of the loader. Expectations are from runs of docker compose 2.40.3.
#include "tests/unit/input/compose_sample.h"

namespace cagelint::input {
namespace {

TEST(ComposeLoad, ExtendsAppendsAndReplaces) {
  const ComposeSample sample(
      "services:\n"
      "  base: {image: nginx, cap_add: [NET_ADMIN], command: [a], environment: {A: 1, B: 2}}\n"
      "  web: {extends: base, cap_add: [SYS_TIME], command: [b], environment: [B=3]}\n");
  const auto& web = sample.Service("web");
  EXPECT_EQ(Values(web.cap_add), (Words{"CAP_NET_ADMIN", "CAP_SYS_TIME"}));
  EXPECT_EQ(Values(web.command), Words{"b"});
  ASSERT_EQ(web.environment.items.size(), 2u);
  EXPECT_EQ(web.environment.items[1].value.value, "3");
  ASSERT_FALSE(web.cap_add.items[0].steps.empty());
  EXPECT_EQ(sample.Text(web.cap_add.items[0].steps[0].span), "base");
  EXPECT_EQ(sample.Gaps(), Words{});
}

TEST(ComposeLoad, PathsOfAnotherFileBeginThere) {
  const ComposeSample sample(
      {{"compose.yaml", "services:\n  web: {extends: {file: common/base.yaml, service: b}}\n"},
       {"common/base.yaml", "services:\n  b: {image: x, volumes: ['./data:/d', '../e:/e']}\n"}});
  const auto& mounts = sample.Service("web").mounts.items;
  ASSERT_EQ(mounts.size(), 2u);
  EXPECT_EQ(mounts[0].value.source.value, "/project/common/data");
  EXPECT_EQ(mounts[0].value.host.base, model::PathBase::kProject);
  EXPECT_EQ(mounts[0].value.host.path, "common/data");
  EXPECT_EQ(mounts[1].value.host.path, "e");
  EXPECT_EQ(sample.PathOf(mounts[0].whole), "common/base.yaml");
}

TEST(ComposeLoad, WhatExtendsNamesMustBeThere) {
  EXPECT_EQ(ComposeSample("services:\n  a: {image: x, extends: zzz}\n").Gaps(),
            Words{"invalid-compose!"});
  EXPECT_EQ(
      ComposeSample("services:\n  a: {image: x, extends: {file: no.yaml, service: b}}\n").Gaps(),
      Words{"missing-file!"});
  EXPECT_EQ(
      ComposeSample("services:\n  a: {image: x, extends: b}\n  b: {image: y, extends: a}\n").Gaps(),
      Words{"invalid-compose!"});
  EXPECT_EQ(
      ComposeSample("services:\n  a: {image: x, extends: {file: 'https://h/c.git', service: b}}\n")
          .Gaps(),
      Words{"remote-file"});
}

TEST(ComposeLoad, AFileThatIsNoComposeFileIsNotShown) {
  const ComposeSample sample(
      {{"compose.yaml", "services:\n  a: {image: x, extends: {file: passwd, service: b}}\n"},
       {"passwd", "root:x:0: secret\n\"\n"}});
  ASSERT_EQ(sample.document.gaps.size(), 1u);
  EXPECT_EQ(sample.PathOf(sample.document.gaps[0].span), "compose.yaml");
  EXPECT_EQ(sample.document.gaps[0].message.find("secret"), std::string::npos);
}

TEST(ComposeLoad, IncludeHasItsOwnFolderAndEnvironment) {
  const ComposeSample sample(
      {{"compose.yaml", "include: [sub/compose.yaml]\n" + Web("user: ${U:-none}")},
       {"sub/compose.yaml",
        "services:\n  b: {image: x, user: '${U:-none}', volumes: ['./d:/d']}\n"},
       {"sub/.env", "U=0\n"}});
  EXPECT_TRUE(sample.Service("web").user.Is("none"));
  EXPECT_TRUE(sample.Service("b").user.Is("0"));
  EXPECT_EQ(sample.Service("b").mounts.items.at(0).value.source.value, "/project/sub/d");
  const ComposeSample circle({{"compose.yaml", "include: [a.yaml]\n" + Web("")},
                              {"a.yaml", "include: [compose.yaml]\nservices: {a: {image: x}}\n"}});
  EXPECT_EQ(circle.Gaps(), Words{"invalid-compose!"});
}

TEST(ComposeLoad, OverridesMergeByKey) {
  const ComposeSample sample(
      {{"compose.yaml", Web("volumes: ['/a:/x/', '/b:/y']\nports: ['80:80']\ndns: 1.1.1.1\n"
                            "deploy: {resources: {limits: {memory: 1g, cpus: '2'}}}")},
       {"compose.override.yaml",
        "services:\n  web:\n    volumes: ['/c:/x:ro']\n    ports: ['127.0.0.1:80:80']\n"
        "    dns: [8.8.8.8]\n    deploy: {resources: {limits: {memory: 64m}}}\n"}});
  const auto& web = sample.Service("web");
  ASSERT_EQ(web.mounts.items.size(), 2u);
  EXPECT_EQ(web.mounts.items[0].value.source.value, "/c");
  EXPECT_TRUE(web.mounts.items[0].value.read_only.Is(true));
  EXPECT_EQ(web.ports.items.size(), 2u);  // the wide one stays open
  EXPECT_EQ(Values(web.dns), (Words{"1.1.1.1", "8.8.8.8"}));
  EXPECT_TRUE(web.memory.Is(64 << 20));
  EXPECT_TRUE(web.cpus.Is(2.0));
}

TEST(ComposeLoad, ResetAndOverride) {
  const ComposeSample sample(
      {{"compose.yaml", Web("cap_add: [ALL]\nprivileged: true\nports: ['80:80']")},
       {"compose.override.yaml",
        "services:\n  web:\n    cap_add: !reset []\n    privileged: !reset null\n"
        "    ports: !override ['127.0.0.1:81:81']\n"}});
  const auto& web = sample.Service("web");
  EXPECT_TRUE(web.cap_add.IsAbsent());
  EXPECT_TRUE(web.privileged.IsAbsent());
  ASSERT_EQ(web.ports.items.size(), 1u);
  EXPECT_EQ(web.ports.items[0].value.host_ip, "127.0.0.1");
  const ComposeSample alone(Web("privileged: !reset true"));
  EXPECT_TRUE(alone.Service("web").privileged.IsAbsent());
}

TEST(ComposeLoad, DocumentsOfOneFileMerge) {
  const ComposeSample sample(Web("cap_add: [A]") + "---\nservices: {web: {cap_add: [B]}}\n");
  EXPECT_EQ(Values(sample.Service("web").cap_add), (Words{"CAP_A", "CAP_B"}));
  EXPECT_EQ(ComposeSample(Web("") + "---\n").Gaps(), Words{"invalid-compose!"});
}

TEST(ComposeLoad, KeysThatStandTwiceAreSaidUpToTwoHundredTimes) {
  std::string keys;
  for (int i = 0; i < 1000; ++i) keys += "x-a: 1\n";
  const ComposeSample sample(keys + Web(""));
  EXPECT_EQ(sample.Gaps().size(), 201u);
  EXPECT_EQ(sample.document.remarks.size(), 201u);
  EXPECT_EQ(sample.document.gaps.back().message, "more keys stand twice");
}

TEST(ComposeLoad, AListHasNoServicesNetworksOrVolumes) {
  for (const std::string key : {"services", "networks", "volumes", "secrets", "configs"}) {
    const ComposeSample sample(key + ": [{image: a, driver_opts: [{type: none}]}]\n" +
                               (key == "services" ? "" : Web("networks: [a]")));
    EXPECT_EQ(sample.document.containers.size(), key == "services" ? 0u : 1u);
    ASSERT_FALSE(sample.document.gaps.empty()) << key;
    for (const diagnostic::Gap& gap : sample.document.gaps) EXPECT_TRUE(gap.span.IsValid()) << key;
  }
}

TEST(ComposeLoad, MergeKeysAreShallowAndLocalKeysWin) {
  const ComposeSample sample("x-a: &a {user: a, cap_add: [A]}\nx-b: &b {user: b, tty: true}\n" +
                             Web("cap_add: [C]\n<<: [*a, *b]"));
  const auto& web = sample.Service("web");
  EXPECT_TRUE(web.user.Is("a"));
  EXPECT_TRUE(web.tty.Is(true));
  EXPECT_EQ(Values(web.cap_add), Words{"CAP_C"});
  EXPECT_EQ(ComposeSample("x-a: &a {tty: true}\n" + Web("\"<<\": *a")).Gaps(),
            Words{"unknown-key!"});
}

TEST(ComposeLoad, WhatComposeRefusesIsAGap) {
  for (const char* body : {"privileged: 1", "user: 0", "priviledged: true", "cap_add: ALL",
                           "ports: ['::1:80:80']", "ports: ['70000:80']", "networks: [zzz]",
                           "volumes: ['data:/d']", "security_opt: [a=b, a=b]", "depends_on: [zzz]",
                           "mem_limit: 1x", "environment: {A: 2001-01-01}",
                           "mem_limit: 1g\ndeploy: {resources: {limits: {memory: 2g}}}",
                           "network_mode: host\nnetworks: [default]"}) {
    const ComposeSample sample(Web(body));
    ASSERT_FALSE(sample.document.gaps.empty()) << body;
    EXPECT_TRUE(sample.document.gaps[0].refused) << body;
    EXPECT_EQ(sample.document.containers.size(), 1u) << body;
  }
  EXPECT_EQ(ComposeSample(Web("tty: true\ntty: true")).Gaps(), Words{"duplicate-key!"});
  EXPECT_EQ(ComposeSample("services: {web: {user: a}}\n").Gaps(), Words{"invalid-compose!"});
  EXPECT_EQ(ComposeSample("").Gaps(), Words{"invalid-compose!"});
}

TEST(ComposeLoad, HostileFilesAreBoundedAndNeverClean) {
  std::string bomb = "x-a: &a [x, x, x, x, x, x, x, x, x]\n";
  for (const char* pair : {"ab", "bc", "cd", "de", "ef", "fg", "gh"}) {
    bomb += std::string("x-") + pair[1] + ": &" + pair[1] + " [";
    for (int i = 0; i < 9; ++i) bomb += std::string(i == 0 ? "*" : ", *") + pair[0];
    bomb += "]\n";
  }
  EXPECT_EQ(ComposeSample(bomb + Web("cap_add: *h")).Gaps()[0], "limit-reached");
  EXPECT_EQ(ComposeSample("services:\n  web: &w {image: x, environment: *w}\n").Gaps()[0],
            "invalid-compose!");
  EXPECT_EQ(ComposeSample(Web("user: \"x")).Gaps()[0], "syntax-error!");
  EXPECT_EQ(ComposeSample(", a\n").Gaps()[0], "syntax-error!");
}

TEST(ComposeLoad, WhichFilesAreProjects) {
  const auto accepts = [](std::string_view path, std::string_view bytes) {
    return !kComposeReader.accepts(path, bytes).empty();
  };
  const std::string web = Web("");
  EXPECT_TRUE(accepts("a/compose.yaml", ""));
  EXPECT_TRUE(accepts("docker-compose.prod.yml", web));
  EXPECT_TRUE(accepts("stack.yml", web));
  EXPECT_FALSE(accepts("compose-values.yml", "replicas: 2\n"));
  EXPECT_FALSE(accepts("ci.yml", "on: push\njobs: {}\n" + web));
  EXPECT_FALSE(accepts("services.yaml", "services:\n  App\\Kernel: {class: image}\n"));
  EXPECT_FALSE(accepts("notes.txt", web));
}

}  // namespace
}  // namespace cagelint::input
