#include <charconv>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// Linux' ip_unprivileged_port_start, unless the host sets another.
constexpr int kFirstOrdinary = 1024;

// The first port of a range; 0 where the engine takes any free one.
int FirstPort(const std::string& ports) {
  int first = 0;
  std::from_chars(ports.data(), ports.data() + ports.size(), first);
  return first;
}

void Check(const Container& container, Reporter& report) {
  if (model::PublishesPorts(container) != Tri::kYes) return;
  for (const auto& item : container.ports.items) {
    if (!item.IsKnown()) continue;
    const int port = FirstPort(item.value.published);
    if (port <= 0 || port >= kFirstOrdinary) continue;
    report.Add({.span = PlaceOf(item, container),
                .message = "port " + std::to_string(port) +
                           " of the host is one that only root's services have",
                .help = "publish on a port from 1024 on"});
  }
}

}  // namespace

extern const Rule kPrivilegedPort{
    .info =
        {.id = "privileged-port",
         .title = "a privileged port of the host is taken",
         .why = "users of the host trust what answers on a port below 1024 to be root's",
         .rationale =
             "Only root may listen below 1024 on a host, so that what answers there counts as one "
             "of its own services. The engine listens as root, for whatever runs inside: which "
             "user that is, and whether it has NET_BIND_SERVICE, plays no role.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.8",
                        "Docker documentation, Port publishing and mapping"},
         .cis = {"5.8"},
         .bad = "docker run -p 127.0.0.1:80:8080 alpine:3.22\n",
         .good = "docker run -p 127.0.0.1:8080:80 alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
