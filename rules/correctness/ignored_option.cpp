#include <algorithm>

#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using model::NetworkKind;

void CheckPorts(const Container& container, Reporter& report) {
  const NetworkKind kind = container.effective.network;
  std::string where;
  if (kind == NetworkKind::kNone) where = "a container without a network";
  if (kind == NetworkKind::kHost) where = "a container on the host's network";
  if (kind == NetworkKind::kInternal) where = "a container on internal networks";
  if (where.empty() || container.engine != model::Engine::kDocker) return;
  const auto say = [&](const model::Place& place, const std::string& what) {
    Finding finding{.span = place, .message = what + " not published", .help = "leave it out"};
    if (container.network_mode.IsKnown())
      finding.labels.push_back({PlaceOf(container.network_mode, container), "this is its network"});
    report.Add(std::move(finding));
  };
  const auto& ports = container.ports.items;
  const auto first =
      std::find_if(ports.begin(), ports.end(), [](const auto& port) { return port.IsKnown(); });
  if (first != ports.end()) say(PlaceOf(*first, container), "a port of " + where + " is");
  if (container.publish_all.Is(true))
    say(PlaceOf(container.publish_all, container), "the ports of " + where + " are");
}

void CheckShm(const Container& container, Reporter& report) {
  const bool is_host = container.ipc.Is("host");
  if ((!is_host && !container.ipc.Is("none")) || !container.shm_size.IsKnown()) return;
  if (container.engine != model::Engine::kDocker) return;
  report.Add({.span = PlaceOf(container.shm_size, container),
              .message = std::string("the size of /dev/shm has no effect: ") +
                         (is_host ? "it is the host's" : "there is none"),
              .help = "give the container an IPC namespace of its own",
              .labels = {{PlaceOf(container.ipc, container),
                          is_host ? "the host's IPC namespace" : "without a /dev/shm"}}});
}

// Compose's loader forgets what it does not know of the options of a short volume.
void CheckVolumeOptions(const Container& container, Reporter& report) {
  if (!container.IsCompose()) return;
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || item.value.form != model::Mount::Form::kShort) continue;
    for (const auto& option : item.value.options.items)
      for (const char* name : {"noexec", "nosuid", "nodev", "U", "O", "RO", "readonly", "exec"})
        if (option.Is(name))
          report.Add({.span = PlaceOf(option, container),
                      .message = "Compose ignores the option `" + option.value + "` of a volume",
                      .help = option.value == std::string("RO") || option.value == "readonly"
                                  ? "write `ro`"
                                  : "leave it out"});
  }
}

// docker update: zero means "as it is".
template <typename T>
void CheckUpdate(const model::Setting<T>& setting, const char* flag, const char* lifted,
                 Reporter& report) {
  if (!setting.Is(T{})) return;
  report.Add({.span = setting.whole,
              .message = std::string("`") + flag + " 0` leaves the limit as it is",
              .help = lifted});
}

void Check(const Document& document, Reporter& report) {
  engine::ReportRemarks(document, model::RemarkKind::kIgnoredOption, report);
  for (const Container& container : document.containers) {
    CheckPorts(container, report);
    CheckShm(container, report);
    CheckVolumeOptions(container, report);
  }
  for (const model::Command& command : document.commands) {
    if (command.kind != model::CommandKind::kUpdate) continue;
    if (command.engine != model::Engine::kDocker) continue;
    CheckUpdate(command.memory, "--memory", "give the limit that is meant", report);
    CheckUpdate(command.cpus, "--cpus", "give the limit that is meant", report);
    CheckUpdate(command.pids_limit, "--pids-limit", "give the limit that is meant", report);
  }
}

}  // namespace

extern const Rule kIgnoredOption{
    .info = {.id = "ignored-option",
             .title = "an option has no effect",
             .why = "what its author relies on is not there",
             .rationale =
                 "docker takes many options that it then does nothing with. A port of a container "
                 "without a network, on the host's network or on internal networks is not "
                 "published; the size of /dev/shm does not count where it is the host's, or where "
                 "there "
                 "is none (`--ipc none`); the long "
                 "form of `--publish` knows `target`, `published` and `protocol` only, so that "
                 "`host_ip=127.0.0.1` binds all addresses. `docker update` reads a limit of 0 as "
                 "no change. Compose forgets the options of a short volume that it does not know, "
                 "for example `noexec`.",
             .references = {"run on Docker Engine 20.10.24 and 28.5.2 with the client 28.2.2",
                            "run with docker-compose 2.40.3"},
             .cis = {},
             .bad = "docker run --publish target=80,published=80,host_ip=127.0.0.1 nginx:1.27\n",
             .good = "docker run --publish 127.0.0.1:80:80 nginx:1.27\n"},
    .on_document = Check,
};

}  // namespace cagelint::rules
