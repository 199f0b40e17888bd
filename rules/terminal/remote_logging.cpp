#include <array>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// Drivers of the daemon that send to an address, and the option that holds it. An empty option:
// they always send to their service.
struct Driver {
  std::string_view name;
  std::string_view address;
};
constexpr std::array<Driver, 6> kDrivers{{{"awslogs", ""},
                                          {"fluentd", "fluentd-address"},
                                          {"gcplogs", ""},
                                          {"gelf", "gelf-address"},
                                          {"splunk", "splunk-url"},
                                          {"syslog", "syslog-address"}}};

// Where nothing is said syslog and fluentd stay on the host, and the others are refused.
bool IsLocal(std::string_view address) {
  const std::size_t scheme = address.find("://");
  const std::string_view host =
      scheme == std::string_view::npos ? address : address.substr(scheme + 3);
  if (address.starts_with("unix") || host.empty()) return true;
  for (const std::string_view local : {"localhost", "127.", "[::1]"})
    if (host.starts_with(local)) return true;
  return false;
}

// The option of this name, the last of them.
const model::Setting<model::KeyValue>* Find(const Container& container, std::string_view key) {
  const model::Setting<model::KeyValue>* found = nullptr;
  for (const auto& item : container.log_options.items)
    if (item.value.key == key) found = &item;
  return found;
}

void Check(const Container& container, Reporter& report) {
  if (!container.log_driver.IsKnown()) return;
  for (const Driver& driver : kDrivers) {
    if (driver.name != container.log_driver.value) continue;
    Finding finding{.span = PlaceOf(container.log_driver, container),
                    .message = "the daemon sends what the program prints off the host",
                    .help = "use a driver that stays on the host, such as `local`"};
    if (!driver.address.empty()) {
      const auto* address = Find(container, driver.address);
      if (address == nullptr || !address->IsKnown() || !address->value.value) return;
      if (IsLocal(*address->value.value)) return;
      finding.span = PlaceOf(*address, container);
    }
    report.Add(std::move(finding));
  }
}

}  // namespace

extern const Rule kRemoteLogging{
    .info =
        {.id = "remote-logging",
         .title = "the output goes off the host",
         .why = "the program inside gets data out by printing it, also without a network",
         .rationale =
             "A log driver runs in the daemon, not in the container: with `--network none` what "
             "the program prints still reaches the address that the driver sends to. That is a "
             "way out for whoever can read there, and nothing inside can be seen to use it.\n\n"
             "Reported are awslogs, gcplogs, and gelf, fluentd, splunk and syslog with an address "
             "that is not of this host. Drivers of plugins are not known.",
         .references = {"Docker documentation, Configure logging drivers",
                        "syslog run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "docker run --network none --log-driver syslog "
                "--log-opt syslog-address=tcp://logs.example:514 alpine:3.22\n",
         .good = "docker run --network none --log-driver local alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
