#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

using Option = model::Setting<std::string>;

// `label=disable` counts wherever it stands; of several types the last does.
const Option* Find(const Container& container) {
  const auto& options = container.security_opt;
  const Option* type = nullptr;
  for (const Option& item : options.items) {
    if (!item.IsKnown()) continue;
    if (item.value == "label=disable" || item.value == "label:disable") return &item;
    if (item.value.starts_with("label=type:") || item.value.starts_with("label:type:"))
      type = &item;
  }
  if (type == nullptr || options.HasUnknown() || !type->value.ends_with("type:spc_t"))
    return nullptr;
  return type;
}

void Check(const Container& container, Reporter& report) {
  if (container.engine == model::Engine::kNerdctl) return;
  const Option* option = Find(container);
  if (option == nullptr) return;
  report.Add({.span = PlaceOf(*option, container),
              .message = option->value.ends_with("disable")
                             ? "SELinux does not separate the container"
                             : "`spc_t` is the type that SELinux does not confine",
              .help = "leave it out; for one shared directory use the mount option `z` or `Z`",
              .fixes = {Unsafe("leave it out",
                               "mounts that are not labelled for containers cannot be read",
                               {Remove(option->whole)})}});
}

}  // namespace

extern const Rule kSelinuxDisabled{
    .info =
        {.id = "selinux-disabled",
         .title = "SELinux does not confine the container",
         .why = "the program inside may open every file of the host that is mounted, and more "
                "system interfaces",
         .rationale =
             "On hosts with SELinux a container runs as `container_t` with two categories of its "
             "own: it opens only what carries its label, whatever its uid. `label=disable` and the "
             "type `spc_t` (\"super privileged container\") take that away, mostly because one "
             "bind mount was refused; relabelling this mount is enough for that.\n\n"
             "`label=disable` wins over every other label option, and of several types the last "
             "counts. On a host without SELinux these options have no effect.",
         .references = {"CIS Docker Benchmark 1.6.0, 5.3",
                        "Docker documentation, docker container run, --security-opt",
                        "podman-run(1), --security-opt", "opencontainers/selinux, InitLabels"},
         .cis = {"5.3"},
         .bad = "docker run --security-opt label=disable alpine:3.22\n",
         .good = "docker run --security-opt label=level:s0:c100,c200 alpine:3.22\n",
         .fix = Fixable::kUnsafe},
    .on_container = Check,
};

}  // namespace cagelint::rules
