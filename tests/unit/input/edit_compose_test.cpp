// Single edits of compose files, byte by byte.
#include "tests/unit/input/edit_compose_sample.h"

namespace cagelint::input {
namespace {

using model::Append;
using model::Remove;
using model::Replace;
using model::Set;
using model::SetOf;

// A file with one service `web`; `body` are its lines behind the image.
std::string Web(const std::string& body) { return "services:\n  web:\n    image: nginx\n" + body; }

TEST(EditComposeSet, KeepsQuotesAndComments) {
  const auto set = [](const std::string& body) {
    return Compose(Web(body)).Change({Set("user", "1000:1000")});
  };
  EXPECT_EQ(set("    user: root   # why\n"), Web("    user: \"1000:1000\"   # why\n"));
  EXPECT_EQ(set("    user: 'root'\n"), Web("    user: '1000:1000'\n"));
  EXPECT_EQ(set("    user: \"root\"\n"), Web("    user: \"1000:1000\"\n"));
  EXPECT_EQ(set("    \"user\" : root\n"), Web("    \"user\" : \"1000:1000\"\n"));
  EXPECT_EQ(set("    user: !!str 0\n"), Web("    user: !!str \"1000:1000\"\n"));
  EXPECT_EQ(set("    user: |-\n      root\n    tty: true\n"),
            Web("    user: \"1000:1000\"\n    tty: true\n"));
  EXPECT_EQ(set("    user: # none\n"), Web("    user: \"1000:1000\" # none\n"));
  const auto flow = [](const std::string& entries) {
    return Compose("services: {web: {image: x, " + entries + "}}").Change({Set("user", "u")});
  };
  EXPECT_EQ(flow("user: , tty: true"), "services: {web: {image: x, user: u , tty: true}}");
  EXPECT_EQ(flow("user : # c\n"), "services: {web: {image: x, user : u # c\n}}");
  EXPECT_EQ(flow("user"), "services: {web: {image: x, user: u}}");
  EXPECT_EQ(flow("tty: # c\n"), "services: {web: {image: x, tty:, user: u # c\n}}");
}

TEST(EditComposeSet, AVariableIsSaid) {
  const EditedProject project = Compose(Web("    user: ${U:-root}\n"));
  const Edited edited = project.Edit({Set("user", "1000:1000")});
  EXPECT_EQ(edited.reaches, "the variable that is written there decides no longer");
  EXPECT_EQ(project.After(edited).at("compose.yaml"), Web("    user: \"1000:1000\"\n"));
  const Edited replaced = project.Edit({Replace(project.Service().user.value_span, "1000")});
  EXPECT_EQ(replaced.reaches, "it is only what holds where the variable is not set");
  EXPECT_EQ(project.After(replaced).at("compose.yaml"), Web("    user: ${U:-1000}\n"));
  const EditedProject set({{"compose.yaml", Web("    user: ${U}\n")}, {".env", "U=root\n"}});
  EXPECT_EQ(set.Change({Replace(set.Service().user.value_span, "1000")}),
            "!the value comes through a variable");
}

TEST(EditComposeSet, WhatOthersTakeIsSaid) {
  const EditedProject anchored =
      Compose("services:\n  web: &web\n    image: nginx\n  api:\n    <<: *web\n");
  EXPECT_EQ(anchored.Edit({Set("read_only", "true")}).reaches,
            "the value is shared through the anchor `&web`");
  EXPECT_EQ(anchored.Edit({Set("read_only", "true")}, "api").reaches, "");
  const EditedProject extended =
      Compose("services:\n  web:\n    image: nginx\n  api:\n    extends:\n      service: web\n");
  EXPECT_EQ(extended.Edit({Set("read_only", "true")}).reaches,
            "the service `api` extends this one");
  EXPECT_EQ(extended.Edit({Set("read_only", "true")}, "api").reaches, "");
}

TEST(EditComposeSet, AnOverrideGetsTheKey) {
  const EditedProject project(
      Files{{"compose.yaml", Web("    user: root\n    privileged: true\n    cap_drop: [A]\n")},
            {"compose.override.yaml", "services:\n  web:\n    tty: true\n"}});
  const Edited edited = project.Edit(
      {Set("user", "1000:1000"), Set("privileged", "false"), Append("cap_drop", "ALL")});
  const EditedProject after(project.After(edited));
  EXPECT_EQ(after.files.at("compose.yaml"), project.files.at("compose.yaml"));
  EXPECT_EQ(after.files.at("compose.override.yaml"),
            "services:\n  web:\n    tty: true\n    user: \"1000:1000\"\n    privileged: false\n"
            "    cap_drop:\n      - ALL\n");
  EXPECT_TRUE(after.Service().user.Is("1000:1000"));
  EXPECT_TRUE(after.Service().privileged.Is(false));
  EXPECT_EQ(Show(after.Service().cap_drop), "[CAP_A ALL ");
}

TEST(EditComposeSet, ABaseInAnotherFileStays) {
  const EditedProject project(
      Files{{"compose.yaml", "services:\n  web:\n    extends: {file: base.yaml, service: b}\n"},
            {"base.yaml", "services:\n  b:\n    image: nginx\n    user: root\n"}});
  const EditedProject after(project.After(project.Edit({Set("user", "1000")})));
  EXPECT_TRUE(after.Service().user.Is("1000"));
  EXPECT_EQ(after.files.at("base.yaml"), project.files.at("base.yaml"));
  const Edited removed = project.Edit({Remove(project.Service().user.whole)});
  EXPECT_EQ(removed.reaches, "the service `b` changes");
  EXPECT_EQ(project.After(removed).at("base.yaml"), "services:\n  b:\n    image: nginx\n");
}

TEST(EditComposeSet, LimitsWhereTheyStand) {
  const std::string deploy = "    deploy:\n      resources:\n        limits:\n";
  EXPECT_EQ(Compose(Web(deploy + "          memory: 4g\n")).Change({Set("memory", "512m")}),
            Web(deploy + "          memory: 512m\n"));
  EXPECT_EQ(Compose(Web(deploy + "          memory: 4g\n")).Change({Set("pids_limit", "256")}),
            Web(deploy + "          memory: 4g\n          pids: 256\n"));
  EXPECT_EQ(Compose(Web(deploy + "          memory: 4g\n")).Change({Set("cpus", "1")}),
            Web(deploy + "          memory: 4g\n          cpus: \"1\"\n"));
  // Both must say the same.
  EXPECT_EQ(Compose(Web(deploy + "          memory: 4g\n    mem_limit: 4g\n"))
                .Change({Set("memory", "512m")}),
            Web(deploy + "          memory: 512m\n    mem_limit: 512m\n"));
  EXPECT_EQ(Compose("x-d: &d {resources: {limits: {memory: 4g}}}\n" + Web("    deploy: *d\n"))
                .Change({Set("memory", "1g")}),
            "!`resources` is shared through an anchor");
}

TEST(EditComposeSet, RestartIsWhatDeploySays) {
  const std::string policy = "    deploy:\n      restart_policy:\n        condition: ";
  EXPECT_EQ(Compose(Web(policy + "any\n")).Change({Set("restart", "on-failure:5")}),
            Web(policy + "on-failure\n        max_attempts: 5\n"));
  EXPECT_EQ(Compose(Web(policy + "any\n")).Change({Set("restart", "no")}), Web(policy + "none\n"));
  EXPECT_EQ(Compose(Web("    restart: always\n")).Change({Set("restart", "no")}),
            Web("    restart: \"no\"\n"));
}

TEST(EditComposeSet, ModesAndNetworksExcludeEachOther) {
  const EditedProject project = Compose(Web("    networks: [a]\nnetworks:\n  a:\n"));
  EXPECT_EQ(project.Change({Set("network_mode", "none")}),
            "!`networks` says otherwise, and both together are refused");
  EXPECT_EQ(project.Change({Set("network_mode", "none"), Remove(project.Service().networks.whole)}),
            Web("    network_mode: none\nnetworks:\n  a:\n"));
}

TEST(EditComposeAppend, TakesTheStyleOfItsNeighbours) {
  const auto drop = [](const std::string& body) {
    return Compose(Web(body)).Change({Append("cap_drop", "ALL")});
  };
  EXPECT_EQ(drop("    cap_drop:\n      -   'A'\n"),
            Web("    cap_drop:\n      -   'A'\n      -   'ALL'\n"));
  EXPECT_EQ(drop("    cap_drop:\n    - A\n    # next\n    tty: true\n"),
            Web("    cap_drop:\n    - A\n    - ALL\n    # next\n    tty: true\n"));
  const std::string deeper = "    build:\n      args:\n      - A\n    dns:\n      - 1.1.1.1\n";
  EXPECT_EQ(drop(deeper), Web(deeper + "    cap_drop:\n      - ALL\n"));
  EXPECT_EQ(drop("    cap_drop: ['A']\n"), Web("    cap_drop: ['A', 'ALL']\n"));
  EXPECT_EQ(drop("    cap_drop: [] # x\n"), Web("    cap_drop: [ALL] # x\n"));
  EXPECT_EQ(drop("    cap_drop: [ALL]\n"), "!it stands there already");
  EXPECT_EQ(drop("    cap_drop: &c [A]\n"), Web("    cap_drop: &c [A, ALL]\n"));
  EXPECT_EQ(drop("    cap_drop:\n      - A\n      # - B"),
            Web("    cap_drop:\n      - A\n      - ALL\n      # - B"));
  EXPECT_EQ(Compose(Web("    dns: 1.1.1.1\n")).Change({Append("dns", "9.9.9.9")}),
            Web("    dns: [1.1.1.1, 9.9.9.9]\n"));
}

TEST(EditComposeAppend, MapsGetAKey) {
  EXPECT_EQ(Compose(Web("    environment:\n      A: b\n")).Change({Append("environment", "C=$1")}),
            Web("    environment:\n      A: b\n      C: $$1\n"));
  EXPECT_EQ(Compose(Web("    sysctls: {a: 1}\n")).Change({Append("sysctls", "a=0")}),
            Web("    sysctls: {a: \"0\"}\n"));
  EXPECT_EQ(
      Compose(Web("    extra_hosts:\n      a: 1.1.1.1\n")).Change({Append("extra_hosts", "b:::1")}),
      Web("    extra_hosts:\n      a: 1.1.1.1\n      b: \"::1\"\n"));
  EXPECT_EQ(Compose(Web("")).Change({Append("ulimits", "nofile=10:20")}),
            Web("    ulimits:\n      nofile:\n        soft: 10\n        hard: 20\n"));
  EXPECT_EQ(Compose("x-l: &l {options: {max-size: 1m}}\n" + Web("    logging: *l\n"))
                .Change({Append("log_options", "max-file=2")}),
            "!`options` is shared through an anchor");
}

TEST(EditComposeAppend, OneMountForOnePlace) {
  EXPECT_EQ(Compose(Web("    tmpfs: /run\n")).Change({Append("mounts", "/tmp:size=1m")}),
            Web("    tmpfs: [/run, /tmp:size=1m]\n"));
  EXPECT_EQ(Compose(Web("    tmpfs: /run\n")).Change({Append("mounts", "./x:/y:ro")}),
            Web("    tmpfs: /run\n    volumes:\n      - ./x:/y:ro\n"));
  EXPECT_EQ(Compose(Web("    volumes: ['./t:/tmp']\n")).Change({Append("mounts", "/tmp")}),
            "!something is mounted there already");
}

std::string PartSet(const std::string& body, const std::string& part, const std::string& value) {
  const EditedProject project = Compose(Web(body));
  const auto& web = project.Service();
  const base::Span whole =
      part[0] == 'm' ? web.mounts.items.at(0).whole : web.ports.items.at(0).whole;
  return project.Change({SetOf(part, value, whole)});
}

TEST(EditComposePart, MountsBecomeReadOnly) {
  const auto set = [](const std::string& body) {
    return PartSet("    volumes:\n" + body, "mounts.read_only", "true");
  };
  const auto is = [](const std::string& body) { return Web("    volumes:\n" + body); };
  EXPECT_EQ(set("      - ./a:/b # x\n"), is("      - ./a:/b:ro # x\n"));
  EXPECT_EQ(set("      - './a:/b:z'\n"), is("      - './a:/b:z,ro'\n"));
  EXPECT_EQ(set("      - \"./a:/b:rw,z\"\n"), is("      - \"./a:/b:ro,z\"\n"));
  EXPECT_EQ(set("      - ${X:-./a}:/b\n"), is("      - ${X:-./a}:/b:ro\n"));
  EXPECT_EQ(set("      - ./a:/b:ro\n"), "!it cannot be said there");
  EXPECT_EQ(set("      - /b\n"), "!it cannot be said there");
  EXPECT_EQ(set("      - \"./a\\x41:/b\"\n"), "!the value needs other quotes");
  EXPECT_EQ(
      set("      - type: bind\n        source: ./a\n        target: /b\n"),
      is("      - type: bind\n        source: ./a\n        target: /b\n        read_only: true\n"));
  EXPECT_EQ(set("      - {type: bind, source: ./a, target: /b, read_only: false}\n"),
            is("      - {type: bind, source: ./a, target: /b, read_only: true}\n"));
  EXPECT_EQ(PartSet("    tmpfs: /tmp\n", "mounts.read_only", "true"), Web("    tmpfs: /tmp:ro\n"));
}

TEST(EditComposePart, AFilesystemInMemoryGetsASize) {
  const auto set = [](const std::string& body) { return PartSet(body, "mounts.size", "64m"); };
  EXPECT_EQ(set("    tmpfs: /tmp\n"), Web("    tmpfs: /tmp:size=64m\n"));
  EXPECT_EQ(set("    tmpfs: [/tmp:noexec]\n"), Web("    tmpfs: [\"/tmp:noexec,size=64m\"]\n"));
  EXPECT_EQ(set("    tmpfs:\n      - /tmp:size=8g,noexec\n"),
            Web("    tmpfs:\n      - /tmp:size=64m,noexec\n"));
  const std::string mount = "    volumes:\n      - type: tmpfs\n        target: /tmp\n";
  EXPECT_EQ(set(mount), Web(mount + "        tmpfs:\n          size: 64m\n"));
  EXPECT_EQ(set(mount + "        tmpfs: {mode: 448}\n"),
            Web(mount + "        tmpfs: {mode: 448, size: 64m}\n"));
  EXPECT_EQ(set(mount + "        tmpfs:\n          size: 1\n"),
            Web(mount + "        tmpfs:\n          size: 64m\n"));
  EXPECT_EQ(set("    volumes: ['./a:/b']\n"), "!it cannot be said there");
}

TEST(EditComposePart, PortsAreBoundToAnAddress) {
  const auto set = [](const std::string& body, const std::string& to = "127.0.0.1") {
    return PartSet("    ports:\n" + body, "ports.host_ip", to);
  };
  const auto is = [](const std::string& body) { return Web("    ports:\n" + body); };
  EXPECT_EQ(set("      - 80\n"), is("      - \"127.0.0.1::80\"\n"));
  EXPECT_EQ(set("      - 8080:80\n"), is("      - \"127.0.0.1:8080:80\"\n"));
  EXPECT_EQ(set("      - '8080:80/udp'\n"), is("      - '127.0.0.1:8080:80/udp'\n"));
  EXPECT_EQ(set("      - \"${P:-80}:80\"\n"), is("      - \"127.0.0.1:${P:-80}:80\"\n"));
  EXPECT_EQ(set("      - 0.0.0.0:8000-8010:80\n"), is("      - \"127.0.0.1:8000-8010:80\"\n"));
  EXPECT_EQ(set("      - '[::]:80:80'\n"), is("      - '127.0.0.1:80:80'\n"));
  EXPECT_EQ(set("      - 80:80\n", "::1"), is("      - \"[::1]:80:80\"\n"));
  EXPECT_EQ(set("      - target: 80\n"), is("      - target: 80\n        host_ip: 127.0.0.1\n"));
}

TEST(EditComposeReplace, InsideOfQuotes) {
  const auto replace = [](const std::string& body, const std::string& value) {
    const EditedProject project = Compose(Web(body));
    return project.Change({Replace(project.Service().security_opt.items.at(0).value_span, value)});
  };
  EXPECT_EQ(replace("    security_opt: ['a=b']\n", "it's"), Web("    security_opt: ['it''s']\n"));
  EXPECT_EQ(replace("    security_opt: [\"a=b\"]\n", "\\\""),
            Web("    security_opt: [\"\\\\\\\"\"]\n"));
  EXPECT_EQ(replace("    security_opt: [a=b]\n", "a, b"), Web("    security_opt: [\"a, b\"]\n"));
  EXPECT_EQ(replace("    security_opt:\n    - a=b\n", "a, b"),
            Web("    security_opt:\n    - a, b\n"));
  EXPECT_EQ(replace("    security_opt: [a=b]\n", "a\nb"), "!a value of several lines");
  const EditedProject part = Compose(Web("    volumes: ['./a:/b', ./c:/d]\n"));
  EXPECT_EQ(part.Change({
                Replace(part.Service().mounts.items[0].value.source.value_span, "./x'"),
            }),
            "!the value needs other quotes");
  EXPECT_EQ(part.Change({Replace(part.Service().mounts.items[1].value.source.value_span, "./x")}),
            Web("    volumes: ['./a:/b', ./x:/d]\n"));
}

TEST(EditComposeRefused, WhatCannotBeDone) {
  const EditedProject project = Compose(Web("    user: root\n"));
  EXPECT_EQ(project.Change({Set("detach", "true")}), "!compose files have no such key");
  EXPECT_EQ(project.Change({Set("nothing", "true")}), "!compose files have no such key");
  EXPECT_EQ(project.Change({Set("cap_drop", "ALL")}), "!a list is set element by element");
  EXPECT_EQ(project.Change({Append("command", "x")}), "!it is no list of single elements");
  EXPECT_EQ(project.Change({Set("privileged", "false")}), "!it is not switched on");
  EXPECT_EQ(project.Change({Remove({})}), "!nothing is written for it");
  EXPECT_EQ(project.Change({Remove(project.Service().user.value_span)}),
            "!it is only a part of what is written there");
  EXPECT_EQ(project.Change({Set("user", "a"), Remove(project.Service().user.whole)}),
            "!two changes meet in one place");
  EXPECT_EQ(project.Change({Set("user", "a\nb")}), "!a value of several lines");
  EXPECT_EQ(project.Change({}), "!nothing would change");
  const base::Source latin(0, "a.yaml", "a: \xE4\n");
  EXPECT_EQ(EditTree(latin, EditTree::Language::kYaml).Refused(), "the file is not UTF-8");
  EXPECT_EQ(Compose(Web("    user: a\n    user: b\n")).Change({Set("user", "c")}),
            "!a key is written twice");
  EXPECT_EQ(Compose(Web("    user: a # b\r    tty: true\n")).Change({Set("user", "c")}),
            "!the file has line ends that most programs do not know");
  const base::Source broken(0, "a.yaml", "a: [b\n");
  EXPECT_EQ(EditTree(broken, EditTree::Language::kYaml).Refused(), "the file has a syntax error");
}

// What thousands of fixes may cost: no list is copied again and again, no line is a kilobyte long.
TEST(EditComposeRefused, WhatCostsTooMuch) {
  std::string list = "x-c: &c [A0";
  for (int i = 1; i <= 100; ++i) list += ", A" + std::to_string(i);
  EXPECT_EQ(Compose(list + "]\n" + Web("    cap_drop: *c\n")).Change({Append("cap_drop", "ALL")}),
            "!the list is too long to be copied");
  const std::string deep(1001, ' ');
  EXPECT_EQ(Compose("services:\n  web:\n" + deep + "image: x\n").Change({Set("user", "u")}),
            "!it stands too deep");
}

TEST(EditComposeRefused, MergesWithoutEnd) {
  std::string bombs = "x-0: &b0 {cap_drop: [A]}\n";
  for (int i = 1; i <= 12; ++i) {
    const std::string below = "*b" + std::to_string(i - 1);
    bombs += "x-" + std::to_string(i) + ": &b" + std::to_string(i) + " {<<: [" + below + ", " +
             below + "]}\n";
  }
  const EditedProject project = Compose(bombs + "services:\n  web:\n    <<: *b12\n    image: x\n");
  const std::string after = project.Change({Append("cap_drop", "ALL")});
  EXPECT_TRUE(after.ends_with("    cap_drop:\n      - A\n      - ALL\n")) << after;
}

}  // namespace
}  // namespace cagelint::input
