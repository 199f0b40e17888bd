#include "linter/engine/rule.h"

namespace cagelint::rules {
namespace {

bool IsRelabel(const model::Setting<std::string>& option) {
  for (const std::string_view name : {"z", "Z", "selinux=z", "selinux=Z"})
    if (option.Is(std::string(name))) return true;
  return false;
}

void Check(const Container& container, Reporter& report) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown() || !item.value.IsBind()) continue;
    const bool system = model::IsHostSystem(item.value) || model::PathInHome(item.value) == ".";
    for (const auto& option : item.value.options.items) {
      if (option.Is("U") && container.engine == model::Engine::kPodman) {
        report.Add({.span = PlaceOf(option, container),
                    .message = "the engine gives every file of this host folder to the container's "
                               "user",
                    .help = "leave `U` out"});
      } else if (IsRelabel(option) && system) {
        report.Add({.span = PlaceOf(option, container),
                    .message = "the engine relabels a folder that the host's own programs need",
                    .help = "leave it out"});
      }
    }
  }
}

}  // namespace

extern const Rule kRelabelledMount{
    .info =
        {.id = "relabelled-mount",
         .title = "the engine changes owners or labels of host files",
         .why = "files of the host become the container's, and the host loses its use of them",
         .rationale =
             "podman's `:U` changes the owner of the whole tree on the host to the container's "
             "user, for good. `:z` and `:Z` change the SELinux labels of the tree so that "
             "containers may use it: on `/etc`, `/usr` or a whole home that takes the host's own "
             "programs their access. On folders that are made for containers `:z` and `:Z` are as "
             "they should be, and are not reported. Without SELinux they have no effect; Docker "
             "refuses `:U`.",
         .references = {"podman-run(1), --volume",
                        "Docker documentation, Configure the SELinux "
                        "label",
                        "run on Docker Engine 20.10.24 and 28.5.2"},
         .cis = {},
         .bad = "podman run -v /srv/data:/data:U alpine:3.22\n"
                "docker run -v /etc:/host:ro,Z alpine:3.22\n",
         .good = "podman run -v /srv/data:/data:Z alpine:3.22\n"},
    .on_container = Check,
};

}  // namespace cagelint::rules
