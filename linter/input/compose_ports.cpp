// Facts: compose-go 2.9.1, types.ParsePortConfig; docker/go-connections nat.ParsePortSpec.
#include <algorithm>
#include <charconv>

#include <arpa/inet.h>

#include "linter/base/text.h"
#include "linter/input/compose_merge.h"
#include "linter/input/compose_mounts.h"

namespace cagelint::input::compose {
namespace {

struct Range {
  int first = 0;
  int last = 0;
  int Size() const { return last - first + 1; }
};

bool ParsePort(std::string_view text, int& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port >= 0 && port <= 65535;
}

bool ParseRange(std::string_view text, Range& range) {
  const std::size_t dash = text.find('-');
  if (!ParsePort(text.substr(0, dash), range.first)) return false;
  range.last = range.first;
  if (dash == std::string_view::npos) return true;
  return ParsePort(text.substr(dash + 1), range.last) && range.first <= range.last;
}

// Without zeros in front.
std::string TextOf(const Range& range) {
  const std::string first = std::to_string(range.first);
  return range.Size() == 1 ? first : first + "-" + std::to_string(range.last);
}

// As Go's net.ParseIP: no zones, no short forms.
bool IsAddress(int family, std::string_view text) {
  in6_addr address{};
  return inet_pton(family, std::string(text).c_str(), &address) == 1;
}

// What is wrong with a short port; "" when nothing is.
std::string ParseShort(std::string_view text, model::Port& port) {
  std::size_t slash = text.find('/');
  port.protocol = slash == std::string_view::npos ? "tcp" : base::ToLower(text.substr(slash + 1));
  if (port.protocol.empty()) port.protocol = "tcp";
  if (port.protocol != "tcp" && port.protocol != "udp" && port.protocol != "sctp")
    return "is of no protocol that docker knows";
  text = text.substr(0, slash);
  const std::size_t last = text.rfind(':');
  const std::string_view target = last == std::string_view::npos ? text : text.substr(last + 1);
  std::string_view rest = last == std::string_view::npos ? "" : text.substr(0, last);
  const std::size_t middle = rest.rfind(':');
  const std::string_view published =
      middle == std::string_view::npos ? rest : rest.substr(middle + 1);
  std::string_view address = middle == std::string_view::npos ? "" : rest.substr(0, middle);
  Range inside, outside;
  if (target.empty()) return "has no port of the container";
  if (!ParseRange(target, inside)) return "has no valid port of the container";
  if (!published.empty() && !ParseRange(published, outside)) return "has no valid port of the host";
  if (!published.empty() && inside.Size() != outside.Size() && inside.Size() != 1)
    return "has ranges of different lengths";
  const bool bracketed = address.size() > 2 && address.front() == '[' && address.back() == ']';
  if (bracketed) address = address.substr(1, address.size() - 2);
  if (!address.empty() &&
      !(IsAddress(AF_INET, address) || (bracketed && IsAddress(AF_INET6, address))))
    return "has no valid address";
  port.host_ip = address;
  port.published = published.empty() ? "" : TextOf(outside);
  port.target = TextOf(inside);
  return "";
}

std::string KeyOf(const model::Setting<model::Port>& item) {
  if (!item.IsKnown()) return "?" + item.source;
  const model::Port& port = item.value;
  return (port.host_ip.empty() ? "0.0.0.0" : port.host_ip) + " " + port.published + " " +
         port.target + " " + port.protocol;
}

model::Setting<model::Port> LongPort(const View& item, Findings& findings) {
  model::Port port;
  bool unknown = false;
  const auto read = [&](const char* key, std::string& into) {
    const auto setting = StringOf(item.Get(key));
    if (setting.IsKnown()) into = setting.value;
    unknown = unknown || setting.IsDynamic();
  };
  read("target", port.target);
  read("published", port.published);
  read("host_ip", port.host_ip);
  read("protocol", port.protocol);
  if (!item.Get("target")) findings.Say("a port without a target", item->span);
  const View address = item.Get("host_ip");
  if (address && !address->IsDynamic() && !IsAddress(AF_INET, port.host_ip) &&
      !IsAddress(AF_INET6, port.host_ip)) {
    findings.Say("`" + port.host_ip + "` is no valid address", address.Text());
  }
  auto setting = unknown ? model::Setting<model::Port>::Dynamic("${…}", item.Whole(), item.Text())
                         : model::Setting<model::Port>::Known(port, item.Whole(), item.Text());
  setting.steps = Joined(item.steps, item->steps);
  return setting;
}

}  // namespace

model::List<model::Port> PortsOf(const View& view, Findings& findings) {
  if (!view || !view->IsList()) return {};
  auto list = ListOf<model::Port>(view);
  for (const View& item : view.Children()) {
    if (item->IsMap()) {
      list.items.push_back(LongPort(item, findings));
      continue;
    }
    if (!item->IsScalar()) continue;
    model::Port port;
    if (!item->IsDynamic()) {
      const std::string wrong = ParseShort(item->text.text, port);
      if (!wrong.empty()) {
        findings.Say("`" + item->text.text + "` " + wrong, item.Text());
        continue;
      }
    }
    list.items.push_back(SettingOf(item, port));
  }
  list.items = KeepLast(std::move(list.items), KeyOf);
  return list;
}

}  // namespace cagelint::input::compose
