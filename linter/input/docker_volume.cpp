#include "linter/input/docker_volume.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/input/docker_mounts.h"

namespace cagelint::input {
namespace {

using model::Mount;

std::string_view Option(const Mount& mount, std::string_view key) {
  std::string_view found;
  for (const auto& [name, value] : mount.driver_options)
    if (name == key) found = value;
  return found;
}

bool Has(std::string_view options, std::string_view word) {
  const auto words = base::Split(options, ',');
  return std::find(words.begin(), words.end(), word) != words.end();
}

const model::Command* FindCreation(const model::Document& document, std::string_view name) {
  // The bound keeps a script of nothing but volumes from taking quadratic time.
  constexpr std::size_t kMostCommands = 256;
  const auto& commands = document.commands;
  const std::size_t first = commands.size() > kMostCommands ? commands.size() - kMostCommands : 0;
  for (std::size_t i = commands.size(); i > first; --i) {
    const model::Command& command = commands[i - 1];
    if (command.kind == model::CommandKind::kVolumeCreate && command.volume.Is(std::string(name)))
      return &command;
  }
  return nullptr;
}

}  // namespace

void FindBoundPath(Mount& mount, const Reading& reading) {
  if (!mount.type.Is("volume") || (!mount.driver.IsAbsent() && !mount.driver.Is("local"))) return;
  const std::string_view options = Option(mount, "o");
  const std::string_view device = Option(mount, "device");
  if (device.empty() || (!Has(options, "bind") && !Has(options, "rbind"))) return;
  // Options are kept as they are spelled, so that `$PWD` is a text again.
  std::string text(device);
  constexpr std::string_view kHere = "$PWD";
  if (text.starts_with(kHere)) text.replace(0, kHere.size(), 1, kWorkingDirectoryByte);
  const bool known = text[0] == '/' || text[0] == kWorkingDirectoryByte;
  mount.host = known && text.find('$') == std::string::npos
                   ? HostPathOf(text, reading)
                   : model::HostPath{model::PathBase::kUnknown, "", false};
  // Of an anonymous one the daemon knows nothing: the option is its driver's.
  if (Has(options, "ro") && !mount.read_only.Is(true) && !mount.source.IsAbsent())
    mount.read_only = model::Setting<bool>::Known(true, mount.source.whole, mount.source.whole);
}

void AddVolumeOption(const Value& value, model::Command& command) {
  const std::string_view text = value.Text();
  const std::size_t equals = std::min(text.find('='), text.size());
  command.driver_options.emplace_back(
      Spelled(text.substr(0, equals)),
      equals == text.size() ? "" : Spelled(text.substr(equals + 1)));
}

void JoinCreatedVolumes(const Reading& reading, model::Container& container) {
  for (auto& item : container.mounts.items) {
    Mount& mount = item.value;
    if (!item.IsKnown() || !mount.type.Is("volume") || !mount.source.IsKnown()) continue;
    if (mount.source.value.empty() || !mount.driver_options.empty()) continue;
    const model::Command* creation = FindCreation(reading.document, mount.source.value);
    if (creation == nullptr) continue;
    if (mount.driver.IsAbsent()) mount.driver = creation->driver;
    mount.driver_options = creation->driver_options;
    mount.source.steps.push_back({creation->anchor, "the volume is made here"});
    FindBoundPath(mount, reading);
  }
}

}  // namespace cagelint::input
