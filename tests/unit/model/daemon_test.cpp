#include "linter/model/daemon.h"

#include <string>

#include <gtest/gtest.h>

namespace cagelint::model {
namespace {

constexpr base::Span kPlace{0, 0, 1};

template <typename T>
Setting<T> Known(T value) {
  return Setting<T>::Known(std::move(value), kPlace, kPlace);
}

std::size_t Refusals(const Container& container) { return DaemonRefusals(container).size(); }

TEST(Daemon, UsersThatTheEngineTakesAndRefuses) {
  const auto refused = [](const char* user) {
    Container container;
    container.user = Known(std::string(user));
    return Refusals(container) == 1;
  };
  for (const char* user : {"=", "0x0", " 0", "0.0", "-1", "2147483648", "1000:2147483648",
                           "1000:-1", "99999999999999999999"})
    EXPECT_TRUE(refused(user)) << user;
  for (const char* user :
       {"", "0", "+5", "-0", "2147483647", "1000:", ":1000", "nobody", "a.b", "0002147483647"})
    EXPECT_FALSE(refused(user)) << user;
}

TEST(Daemon, OptionsOfATmpfs) {
  const auto refused = [](const char* option) {
    Container container;
    Mount mount;
    mount.form = Mount::Form::kTmpfs;
    mount.type = Known(std::string("tmpfs"));
    mount.target = Known(std::string("/t"));
    mount.options.Add(Known(std::string(option)));
    container.mounts.Add(Known(mount));
    return Refusals(container) == 1;
  };
  for (const char* option :
       {"bogus",    "bogus=1", "RW",       " noexec",     "noswap",      "size",
        "size=",    "size=-1", "size=1x",  "size=64mb",   "size=1.5g",   "mode=999",
        "mode=abc", "uid=x",   "uid=-1",   "nr_inodes=x", "nr_blocks=x", "huge=always",
        "inode64",  "z",       "lazytime", "tmpcopyup"})
    EXPECT_TRUE(refused(option)) << option;
  for (const char* option :
       {"ro", "exec", "noexec", "defaults", "shared", "size=64M", "size=50%", "size=0", "gid=5",
        "nr_inodes=5k", "nr_blocks=7", "mpol=default", "mode=1777", "strictatime"})
    EXPECT_FALSE(refused(option)) << option;
}

TEST(Daemon, KernelSettingsOfTheHost) {
  const auto refused = [](const char* key, Carrier carrier) {
    Container container;
    container.carrier = carrier;
    container.sysctls.Add(Known(KeyValue{key, "1"}));
    return Refusals(container) == 1;
  };
  for (const char* key : {"kernel.core_pattern", "kernel.hostname", "vm.swappiness", "fs.file-max"})
    EXPECT_TRUE(refused(key, Carrier::kCompose)) << key;
  for (const char* key : {"kernel.domainname", "kernel.sem", "net.core.somaxconn",
                          "fs.mqueue.msg_max", "kernel/shmmax", "${KEY}"})
    EXPECT_FALSE(refused(key, Carrier::kCompose)) << key;
  // There the client refuses it before.
  EXPECT_FALSE(refused("vm.swappiness", Carrier::kShell));
}

TEST(Daemon, WhatCannotBeKnownIsNotJudged) {
  Container container;
  MakeAbsentDynamic(container, "$OPTIONS", kPlace);
  EXPECT_EQ(Refusals(container), 0u);
  container.memory_swap = Known<std::int64_t>(1 << 30);
  EXPECT_EQ(Refusals(container), 0u);
  container.memory = {};
  EXPECT_EQ(Refusals(container), 1u);
}

TEST(Daemon, OtherEnginesReadOtherLists) {
  Container container;
  container.cap_add.Add(Known(std::string("CAP_NET_ADMIN,SYS_ADMIN")));
  EXPECT_EQ(Refusals(container), 1u);
  container.engine = Engine::kPodman;
  EXPECT_EQ(Refusals(container), 0u);
  container.cap_drop.Add(Known(std::string("CAP_ALL")));
  EXPECT_EQ(Refusals(container), 1u);
}

}  // namespace
}  // namespace cagelint::model
