#include "linter/input/docker_lists.h"

#include <gtest/gtest.h>

#include "tests/unit/input/docker_sample.h"

namespace cagelint::input {
namespace {

std::string Pairs(const model::List<model::KeyValue>& list) {
  return Joined(list, [](const model::KeyValue& pair) {
    return pair.key + (pair.value ? "=" + *pair.value : "");
  });
}

TEST(DockerLists, CapabilitiesAreSortedAndSpelledOut) {
  Sample sample(
      "docker run --cap-drop all --cap-add net_raw --cap-add CAP_CHOWN --cap-add NET_RAW img");
  EXPECT_EQ(Joined(sample.Container().cap_drop), "ALL");
  EXPECT_EQ(Joined(sample.Container().cap_add), "CAP_CHOWN CAP_NET_RAW");
  EXPECT_EQ(sample.At(sample.Container().cap_add.items[0].whole), "--cap-add CAP_CHOWN");
  Sample unknown("docker run --cap-add $X --cap-add SYSLOG img");
  EXPECT_EQ(Joined(unknown.Container().cap_add), "CAP_SYSLOG ?");
}

TEST(DockerLists, SecurityOptions) {
  const struct {
    const char* value;
    const char* kept;
  } rows[] = {
      {"no-new-privileges", "no-new-privileges"},
      {"no-new-privileges:true", "no-new-privileges=true"},
      {"no-new-privileges=false", "no-new-privileges=false"},
      {"seccomp:unconfined", "seccomp=unconfined"},
      {"label=user:U", "label=user:U"},
      {"systempaths=unconfined", "systempaths=unconfined"},
      {"systempaths:unconfined", "systempaths:unconfined"},
      {"seccomp=$PWD/p.json", "seccomp=p.json"},
      {"apparmor=$X", "?"},
  };
  for (const auto& row : rows) {
    Sample sample("docker run --security-opt " + std::string(row.value) + " img");
    EXPECT_EQ(Joined(sample.Container().security_opt), row.kept) << row.value;
    EXPECT_EQ(sample.Refused(), "") << row.value;
  }
  for (const char* value : {"seccomp", "seccomp=", "apparmor:", "No-New-Privileges", "foo"})
    EXPECT_EQ(Sample("docker run --security-opt " + std::string(value) + " img").Refused(), value);
}

TEST(DockerLists, EnvironmentOfFlags) {
  Sample sample("docker run -e A=1 -e B -e A=2 -e C= -e D=$X -e $Y img");
  EXPECT_EQ(Pairs(sample.Container().environment), "B A=2 C= ? ?");
  EXPECT_EQ(sample.Container().environment.items[3].value.key, "D");
  Sample known("docker run -e B -e C img");
  known.options.use_environment = true;
  known.options.process_environment["B"] = "7";
  EXPECT_EQ(Pairs(known.Container().environment), "B=7 C");
  EXPECT_EQ(Sample("docker run -e =x img").Refused(), "=x");
  EXPECT_EQ(Sample("docker run -e '' img").Refused(), "''");
}

TEST(DockerLists, EnvironmentOfFiles) {
  Sample sample("docker run -e A=flag --env-file e.env img");
  sample.on_disk["e.env"] = "\xEF\xBB\xBF# note\n\n  A=file\nB= x \r\nC\nD\nE=\"q\"\n";
  sample.options.use_environment = true;
  sample.options.process_environment["C"] = "c";
  EXPECT_EQ(Pairs(sample.Container().environment), "B= x  C=c E=\"q\" A=flag");
  EXPECT_EQ(Joined(sample.Container().env_file), "e.env");
  Sample broken("docker run --env-file e.env img");
  broken.on_disk["e.env"] = "A B=1\n";
  EXPECT_EQ(broken.Refused(), "");
  EXPECT_EQ(broken.Unresolved(), "");
  broken.runs_now = true;
  EXPECT_EQ(broken.Refused(), "e.env");
  Sample missing("docker run --env-file e.env img");
  EXPECT_EQ(missing.Unresolved(), "missing-file e.env");
  missing.runs_now = true;
  EXPECT_EQ(missing.Refused(), "e.env");
}

TEST(DockerLists, HostsLabelsSysctlsAndLimits) {
  Sample sample(
      "docker run --add-host a=1.2.3.4 --add-host b:[::1] --add-host c:host-gateway -l x -l y=1 "
      "-l y=2 --sysctl net.a=1 --ulimit nofile=5 --ulimit nofile=10:-1 img");
  const model::Container& container = sample.Container();
  EXPECT_EQ(Joined(container.extra_hosts), "a:1.2.3.4 b:::1 c:host-gateway");
  EXPECT_EQ(Pairs(container.labels), "x= y=2");
  EXPECT_EQ(Pairs(container.sysctls), "net.a=1");
  ASSERT_EQ(container.ulimits.items.size(), 1U);
  EXPECT_EQ(container.ulimits.items[0].value.hard, -1);
  EXPECT_EQ(sample.Refused(), "");
  const char* refused[] = {
      "--add-host a",          "--add-host a:localhost", "-l =x",
      "--sysctl vm.x=1",       "--sysctl net.x",         "--ulimit nofile",
      "--ulimit NOFILE=1",     "--ulimit nofile=2:1",    "--ulimit nofile=-1:5",
      "--ulimit nofile=1:2:3", "--ulimit nofile=x"};
  for (const std::string flag : refused) {
    EXPECT_EQ(Sample("docker run " + flag + " img").Refused(), flag.substr(flag.find(' ') + 1))
        << flag;
  }
}

TEST(DockerLists, Devices) {
  const struct {
    const char* value;
    const char* device;
  } rows[] = {
      {"/dev/sda", "/dev/sda /dev/sda rwm"},
      {"/dev/../etc", "/etc /etc rwm"},
      {"/dev/sda:r", "/dev/sda /dev/sda r"},
      {"/dev/sda:/dev/x", "/dev/sda /dev/x rwm"},
      {"/a:/b:rw", "/a /b rw"},
      {"nvidia.com/gpu=all", "nvidia.com/gpu=all  "},
  };
  for (const auto& row : rows) {
    Sample sample("docker run --device " + std::string(row.value) + " img");
    EXPECT_EQ(Joined(sample.Container().devices,
                     [](const model::Device& device) {
                       return device.source + " " + device.target + " " + device.permissions;
                     }),
              row.device)
        << row.value;
  }
  for (const char* value : {":", "./x", "/a:b", "/a:/b:rr", "/a:/b:", "/a:/b:r:w"})
    EXPECT_EQ(Sample("docker run --device " + std::string(value) + " img").Refused(), value);
}

TEST(DockerLists, SingleValues) {
  Sample sample(
      "docker run -m 1g --memory-swap -1 --cpus 1.5 --pids-limit 0x10 --restart on-failure:3 "
      "--shm-size 64m --pid host --entrypoint sh --ipc '' --init=false --memory-reservation $X "
      "img");
  const model::Container& container = sample.Container();
  EXPECT_TRUE(container.memory.Is(1 << 30));
  EXPECT_TRUE(container.memory_swap.Is(-1));
  EXPECT_TRUE(container.cpus.Is(1.5));
  EXPECT_TRUE(container.pids_limit.Is(16));
  EXPECT_EQ(container.restart.value.policy, "on-failure");
  EXPECT_EQ(container.restart.value.max_retries, 3);
  EXPECT_TRUE(container.shm_size.Is(64 << 20));
  EXPECT_TRUE(container.pid.Is("host"));
  EXPECT_EQ(Joined(container.entrypoint), "sh");
  EXPECT_TRUE(container.ipc.Is(""));
  EXPECT_TRUE(container.init.Is(false));
  EXPECT_TRUE(container.memory_reservation.IsDynamic());
  EXPECT_EQ(sample.Refused(), "");
}

TEST(DockerLists, CombinationsThatTheClientRefuses) {
  const struct {
    const char* flags;
    const char* refused;
  } rows[] = {
      {"--rm --restart always", "--restart always"},
      {"--rm --restart no", ""},
      {"--rm --restart NO", "--restart NO"},
      {"--rm --restart always --rm=false", ""},
      {"-d -a stdin", "-a stdin"},
      {"--no-healthcheck --health-cmd x", "--health-cmd x"},
      {"--no-healthcheck --health-retries 0", ""},
      {"--log-driver none --log-opt a=b", "--log-opt a=b"},
      {"--pid private", "private"},
      {"--userns keep-id", "keep-id"},
      {"--pull newer", "newer"},
      {"--memory-swappiness 101", "101"},
      {"--health-interval -1s", "-1s"},
      {"--io-maxiops 5", "--io-maxiops 5"},
      {"--platform a/b/c/d", "a/b/c/d"},
      {"--restart :1", ":1"},
      {"--dns x", "x"},
      {"--link a:b:c", "a:b:c"},
  };
  for (const auto& row : rows) {
    EXPECT_EQ(Sample("docker run " + std::string(row.flags) + " img").Refused(), row.refused)
        << row.flags;
  }
}

}  // namespace
}  // namespace cagelint::input
