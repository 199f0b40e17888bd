#include "linter/input/docker_network_option.h"

#include <gtest/gtest.h>

#include "tests/unit/input/docker_sample.h"

namespace cagelint::input {
namespace {

TEST(DockerNetworks, Names) {
  const struct {
    const char* flags;
    const char* mode;
    const char* networks;
  } rows[] = {
      {"--network none", "none", "none"},
      {"--net=host", "host", "host"},
      {"--network a --net b", "a", "a b"},
      {"--network host --network none", "host", "host none"},
      {"--network container:x", "container:x", "container:x"},
      {"--network name=HOST,alias=x", "host", "host"},
      {"--network name=", "name=", "name="},
      {"--network name=a,ip=1.2.3.4 --network b", "a", "a b"},
  };
  for (const auto& row : rows) {
    Sample sample("docker run " + std::string(row.flags) + " img");
    EXPECT_EQ(sample.Container().network_mode.value, row.mode) << row.flags;
    EXPECT_EQ(Joined(sample.Container().networks), row.networks) << row.flags;
  }
  Sample place("docker run --network name=a,ip=1.2.3.4 img");
  EXPECT_EQ(place.At(place.Container().networks.items[0].value_span), "a");
  Sample unknown("docker run --network $X --network b img");
  EXPECT_TRUE(unknown.Container().network_mode.IsDynamic());
  EXPECT_EQ(Joined(unknown.Container().networks), "? b");
  EXPECT_TRUE(
      Sample("docker run --network name=$X,alias=b img").Container().network_mode.IsDynamic());
}

TEST(DockerNetworks, Refusals) {
  const struct {
    const char* flags;
    const char* refused;
  } rows[] = {
      {"--network a --network a", "a"},
      {"--network host --network a", "a"},
      {"--network ''", "''"},
      {"--network x=y", "x=y"},
      {"--network alias=y", "alias=y"},
      {"--network name=a,bogus=1", "bogus=1"},
      {"--network name=a,gw-priority=z", "z"},
      {"--network name=a,mac-address=z", "z"},
      {"--network-alias a", "--network-alias a"},
      {"--network-alias a --network n", ""},
      {"--network name=n,alias=b --network-alias a", "--network-alias a"},
      {"--network name=n,ip=1.1.1.1 --ip 2.2.2.2", "--ip 2.2.2.2"},
  };
  for (const auto& row : rows) {
    const std::string refused = Sample("docker run " + std::string(row.flags) + " img").Refused();
    EXPECT_EQ(refused.substr(0, refused.find('|')), row.refused) << row.flags;
  }
}

TEST(DockerNetworks, PodmanAndNerdctlTakeLists) {
  Sample podman("podman run --network a,b img");
  EXPECT_EQ(Joined(podman.Container().networks), "a b");
  Sample options("podman run --network bridge:ip=10.0.0.2 img");
  EXPECT_EQ(Joined(options.Container().networks), "bridge");
  Sample nerdctl("nerdctl run --net a,b img");
  EXPECT_EQ(Joined(nerdctl.Container().networks), "a b");
  EXPECT_EQ(nerdctl.At(nerdctl.Container().networks.items[1].value_span), "b");
}

TEST(DockerPorts, Specifications) {
  const struct {
    const char* value;
    const char* port;
  } rows[] = {
      {"80", ":>80/tcp"},
      {"8080:80", ":8080>80/tcp"},
      {"127.0.0.1:8080:80/udp", "127.0.0.1:8080>80/udp"},
      {"127.0.0.1::80", "127.0.0.1:>80/tcp"},
      {"::1:80:80", "::1:80>80/tcp"},
      {"[::]:80:80", ":::80>80/tcp"},
      {"8000-8010:8000-8010", ":8000-8010>8000-8010/tcp"},
      {"8000-8010:80", ":8000-8010>80/tcp"},
      {"80/SCTP", ":>80/sctp"},
      {"80/udp/tcp", ":>80/udp"},
      {"target=80,published=8080,protocol=udp", ":8080>80/udp"},
      {"target=80,host_ip=127.0.0.1", ":>80/tcp"},
      {"$X:80", "?"},
  };
  for (const auto& row : rows) {
    Sample sample("docker run -p " + std::string(row.value) + " img");
    EXPECT_EQ(Joined(sample.Container().ports,
                     [](const model::Port& port) {
                       return port.host_ip + ":" + port.published + ">" + port.target + "/" +
                              port.protocol;
                     }),
              row.port)
        << row.value;
    EXPECT_EQ(sample.Refused(), "") << row.value;
  }
  for (const char* value :
       {"80:", "x", "65536", "90-80:1", "80-81:1-3", "80/icmp", "1.2.3.4:80", "target=80,bogus"}) {
    EXPECT_NE(Sample("docker run -p " + std::string(value) + " img").Refused(), "") << value;
  }
  EXPECT_EQ(Sample("docker run -p localhost:80:80 img").Refused(), "localhost");
}

}  // namespace
}  // namespace cagelint::input
