#include <charconv>
#include <map>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using Key = std::pair<int, std::string>;  // port, protocol

const std::map<Key, std::string>& Table() {
  static const std::map<Key, std::string> services = [] {
    const auto table = base::ParseCsv(embedded::Find("rules/data/admin_ports.csv"));
    std::map<Key, std::string> out;
    for (const auto& row : table.rows)
      out[{std::stoi(std::string(row[table.Column("port")])),
           std::string(row[table.Column("protocol")])}] = row[table.Column("service")];
    return out;
  }();
  return services;
}

// The service of the first port of a range of the container that has one; null for none.
const std::string* Find(const model::Port& port) {
  const char* const end = port.target.data() + port.target.size();
  int first = 0;
  const auto [dash, error] = std::from_chars(port.target.data(), end, first);
  if (error != std::errc()) return nullptr;
  int last = first;
  if (dash != end) std::from_chars(dash + 1, end, last);
  for (auto at = Table().lower_bound({first, ""}); at != Table().end(); ++at) {
    if (at->first.first > last) break;
    if (at->first.second == port.protocol) return &at->second;
  }
  return nullptr;
}

void Check(const Container& container, Reporter& report) {
  if (model::PublishesPorts(container) != Tri::kYes) return;
  for (const auto& item : container.ports.items) {
    if (!item.IsKnown() || !model::IsEveryAddress(item.value.host_ip)) continue;
    const std::string* service = Find(item.value);
    if (service == nullptr) continue;
    report.Add(
        {.span = PlaceOf(item, container),
         .message = "port " + item.value.target + ", that of " + *service +
                    ", is open on every address of the host",
         .help = "name an address: `127.0.0.1:" + item.value.target + ":" + item.value.target + "`",
         .fixes = {Unsafe("publish it on this machine alone", "other machines no longer reach it",
                          {SetOf("ports.host_ip", "127.0.0.1", item.whole)})}});
  }
}

}  // namespace

extern const Rule kPublishedAdminPort{
    .info =
        {.id = "published-admin-port",
         .title = "a database or an administration port is open to the network",
         .why = "whoever reaches the host logs in there, often without a password",
         .rationale =
             "Databases, caches, engines and remote shells are meant for the machine or the "
             "network that they are on, and many ask for no password there. Published without an "
             "address such a port is open on every address of the host, past its firewall, for "
             "Docker's own rules come first.\n\n"
             "The port of the container decides, for `-p 15432:5432` is PostgreSQL as well; which "
             "ports these are stands in a table. Ports of web pages are not among them.",
         .references = {"Docker documentation, Port publishing and mapping",
                        "IANA, Service Name and Transport Protocol Port Number Registry"},
         .cis = {},
         .bad = "docker run -p 15432:5432 postgres:17\n",
         .good = "docker run -p 127.0.0.1:5432:5432 postgres:17\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
