#include "linter/model/effective.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "linter/model/document.h"
#include "tests/unit/model/model_sample.h"

namespace cagelint::model {
namespace {

UserKind User(Setting<std::string> user) {
  Container container;
  container.user = std::move(user);
  return Compute(container).user;
}

TEST(Effective, RootIsWhatTheEngineReadsAsUidZero) {
  for (const char* user :
       {"0", "00", "000", "+0", "-0", "0:0", "00:1000", "root", "root:users", ":", ":0", ":1000"})
    EXPECT_EQ(User(Literal(user)), UserKind::kRoot) << user;
  for (const char* user : {"1000", "1000:0", "10", "100", "rooty", "nobody", "0x0", "0.0"})
    EXPECT_EQ(User(Literal(user)), UserKind::kNonRoot) << user;
}

TEST(Effective, WithoutAUserTheImageDecides) {
  EXPECT_EQ(User({}), UserKind::kImage);
  EXPECT_EQ(User(Literal("")), UserKind::kImage);
}

TEST(Effective, KeepIdRunsAsTheCaller) {
  Container container;
  container.engine = Engine::kPodman;
  container.userns_mode = Literal("keep-id:uid=1000");
  EXPECT_EQ(Compute(container).user, UserKind::kUnknown);
  container.user = Literal("0");
  EXPECT_EQ(Compute(container).user, UserKind::kRoot);
  container.user = {};
  container.userns_mode = Literal("auto");
  EXPECT_EQ(Compute(container).user, UserKind::kImage);
}

TEST(Effective, TheKnownUidOfADynamicUserCounts) {
  EXPECT_EQ(User(Unknown("0:$(id -g)")), UserKind::kRoot);
  EXPECT_EQ(User(Unknown("\"0:$GID\"")), UserKind::kRoot);
  EXPECT_EQ(User(Unknown("1000:${GID}")), UserKind::kNonRoot);
  for (const char* user : {"$WHO", "$(id -u):$(id -g)", "0$X", "${UID:-0}:0", "`id -u`:0"})
    EXPECT_EQ(User(Unknown(user)), UserKind::kUnknown) << user;
}

Network Declared(const char* key, const char* name, bool internal) {
  Network network;
  network.key = key;
  network.name = name;
  if (internal) network.internal = Known(true);
  return network;
}

NetworkKind NetworkMode(const char* mode) {
  Container container;
  container.network_mode = Literal(mode);
  return Compute(container).network;
}

TEST(Effective, SpecialNetworks) {
  EXPECT_EQ(Compute(Container()).network, NetworkKind::kOutside);
  EXPECT_EQ(NetworkMode("none"), NetworkKind::kNone);
  EXPECT_EQ(NetworkMode("host"), NetworkKind::kHost);
  EXPECT_EQ(NetworkMode("bridge"), NetworkKind::kOutside);
  EXPECT_EQ(NetworkMode(""), NetworkKind::kOutside);
  EXPECT_EQ(NetworkMode("container:x"), NetworkKind::kJoined);
  EXPECT_EQ(NetworkMode("service:x"), NetworkKind::kJoined);
  EXPECT_EQ(NetworkMode("ns:/run/netns/x"), NetworkKind::kJoined);
  Container container;
  container.network_mode = Unknown("$NET");
  EXPECT_EQ(Compute(container).network, NetworkKind::kUnknown);
}

TEST(Effective, InternalOnlyWhenEveryNetworkIs) {
  Document document;
  document.networks = {Declared("in", "p_in", true), Declared("out", "p_out", false)};
  Container container;
  container.carrier = Carrier::kCompose;
  container.networks.Add(Literal("in"));
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kInternal);
  container.networks.Add(Unknown("$NET"));
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kUnknown);
  container.networks.Add(Literal("out"));
  const Effective effective = Compute(container, document);
  EXPECT_EQ(effective.network, NetworkKind::kOutside);
  EXPECT_EQ(effective.networks,
            (std::vector{NetworkKind::kInternal, NetworkKind::kUnknown, NetworkKind::kOutside}));
}

TEST(Effective, APortIsPublishedWhereThereIsAWayIn) {
  Document document;
  document.networks = {Declared("", "in", true), Declared("", "out", false)};
  const auto publishes = [&](Setting<std::string> mode) {
    Container container;
    container.network_mode = std::move(mode);
    container.effective = Compute(container, document);
    return PublishesPorts(container);
  };
  for (const char* mode : {"", "bridge", "out", "elsewhere"})
    EXPECT_EQ(publishes(Literal(mode)), Tri::kYes) << mode;
  for (const char* mode : {"none", "host", "in", "container:x"})
    EXPECT_EQ(publishes(Literal(mode)), Tri::kNo) << mode;
  EXPECT_EQ(publishes(Unknown("$NET")), Tri::kUnknown);
}

