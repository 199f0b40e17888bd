// What stands at the top beside the services: networks, volumes and configs.
#include "linter/input/compose_resources.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/input/compose_mounts.h"
#include "linter/input/compose_settings.h"

namespace cagelint::input::compose {
namespace {

using model::Setting;

std::string NameOfResource(const View& view, const Project& project) {
  const auto name = StringOf(view.Get("name"));
  if (name.IsKnown()) return name.value;
  const View external = view.Get("external");
  if (external && external->IsMap()) return StringOf(external.Get("name")).value;
  const bool own = !external || BooleanOf(external).Is(false);
  return own ? project.name + "_" + view.key : view.key;
}

Setting<bool> External(const View& view) {
  const View external = view.Get("external");
  if (external && external->IsMap())
    return Setting<bool>::Known(true, external.Whole(), external->span);
  return BooleanOf(external);
}

bool HasOption(const Setting<std::string>& options, std::string_view word) {
  const auto words = base::Split(options.value, ',');
  return options.IsKnown() && std::find(words.begin(), words.end(), word) != words.end();
}

// The driver `local` hands `o`, `type` and `device` to mount(2), where `bind` makes the type mean
// nothing. Compose makes the device absolute only where driver and options are exactly these;
// another relative one begins wherever the engine was started.
BoundVolume BoundOf(const View& view, std::size_t index, const Project& project) {
  BoundVolume bound;
  bound.index = index;
  const auto driver = StringOf(view.Get("driver"));
  const View options = view.Get("driver_opts");
  const auto o = StringOf(options.Get("o"));
  const View device = options.Get("device");
  if (!driver.IsAbsent() && !driver.Is("local")) return bound;
  if (!HasOption(o, "bind") && !HasOption(o, "rbind")) return bound;
  if (!device || !device->IsString() || device->text.text.empty()) return bound;
  const std::string& text = device->text.text;
  const bool resolved = driver.Is("local") && o.Is("bind");
  const bool relative = IsLiteralText(text) && text[0] != '/';
  bound.host = relative && !resolved
                   ? model::HostPath{model::PathBase::kUnknown, "", false}
                   : HostPathOf(device->text, 0, text.size(), device->folder, project);
  bound.read_only = HasOption(o, "ro");
  bound.place = device.Text();
  return bound;
}

}  // namespace

BoundVolumes ReadResources(const View& root, const Project& project, model::Document& document) {
  for (const View& view : root.Get("networks").Entries()) {
    document.networks.push_back({view.key, NameOfResource(view, project),
                                 BooleanOf(view.Get("internal")), External(view),
                                 StringOf(view.Get("driver")), view.key_span});
  }
  BoundVolumes bound;
  for (const View& view : root.Get("volumes").Entries()) {
    model::Volume volume{view.key,
                         NameOfResource(view, project),
                         External(view),
                         StringOf(view.Get("driver")),
                         {},
                         view.key_span};
    for (const View& option : view.Get("driver_opts").Entries())
      if (option->IsScalar()) volume.driver_opts.emplace_back(option.key, StringOf(option));
    bound.emplace(view.key, BoundOf(view, document.volumes.size(), project));
    document.volumes.push_back(std::move(volume));
  }
  for (const View& view : root.Get("configs").Entries())
    if (const View content = view.Get("content"))
      document.configs.push_back({view.key, StringOf(content)});
  return bound;
}

void JoinVolumes(const model::Document& document, const BoundVolumes& volumes,
                 model::Container& container) {
  for (auto& item : container.mounts.items) {
    model::Mount& mount = item.value;
    if (!mount.type.Is("volume") || !mount.source.IsKnown()) continue;
    const auto found = volumes.find(mount.source.value);
    if (found == volumes.end()) continue;
    const BoundVolume& bound = found->second;
    const model::Volume& volume = document.volumes[bound.index];
    mount.driver = volume.driver;
    for (const auto& [key, value] : volume.driver_opts)
      if (value.IsKnown()) mount.driver_options.emplace_back(key, value.value);
    mount.host = bound.host;
    if (!bound.place.IsValid()) continue;
    mount.source.steps = Joined({{bound.place, "the volume is this path"}}, mount.source.steps);
    if (bound.read_only && !mount.read_only.Is(true))
      mount.read_only = Setting<bool>::Known(true, bound.place, bound.place);
  }
}

}  // namespace cagelint::input::compose
