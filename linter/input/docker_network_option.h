// The values of --network, --publish and --expose, and what the client refuses about networks as a
// whole.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// One --network.
struct NetworkUse {
  model::Setting<std::string> name;
  Value value;
  bool has_alias = false, has_ip = false, has_ip6 = false, has_mac = false, has_link_local = false;
};

// docker/cli, opts.NetworkOpt: a name, or one CSV record of key=value. Nothing when it is refused.
// podman's values (`a,b`, `bridge:ip=…`) may give several.
std::vector<NetworkUse> ReadNetwork(const FlagUse& use, const Reading& reading);

// Writes `networks` and `network_mode`, and refuses what docker/cli, parseNetworkOpts does.
// `words` are the flags of the command.
void ApplyNetworks(const std::vector<NetworkUse>& uses, const Words& words, const Reading& reading,
                   model::Container& container);

// go-connections, nat.ParsePortSpec, and docker/cli's `target=…,published=…` before it.
void ReadPort(const FlagUse& use, const Reading& reading, model::Container& container);

// `port[-port][/protocol]`: the reason why the client refuses it; "" when it does not.
std::string ExposeRefusal(std::string_view text);

}  // namespace cagelint::input
