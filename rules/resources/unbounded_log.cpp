#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

// Whether this driver writes a file that grows for ever unless told otherwise.
bool Grows(const Container& container) {
  const auto& driver = container.log_driver;
  const bool is_podman = container.engine == model::Engine::kPodman;
  // podman's own driver is the journal, which has a size, or a file, as the host has systemd.
  if (driver.IsAbsent() || driver.Is("")) return !is_podman;
  if (driver.Is("json-file")) return true;
  return is_podman && driver.Is("k8s-file");
}

void Check(const Container& container, Reporter& report) {
  const auto& options = container.log_options;
  if (!Grows(container) || options.HasUnknown()) return;
  for (const auto& item : options.items)
    if (item.value.key == "max-size") return;
  const bool is_said = container.log_driver.IsKnown();
  model::Fix fix = Safe("keep 10 MB of its log", {Append("log_options", "max-size=10m")});
  if (!is_said)
    fix =
        Unsafe(fix.title, "a daemon whose own log driver has no size (journald, syslog) refuses it",
               fix.changes);
  report.Add({.span = PlaceOf(container.log_driver, container),
              .message = is_said ? "the log has no size" : "no size of the log is set",
              .help = container.IsCompose()
                          ? "set one: `logging: {driver: local}`, or `options: {max-size: 10m}`"
                          : "set one: `--log-opt=max-size=10m`, or use `--log-driver=local`",
              .fixes = {std::move(fix)}});
}

}  // namespace

extern const Rule kUnboundedLog{
    .info =
        {.id = "unbounded-log",
         .title = "the log grows without bound",
         .why = "the program inside fills the host's disk by printing",
         .rationale =
             "docker and nerdctl keep what a container prints in a file on the host's disk "
             "(`json-file`), and let it grow until the container is removed; a read-only root, a "
             "memory limit and a quota of the container do not touch it. `max-size` bounds it, and "
             "so does the driver `local`, which keeps 100 MB.\n\n"
             "Where no driver is named the engine's settings decide, and may have a size. podman "
             "then writes to the journal where there is one, which is not reported; its "
             "`k8s-file`, also called `json-file`, grows as well.",
         .references = {"Docker documentation, JSON File logging driver",
                        "Docker documentation, Local file logging driver",
                        "podman-run(1), --log-driver and --log-opt"},
         .cis = {},
         .bad = "docker run --log-driver json-file alpine:3.22\n",
         .good = "docker run --log-opt max-size=10m alpine:3.22\n",
         .fix = Fixable::kSafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
