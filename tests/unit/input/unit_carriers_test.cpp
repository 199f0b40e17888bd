#include "tests/unit/input/carrier_sample.h"

namespace cagelint::input {
namespace {

class UnitCarrierTest : public CarrierTest {
 protected:
  Strings Service(const std::string& text) {
    return Images(kSystemdReader, "a.service", "[Service]\n" + text);
  }
  const model::Container& Quadlet(const std::string& text) {
    Read(kQuadletReader, "a.container", "[Container]\n" + text);
    static const model::Container none;
    return document_.containers.empty() ? none : document_.containers.front();
  }
};

TEST_F(UnitCarrierTest, ServicesAreThoseThatRunAnEngine) {
  const auto accepts = [](std::string_view path, std::string_view bytes) {
    return !kSystemdReader.accepts(path, bytes).empty();
  };
  const std::string text = "[Service]\nExecStart=/usr/bin/docker run a\n";
  EXPECT_TRUE(accepts("a.service", text));
  EXPECT_TRUE(accepts("a.service.d/b.conf", text));
  EXPECT_FALSE(accepts("b.conf", text));
  EXPECT_FALSE(accepts("a.service", "[Unit]\nAfter=docker.service\n[Service]\nExecStart=/x\n"));
  EXPECT_FALSE(kSystemdReader.accepts_fence("ini", text).empty());
  EXPECT_TRUE(kSystemdReader.accepts_fence("sh", text).empty());
}

TEST_F(UnitCarrierTest, QuadletUnitsThatAreNotRead) {
  const auto accepts = [](std::string_view path, std::string_view bytes) {
    return !kQuadletReader.accepts(path, bytes).empty();
  };
  EXPECT_TRUE(accepts("a.pod", "[Pod]\n"));
  EXPECT_TRUE(accepts("a.kube", "[Kube]\nYaml=x\n"));
  EXPECT_FALSE(accepts("a.pod", "=pod\n\nA document of Perl's\n"));
  EXPECT_TRUE(accepts("a.container.d/b.conf", "[Container]\nUser=1\n"));
  EXPECT_FALSE(accepts("a.conf", "[Container]\nUser=1\n"));
}

TEST_F(UnitCarrierTest, CommandLines) {
  EXPECT_EQ(Service("ExecStartPre=-docker run a\nExecStart=+!/usr/bin/docker run b ; docker run c\n"
                    "ExecStop=@/usr/bin/docker x run d\nExecReload=/bin/sh -c 'docker run e'\n"
                    "ExecStartPost=/bin/echo docker run f"),
            (Strings{"a", "b", "c", "d", "e"}));
  EXPECT_EQ(Service("ExecStart=docker run \\\n# c\n; d\n a\\\nb\nExecStop=docker run \"c\\x64\""),
            (Strings{"a", "cd"}));
  EXPECT_EQ(document_.containers[0].command.items.size(), 1u);
}

TEST_F(UnitCarrierTest, VariablesOfAService) {
  EXPECT_EQ(
      Service("Environment=A=x B=y \"C=z w\"\nExecStart=docker run ${A}\n"
              "ExecStop=docker run $C\nExecReload=docker run ${D}\nExecStartPre=docker run %i"),
      (Strings{"x", "z", "?", "?"}));
  EXPECT_EQ(Service("Environment=A=x\nEnvironmentFile=/e\nExecStart=docker run ${A}"),
            Strings{"?"});
  EXPECT_EQ(Service("Environment=A=x\nEnvironment=\nExecStart=docker run ${A}"), Strings{"?"});
  EXPECT_EQ(Service("Environment=A=x\nExecStart=:docker run a${A}"), Strings{"a${A}"});
  EXPECT_EQ(Service("Environment=A=x\nExecStart=sh -c 'docker run $A'"), Strings{"x"});
}

TEST_F(UnitCarrierTest, KeysOfAContainer) {
  const model::Container& one = Quadlet(
      "Image=x:1\nAddCapability=A B\nAddCapability=\nAddCapability=NET_RAW\nReadOnly=yes\n"
      "User=1\nGroup=2\nNetwork=none\nPodmanArgs=--privileged\nExec=a \"b c\"\n");
  EXPECT_EQ(one.image.value, "x:1");
  EXPECT_EQ(one.engine, model::Engine::kPodman);
  EXPECT_EQ(one.cap_add.items.size(), 1u);
  EXPECT_TRUE(one.read_only.Is(true));
  EXPECT_TRUE(one.privileged.Is(true));
  EXPECT_TRUE(one.remove.Is(true));
  EXPECT_EQ(Shown(one.privileged.whole), "--privileged");
  EXPECT_EQ(one.command.items.size(), 2u);
  EXPECT_TRUE(document_.gaps.empty());
}

TEST_F(UnitCarrierTest, SourcesOfAContainersMounts) {
  const model::Container& one = Quadlet(
      "Image=x\nVolume=./a:/a\nVolume=%h/b:/b\nVolume=c.volume:/c\nVolume=/d:/d\nVolume=/e\n"
      "Mount=type=bind,src=./f,dst=/f\n");
  ASSERT_EQ(one.mounts.items.size(), 6u);
  EXPECT_EQ(one.mounts.items[0].value.host.base, model::PathBase::kProject);
  EXPECT_EQ(one.mounts.items[1].value.host.base, model::PathBase::kHome);
  EXPECT_EQ(one.mounts.items[2].value.source.value, "systemd-c");
  EXPECT_EQ(one.mounts.items[3].value.host.path, "/d");
}

TEST_F(UnitCarrierTest, QuotesOfAContainersValues) {
  // Those of a key that counts once are taken away, others are part of the value.
  const model::Container& one = Quadlet("Image=\"x\"\nVolume=\"/a:/b\"\n");
  EXPECT_EQ(one.image.value, "x");
  ASSERT_EQ(one.mounts.items.size(), 1u);
  EXPECT_EQ(one.mounts.items[0].value.source.value, "\"/a");
}

TEST_F(UnitCarrierTest, WhatTheGeneratorRefuses) {
  const auto refused = [&](const std::string& text) {
    Quadlet(text);
    std::string out;
    for (const diagnostic::Gap& gap : document_.gaps)
      out += std::string(Shown(gap.span)) + (gap.refused ? "!" : "?");
    return out;
  };
  EXPECT_EQ(refused("Image=x\nX=1\n"), "X?");
  EXPECT_EQ(refused("Image=x\nGroup=1\n"), "Group=1!");
  EXPECT_EQ(refused("Image=x\nRootfs=y\n"), "Rootfs=y!");
  EXPECT_EQ(refused("Image=x\nnothing\n"), "nothing!");
  EXPECT_EQ(refused("Image=x\n[Service]\nType=simple\n"), "Type=simple!");
}

}  // namespace
}  // namespace cagelint::input