TEST(Effective, AComposeNetworkIsAKeyAndNotTheEnginesName) {
  Document document;
  document.networks = {Declared("host", "p_host", true), Declared("lan", "host", false)};
  document.networks[1].external = Known(true);
  Container container;
  container.carrier = Carrier::kCompose;
  container.networks.Add(Literal("host"));
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kInternal);
  container.networks.items = {Literal("lan")};
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kHost);
}

TEST(Effective, TheDefaultNetworkOfAProjectCanBeInternal) {
  Document document;
  document.networks = {Declared("default", "p_default", true)};
  Container container;
  container.carrier = Carrier::kCompose;
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kInternal);
  container.carrier = Carrier::kShell;
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kOutside);
}

TEST(Effective, ANetworkThatIsMadeTwiceIsInternalOnlyWhenBothAre) {
  Document document;
  document.networks = {Declared("", "n", true), Declared("", "n", false)};
  Container container;
  container.network_mode = Literal("n");
  container.networks.Add(Literal("n"));
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kOutside);
  document.networks[1].internal = Known(true);
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kInternal);
}

TEST(Effective, AScriptsOwnNetworksCount) {
  Document document;
  document.commands.resize(1);
  document.commands[0].kind = CommandKind::kNetworkCreate;
  document.commands[0].network = Literal("n");
  Container container;
  container.network_mode = Literal("n");
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kOutside);
  document.commands[0].internal = Known(true);
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kInternal);
  document.commands[0].internal = Setting<bool>::Dynamic("$I", kPlace, kPlace);
  EXPECT_EQ(Compute(container, document).network, NetworkKind::kUnknown);
}

using Names = std::vector<std::string>;

std::optional<Names> Capabilities(const Names& drops, const Names& adds,
                                  Engine engine = Engine::kDocker) {
  Container container;
  container.engine = engine;
  for (const auto& name : drops) container.cap_drop.Add(Known(name));
  for (const auto& name : adds) container.cap_add.Add(Known(name));
  return Compute(container).capabilities;
}

TEST(Effective, CapabilitiesAreDefaultsLessDropsAndThenAdds) {
  EXPECT_EQ(Capabilities({}, {})->size(), 14u);
  EXPECT_EQ(Capabilities({}, {}, Engine::kPodman)->size(), 11u);
  EXPECT_EQ(Capabilities({"CAP_CHOWN"}, {})->size(), 13u);
  EXPECT_EQ(Capabilities({"ALL"}, {}), Names());
  EXPECT_EQ(Capabilities({"ALL", "CAP_CHOWN"}, {"CAP_CHOWN"}), Names{"CAP_CHOWN"});
  EXPECT_EQ(Capabilities({"ALL"}, {"ALL"}), Names{"ALL"});
  EXPECT_EQ(Capabilities({}, {"CAP_SYS_ADMIN"})->size(), 15u);
}

TEST(Effective, OneUnknownCapabilityMakesTheSetUnknown) {
  Container container;
  container.cap_drop.Add(Literal("ALL"));
  container.cap_add.Add(Unknown("$CAP"));
  EXPECT_EQ(Compute(container).capabilities, std::nullopt);
  EXPECT_EQ(Compute(container).drops_all_capabilities, Tri::kYes);
  container.cap_drop.items = {Unknown("$CAP")};
  EXPECT_EQ(Compute(container).drops_all_capabilities, Tri::kUnknown);
}

Container WithOptions(const std::vector<Setting<std::string>>& options) {
  Container container;
  for (const auto& option : options) container.security_opt.Add(option);
  return container;
}

Tri NoNewPrivileges(const std::vector<Setting<std::string>>& options) {
  return Compute(WithOptions(options)).no_new_privileges;
}

TEST(Effective, NoNewPrivilegesTakesTheLastOption) {
  EXPECT_EQ(NoNewPrivileges({}), Tri::kNo);
  for (const char* on : {"no-new-privileges", "no-new-privileges=true", "no-new-privileges:1",
                         "no-new-privileges=T"})
    EXPECT_EQ(NoNewPrivileges({Literal(on)}), Tri::kYes) << on;
  for (const char* off : {"no-new-privileges=false", "no-new-privileges:0", "no-new-privilegess"})
    EXPECT_EQ(NoNewPrivileges({Literal(off)}), Tri::kNo) << off;
  const auto bare = Literal("no-new-privileges");
  EXPECT_EQ(NoNewPrivileges({bare, Literal("no-new-privileges=false")}), Tri::kNo);
  EXPECT_EQ(NoNewPrivileges({Literal("no-new-privileges=false"), bare}), Tri::kYes);
}

