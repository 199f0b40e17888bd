#include "linter/input/docker_network_option.h"

#include <algorithm>
#include <unordered_set>

#include "linter/base/text.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

bool IsWord(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
         IsSymbol(c);
}

// The client looks for `\w+=\w+` anywhere in the value.
bool IsLongForm(std::string_view text) {
  for (std::size_t i = 1; i + 1 < text.size(); ++i)
    if (text[i] == '=' && IsWord(text[i - 1]) && IsWord(text[i + 1])) return true;
  return false;
}

bool IsUserDefined(std::string_view name) {
  return name != "default" && name != "bridge" && name != "host" && name != "none" &&
         !name.starts_with("container:");
}

class NetworkReader {
 public:
  NetworkReader(const FlagUse& use, const Reading& reading) : use_(use), reading_(reading) {
    network_.value = use.value;
  }

  std::optional<NetworkUse> Run() {
    std::vector<CsvField> fields;
    if (!ReadCsvFields(use_.value.Text(), fields)) {
      Refuse(use_.value, "it is no line of comma-separated fields");
      return std::nullopt;
    }
    for (const CsvField& field : fields) ReadField(field);
    if (network_.name.IsAbsent() && !refused_ && !unknown_)
      Refuse(use_.value, "it names no network");
    if (network_.name.IsAbsent() && unknown_)
      network_.name = DynamicSetting<std::string>(use_.value);
    if (network_.name.IsAbsent()) return std::nullopt;
    return network_;
  }

 private:
  void Refuse(const Value& part, const std::string& reason) {
    if (refused_) return;  // the client stops at the first
    refused_ = true;
    reading_.RefuseValue(use_, part, reason);
  }

  void ReadField(const CsvField& csv) {
    const Value place = use_.value.Part(csv.begin, csv.end);
    const std::size_t equals = csv.text.find('=');
    if (equals == std::string::npos && !IsLiteralText(csv.text)) {
      unknown_ = true;
      return;
    }
    if (equals == std::string::npos || equals == 0) {
      Refuse(place, "the field `" + csv.text + "` is no `key=value`");
      return;
    }
    // The client lower-cases the whole field.
    const std::string lower = base::ToLower(csv.text);
    const std::string key(base::Trim(std::string_view(lower).substr(0, equals)));
    const std::string text(base::Trim(std::string_view(lower).substr(equals + 1)));
    const std::size_t from = csv.offset + equals + 1;
    Value value = use_.value.Part(from, csv.offset + csv.text.size());
    if (key == "name") {
      value.whole = place.Span();
      network_.name = IsKnowable(text) ? KnownSetting(Spelled(text), value)
                                       : DynamicSetting<std::string>(value);
      if (text.empty()) network_.name = {};
    } else {
      ReadOther(key, text, place, value);
    }
  }

  void ReadOther(const std::string& key, const std::string& text, const Value& place,
                 const Value& value) {
    if (key == "alias") {
      network_.has_alias = true;
    } else if (key == "ip") {
      network_.has_ip = true;
    } else if (key == "ip6") {
      network_.has_ip6 = true;
    } else if (key == "link-local-ip") {
      network_.has_link_local = true;
    } else if (key == "mac-address") {
      network_.has_mac = true;
      if (IsLiteralText(text) && !IsMac(text)) Refuse(value, "`" + text + "` is no MAC address");
    } else if (key == "gw-priority") {
      if (IsLiteralText(text) && !ParseInteger(text, 10).Ok())
        Refuse(value, "`gw-priority` takes a whole number");
    } else if (key == "driver-opt") {
      const std::size_t equals = text.find('=');
      if (IsLiteralText(text) && (equals == std::string::npos || equals == 0))
        Refuse(value, "`driver-opt` takes `key=value`");
    } else {
      Refuse(place, "there is no key `" + key + "`");
    }
  }

  const FlagUse& use_;
  const Reading& reading_;
  NetworkUse network_;
  bool refused_ = false;
  bool unknown_ = false;
};

