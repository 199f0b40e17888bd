#include <algorithm>

#include "linter/base/text.h"
#include "linter/model/container.h"
#include "linter/model/effective.h"

namespace cagelint::model {

Tri Writable(const Mount& mount) {
  if (mount.read_only.IsDynamic()) return Tri::kUnknown;
  if (mount.read_only.IsKnown()) return mount.read_only.value ? Tri::kNo : Tri::kYes;
  if (!mount.IsTmpfs()) return Tri::kYes;
  Tri result = Tri::kYes;
  for (const auto& option : mount.options.items) {
    if (option.IsDynamic()) result = Tri::kUnknown;
    if (option.Is("ro")) result = Tri::kNo;
    if (option.Is("rw")) result = Tri::kYes;
  }
  return result;
}

std::optional<std::string> TmpfsVolumeOptions(const Mount& mount) {
  if (!mount.type.Is("volume") || (!mount.driver.IsAbsent() && !mount.driver.Is("local")))
    return std::nullopt;
  bool is_tmpfs = false;
  std::string options;
  for (const auto& [key, value] : mount.driver_options) {
    if (key == "type") is_tmpfs = value == "tmpfs";
    if (key == "o") options = value;
  }
  return is_tmpfs ? std::optional(options) : std::nullopt;
}

bool CanRemount(const Container& container) {
  const UserKind user = container.effective.user;
  if (user != UserKind::kRoot && user != UserKind::kImage) return false;
  const bool adds = container.cap_add.Find("ALL") != nullptr ||
                    container.cap_add.Find("CAP_SYS_ADMIN") != nullptr;
  return container.privileged.Is(true) || adds;
}

bool IsProjectBind(const Mount& mount) {
  const HostPath& host = mount.host;
  if (!mount.IsBind() || !host.exact) return false;
  if (host.base != PathBase::kWorkingDirectory && host.base != PathBase::kProject) return false;
  const auto parts = base::Split(host.path, '/');
  return std::all_of(parts.begin(), parts.end(), [](std::string_view part) {
    return part.empty() || part == "." || part == "..";
  });
}

TmpfsFlag FindTmpfsFlag(const Mount& mount, const std::string& name) {
  TmpfsFlag flag;
  const auto& items = mount.options.items;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string& option = items[i].value;
    if (items[i].IsDynamic()) flag = {Tri::kUnknown, i};
    if (items[i].Is(name)) flag = {Tri::kYes, i};
    if (items[i].IsKnown() && option == "no" + name) flag = {Tri::kNo, i};
  }
  if (mount.options.IsDynamic()) flag.value = Tri::kUnknown;
  return flag;
}

std::optional<std::size_t> FindTmpfsLimit(const Mount& mount) {
  const auto& items = mount.options.items;
  for (std::size_t i = items.size(); i > 0; --i) {
    const std::string& option = items[i - 1].value;
    if (option.starts_with("size=") || option.starts_with("nr_blocks=")) return i - 1;
  }
  return std::nullopt;
}

Tri TmpfsLimited(const Mount& mount) {
  if (mount.size.IsDynamic() || mount.options.HasUnknown()) return Tri::kUnknown;
  if (const auto index = FindTmpfsLimit(mount)) {
    const std::string_view option = mount.options.items[*index].value;
    const bool above_zero = option.find_first_of("123456789") != std::string_view::npos;
    return above_zero && !option.ends_with('%') ? Tri::kYes : Tri::kNo;
  }
  return mount.size.IsKnown() && mount.size.value > 0 ? Tri::kYes : Tri::kNo;
}

std::vector<std::string_view> KnownTail(const Mount& mount) {
  const HostPath& host = mount.host;
  if ((host.exact && host.base != PathBase::kUnknown) || mount.type.Is("volume")) return {};
  const auto& source = mount.source;
  std::string_view text = source.IsKnown() ? source.value : source.source;
  while (text.ends_with('"') || text.ends_with('\'')) text.remove_suffix(1);
  auto parts = base::Split(text, '/');
  const auto unknown = [](std::string_view part) {
    return part == ".." || part.find_first_of("$`(){}\"'\\%") != std::string_view::npos;
  };
  const auto last = std::find_if(parts.rbegin(), parts.rend(), unknown);
  if (last == parts.rend() || *last == "..") return {};
  return {last.base(), parts.end()};
}

}  // namespace cagelint::model