TEST(Effective, AnUnknownOptionCountsOnlyWhereItCouldMeanTheKey) {
  const auto bare = Literal("no-new-privileges");
  for (const char* source : {"$OPTION", "\"$OPTION\"", "no-new-privileges=$X", "no-$X",
                             "\"no-new-privileges=$X\"", "`option`"}) {
    EXPECT_EQ(NoNewPrivileges({Unknown(source)}), Tri::kUnknown) << source;
    EXPECT_EQ(NoNewPrivileges({bare, Unknown(source)}), Tri::kUnknown) << source;
    EXPECT_EQ(NoNewPrivileges({Unknown(source), bare}), Tri::kYes) << source;
  }
  EXPECT_EQ(NoNewPrivileges({Unknown("seccomp=$FILE")}), Tri::kNo);
}

SeccompKind Seccomp(const char* option, bool privileged = false, Engine engine = Engine::kDocker) {
  Container container;
  if (*option != '\0') container.security_opt.Add(Literal(option));
  if (privileged) container.privileged = Known(true);
  container.engine = engine;
  return Compute(container).seccomp;
}

TEST(Effective, SeccompOfOptionsAndPrivileged) {
  EXPECT_EQ(Seccomp(""), SeccompKind::kDefault);
  EXPECT_EQ(Seccomp("seccomp=builtin"), SeccompKind::kDefault);
  EXPECT_EQ(Seccomp("seccomp=builtin", false, Engine::kPodman), SeccompKind::kProfile);
  EXPECT_EQ(Seccomp("seccomp:unconfined"), SeccompKind::kUnconfined);
  EXPECT_EQ(Seccomp("seccomp=p.json"), SeccompKind::kProfile);
  EXPECT_EQ(Seccomp("", true), SeccompKind::kUnconfined);
  EXPECT_EQ(Seccomp("seccomp=p.json", true), SeccompKind::kProfile);
  Container container;
  container.privileged = Setting<bool>::Dynamic("$P", kPlace, kPlace);
  EXPECT_EQ(Compute(container).seccomp, SeccompKind::kUnknown);
}

TEST(Effective, LimitsAboveZeroCount) {
  Container container;
  EXPECT_EQ(Compute(container).memory_limited, Tri::kNo);
  EXPECT_EQ(Compute(container).pids_limited, Tri::kNo);
  container.memory_reservation = Known<std::int64_t>(1);
  container.memory = Known<std::int64_t>(0);
  container.pids_limit = Known<std::int64_t>(-1);
  EXPECT_EQ(Compute(container).memory_limited, Tri::kNo);
  EXPECT_EQ(Compute(container).pids_limited, Tri::kNo);
  container.memory = Known<std::int64_t>(1);
  container.pids_limit = Known<std::int64_t>(1);
  EXPECT_EQ(Compute(container).memory_limited, Tri::kYes);
  EXPECT_EQ(Compute(container).pids_limited, Tri::kYes);
  container.memory = Setting<std::int64_t>::Dynamic("$M", kPlace, kPlace);
  EXPECT_EQ(Compute(container).memory_limited, Tri::kUnknown);
}

TEST(Effective, PodmanLimitsProcessesByItself) {
  Container container;
  container.engine = Engine::kPodman;
  EXPECT_EQ(Compute(container).pids_limited, Tri::kYes);
  container.pids_limit = Known<std::int64_t>(-1);
  EXPECT_EQ(Compute(container).pids_limited, Tri::kNo);
}

TEST(Effective, OnlyAQuotaOrASetOfCpusLimitsCpuTime) {
  Container container;
  container.cpu_shares = Known<std::int64_t>(512);
  container.cpu_period = Known<std::int64_t>(100000);
  EXPECT_EQ(Compute(container).cpu_limited, Tri::kNo);
  container.cpu_quota = Setting<std::int64_t>::Dynamic("$Q", kPlace, kPlace);
  EXPECT_EQ(Compute(container).cpu_limited, Tri::kUnknown);
  container.cpus = Known(0.5);
  EXPECT_EQ(Compute(container).cpu_limited, Tri::kYes);
  container.cpus = Known(0.0);
  container.cpu_quota = Known<std::int64_t>(-1);
  EXPECT_EQ(Compute(container).cpu_limited, Tri::kNo);
  container.cpuset = Literal("0-1");
  EXPECT_EQ(Compute(container).cpu_limited, Tri::kYes);
}

}  // namespace
}  // namespace cagelint::model
