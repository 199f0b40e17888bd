// -p and --expose: go-connections, nat/nat.go and nat/parse.go; docker/cli, container/opts.go.
#include <algorithm>
#include <array>
#include <map>

#include "linter/base/text.h"
#include "linter/input/docker_network_option.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

struct Range {
  bool ok = false;
  std::uint64_t first = 0;
  std::uint64_t last = 0;

  std::uint64_t Size() const { return last - first; }
  std::string Text() const {
    return first == last ? std::to_string(first)
                         : std::to_string(first) + "-" + std::to_string(last);
  }
};

// nat.ParsePortRange: what follows a second dash is not looked at.
Range ParseRange(std::string_view text) {
  const auto parts = base::Split(text, '-');
  const auto first = ParseUnsigned(parts[0], 10, 65535);
  const auto last = parts.size() > 1 ? ParseUnsigned(parts[1], 10, 65535) : first;
  if (!first.Ok() || !last.Ok() || last.Value() < first.Value()) return {};
  return {true, first.Value(), last.Value()};
}

// nat.SplitProtoPort: "80/udp/x" is 80, udp.
struct PortAndProtocol {
  std::string_view port;
  std::string_view protocol;
};

PortAndProtocol SplitProtocol(std::string_view text) {
  const auto parts = base::Split(text, '/');
  if (parts[0].empty()) return {};
  if (parts.size() == 1 || parts[1].empty()) return {parts[0], "tcp"};
  return {parts[0], parts[1]};
}

// The parts of a specification, the container's port with its protocol.
struct Spec {
  std::string address, host, container;
};

Spec SplitSpec(std::string_view text) {
  const std::size_t last = text.rfind(':');
  if (last == std::string_view::npos) return {"", "", std::string(text)};
  const std::string container(text.substr(last + 1));
  const std::string_view rest = text.substr(0, last);
  const std::size_t colon = rest.rfind(':');
  if (colon == std::string_view::npos) return {"", std::string(rest), container};
  return {std::string(rest.substr(0, colon)), std::string(rest.substr(colon + 1)), container};
}

void SayIgnored(const std::string& key, const Value& place, const Reading& reading) {
  if (!reading.IsDocker()) return;
  const bool address = key == "host_ip";
  reading.document.remarks.push_back(
      {model::RemarkKind::kIgnoredOption, place.Span(),
       "the client ignores `" + key + "` here" +
           (address ? ": the port is bound on all addresses" : ""),
       address ? "write it in the short form: `127.0.0.1:8080:80`" : "leave it out"});
}

// `target=80,published=8080`: other keys are taken and forgotten, as the client does.
std::optional<Spec> ReadPairs(const FlagUse& use, const Reading& reading) {
  std::map<std::string, std::string, std::less<>> pairs{{"protocol", "tcp"}};
  std::size_t begin = 0;
  for (const std::string_view field : base::Split(use.value.Text(), ',')) {
    const std::size_t equals = field.find('=');
    const Value place = use.value.Part(begin, begin + field.size());
    begin += field.size() + 1;
    if (equals == std::string_view::npos || equals == 0) {
      reading.RefuseValue(use, place, "the field `" + place.Written() + "` is no `name=value`");
      return std::nullopt;
    }
    const std::string key(field.substr(0, equals));
    if (key != "target" && key != "published" && key != "protocol" && IsLiteralText(key))
      SayIgnored(key, place, reading);
    pairs[key] = field.substr(equals + 1);
  }
  // The client makes a short form of it, and reads that: an address may hide in `published`.
  return SplitSpec(pairs["published"] + ":" + pairs["target"] + "/" + pairs["protocol"]);
}

// The reason why the client refuses the address; "" when it takes it. Takes brackets off.
std::string ReadAddress(std::string& address) {
  if (address.empty() || !IsLiteralText(address)) return "";
  std::string bare = address;
  if (bare[0] == '[') {
    if (bare.back() != ']') return "`" + address + "` is no address";
    bare = bare.substr(1, bare.size() - 2);
    if (bare.empty()) {
      address.clear();
      return "";
    }
  }
  if (!ParseAddress(bare)) return "`" + address + "` is no IP address";
  address = bare;
  return "";
}

std::string RefusalOf(const Spec& spec, const PortAndProtocol& end, model::Port& port) {
  static constexpr std::array<std::string_view, 3> kProtocols{"tcp", "udp", "sctp"};
  if (end.port.empty()) return "it names no port of the container";
  const Range target = ParseRange(end.port);
  if (!target.ok) return "`" + std::string(end.port) + "` is no port of the container";
  port.target = target.Text();
  if (!spec.host.empty()) {
    const Range host = ParseRange(spec.host);
    if (!host.ok) return "`" + spec.host + "` is no port of the host";
    if (target.Size() != host.Size() && target.Size() != 0)
      return "the ranges `" + spec.host + "` and `" + port.target + "` differ in length";
    port.published = host.Text();
  }
  port.protocol = base::ToLower(end.protocol);
  if (std::find(kProtocols.begin(), kProtocols.end(), port.protocol) == kProtocols.end())
    return "`" + std::string(end.protocol) + "` is no protocol";
  return "";
}

// A port with a part that cannot be known: what is known of it is kept in the value.
void AddUnknown(const FlagUse& use, const Spec& spec, model::Container& container) {
  model::Setting<model::Port> item = DynamicSetting<model::Port>(use.value);
  const PortAndProtocol end = SplitProtocol(spec.container);
  if (IsLiteralText(spec.address)) item.value.host_ip = spec.address;
  if (IsLiteralText(spec.host)) item.value.published = spec.host;
  if (IsLiteralText(end.port)) item.value.target = end.port;
  container.ports.Add(std::move(item));
}

}  // namespace

void ReadPort(const FlagUse& use, const Reading& reading, model::Container& container) {
  const std::string_view text = use.value.Text();
  const bool pairs = text.find('=') != std::string_view::npos;
  const std::optional<Spec> read = pairs ? ReadPairs(use, reading) : SplitSpec(text);
  if (!read) return;
  Spec spec = *read;
  if (const std::string reason = ReadAddress(spec.address); !reason.empty()) {
    reading.RefuseValue(use, use.value.Part(0, read->address.size()), reason);
    return;
  }
  if (!IsLiteralText(text)) {
    AddUnknown(use, spec, container);
    return;
  }
  model::Port port;
  port.host_ip = spec.address;
  const std::string reason = RefusalOf(spec, SplitProtocol(spec.container), port);
  if (reason.empty())
    container.ports.Add(KnownSetting(std::move(port), use.value));
  else
    reading.RefuseValue(use, reason);
}

std::string ExposeRefusal(std::string_view text) {
  if (text.find(':') != std::string_view::npos) return "a colon has no place there";
  return ParseRange(SplitProtocol(text).port).ok ? "" : "it is no port or range of ports";
}

}  // namespace cagelint::input