// podman: `a,b`, `bridge:ip=10.0.0.2`; the options bear on no rule.
std::vector<NetworkUse> ReadPodmanNetwork(const FlagUse& use) {
  const std::string_view text = use.value.Text();
  std::vector<NetworkUse> out;
  const bool path = text.starts_with("container:") || text.starts_with("ns:");
  const std::size_t end = path ? text.size() : std::min(text.find(':'), text.size());
  const bool list = !path && end == text.size();
  for (std::size_t begin = 0; begin <= end;) {
    const std::size_t comma = list ? std::min(text.find(',', begin), end) : end;
    const Value part = use.value.Part(begin, comma);
    NetworkUse network;
    network.name = TextSetting(part);
    network.value = part;
    out.push_back(std::move(network));
    begin = comma + 1;
  }
  return out;
}

const FlagUse* Given(const Words& words, std::string_view name) {
  for (const FlagUse& use : words.flags)
    if (use.flag->Canonical() == name) return &use;
  return nullptr;
}

void CheckFirst(const NetworkUse& first, const Words& words, const Reading& reading) {
  const struct {
    bool set;
    std::string_view flag;
  } pairs[] = {{first.has_alias, "network-alias"},
               {first.has_ip, "ip"},
               {first.has_ip6, "ip6"},
               {first.has_mac, "mac-address"},
               {first.has_link_local, "link-local-ip"}};
  for (const auto& pair : pairs) {
    const FlagUse* use = pair.set ? Given(words, pair.flag) : nullptr;
    if (use == nullptr || use->value.Text().empty()) continue;
    reading.Refuse(use->value.whole,
                   "`" + use->spelling + "` is given together with the same option of `--network`");
  }
}

void CheckAliases(const std::vector<NetworkUse>& uses, const Words& words, const Reading& reading) {
  const FlagUse* alias = Given(words, "network-alias");
  const bool first_is_special =
      uses.empty() || (uses[0].name.IsKnown() && !IsUserDefined(uses[0].name.value));
  if (alias != nullptr && first_is_special)
    reading.Refuse(alias->value.whole, "a network alias works on user-defined networks only");
  for (const NetworkUse& use : uses)
    if (use.has_alias && use.name.IsKnown() && !IsUserDefined(use.name.value))
      reading.Refuse(use.value.Span(), "a network alias works on user-defined networks only");
}

void CheckNames(const std::vector<NetworkUse>& uses, const Reading& reading) {
  std::unordered_set<std::string> names;
  bool special = false;
  bool user = false;
  bool mixed = false;
  for (const NetworkUse& use : uses) {
    if (!use.name.IsKnown()) continue;
    const std::string& name = use.name.value;
    (IsUserDefined(name) ? user : special) = true;
    if (base::Trim(name).empty())
      reading.Refuse(use.value.Span(), "a network without a name");
    else if (!names.insert(name).second)
      reading.Refuse(use.value.Span(), "the network `" + name + "` is given twice");
    if (user && special && !mixed) {
      reading.Refuse(use.value.Span(), "`" + name +
                                           "` is mixed with networks of the other kind: "
                                           "user-defined ones and `host`, `none`, `bridge`");
      mixed = true;
    }
  }
}

}  // namespace

std::vector<NetworkUse> ReadNetwork(const FlagUse& use, const Reading& reading) {
  if (reading.engine == model::Engine::kPodman) return ReadPodmanNetwork(use);
  if (IsLongForm(use.value.Text()) && reading.IsDocker()) {
    auto network = NetworkReader(use, reading).Run();
    return network ? std::vector<NetworkUse>{*network} : std::vector<NetworkUse>{};
  }
  NetworkUse network;
  network.name = TextSetting(use.value);
  network.value = use.value;
  return {std::move(network)};
}

void ApplyNetworks(const std::vector<NetworkUse>& uses, const Words& words, const Reading& reading,
                   model::Container& container) {
  for (const NetworkUse& use : uses) container.networks.Add(use.name);
  if (!uses.empty()) container.network_mode = uses[0].name;
  if (!reading.IsDocker()) return;
  if (!uses.empty()) CheckFirst(uses[0], words, reading);
  CheckAliases(uses, words, reading);
  CheckNames(uses, reading);
}

}  // namespace cagelint::input
