// Facts: compose-go 2.9.1, format/volume.go, transform/volume.go, paths/resolve.go.
#include "linter/input/compose_mounts.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/compose_merge.h"
#include "linter/input/compose_schema.h"

namespace cagelint::input::compose {
namespace {

using model::HostPath;
using model::Mount;
using model::PathBase;
using model::Setting;

// A part of a scalar's text.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::string_view TextOf(const Argument& text, Part part) {
  return std::string_view(text.text).substr(part.begin, part.end - part.begin);
}

// A setting of a part of the item; the item is what the author wrote for it.
Setting<std::string> PartOf(const View& item, Part part, std::string value) {
  const base::Span place = item.Text(part.begin, part.end);
  auto setting = IsLiteralText(TextOf(item->text, part))
                     ? Setting<std::string>::Known(std::move(value), item.Whole(), place)
                     : Setting<std::string>::Dynamic(item->text.Written(part.begin, part.end),
                                                     item.Whole(), place);
  setting.steps = Joined(item.steps, item->steps);
  return setting;
}

Setting<std::string> Derived(const View& item, std::string value) {
  return Setting<std::string>::Known(std::move(value), item.Whole(), item.Text());
}

// Splits at colons, but not behind a single letter: that is a Windows drive.
std::vector<Part> Sections(std::string_view text) {
  std::vector<Part> parts;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (i < text.size() && text[i] != ':') continue;
    const bool drive = i < text.size() && i == begin + 1 &&
                       std::isalpha(static_cast<unsigned char>(text[begin])) != 0;
    if (drive) continue;
    parts.push_back({begin, i});
    begin = i + 1;
  }
  return parts;
}

bool IsFilePath(std::string_view source) {
  if (source.empty()) return false;
  if (source[0] == '.' || source[0] == '/' || source[0] == '~') return true;
  if (source[0] == kWorkingDirectoryByte || source[0] == kHomeByte) return true;
  if (source.starts_with("\\\\")) return true;
  return source.size() > 1 && std::isalpha(static_cast<unsigned char>(source[0])) != 0 &&
         source[1] == ':';
}

std::string CleanTarget(std::string_view target) {
  return target.empty() ? "" : base::CleanPath(target);
}

class Mounts {
 public:
  Mounts(const Project& project, Findings& findings) : project_(project), findings_(findings) {}

  Setting<Mount> Short(const View& item) {
    const std::string& text = item->text.text;
    Mount mount;
    mount.form = Mount::Form::kShort;
    std::vector<Part> parts = Sections(text);
    const bool tiny = text.size() == 1 || text.size() == 2;
    if (tiny) parts = {{0, text.size()}};
    if (text.empty() ||
        std::any_of(parts.begin(), parts.end(), [](Part part) { return part.begin == part.end; })) {
      findings_.Say("`" + item->text.Written() + "` has an empty part", item.Text());
      return Settled(item, std::move(mount), true);
    }
    if (parts.size() > 3)
      findings_.Say("`" + item->text.Written() + "` has too many colons", item.Text());
    const Part target = parts.size() == 1 ? parts[0] : parts[1];
    mount.target = PartOf(item, target, CleanTarget(TextOf(item->text, target)));
    if (parts.size() == 1) {
      mount.type = Derived(item, "volume");
      return Settled(item, std::move(mount), false);
    }
    Source(item, parts[0], mount);
    if (parts.size() > 2) Options(item, parts[2], mount);
    return Settled(item, std::move(mount), false);
  }

  Setting<Mount> Long(const View& item) {
    Mount mount;
    mount.form = Mount::Form::kLong;
    mount.type = StringOf(item.Get("type"));
    mount.target = StringOf(item.Get("target"));
    if (mount.target.IsAbsent())
      findings_.Say("a mount without a target", item->span);
    else if (mount.target.IsKnown() && !mount.target.value.starts_with("\\"))
      mount.target.value = CleanTarget(mount.target.value);
    mount.read_only = BooleanOf(item.Get("read_only"));
    if (const View source = item.Get("source")) LongSource(source, mount);
    if (mount.type.Is("bind") && mount.source.IsAbsent())
      findings_.Say("a bind mount without a source", item->span);
    mount.propagation = StringOf(item.Get("bind").Get("propagation"));
    mount.size = BytesOf(item.Get("tmpfs").Get("size"), findings_);
    if (mount.size.IsKnown() && mount.size.value < 0)
      findings_.Say("a tmpfs of a negative size", mount.size.value_span);
    for (const char* group : {"bind", "volume", "tmpfs", "image"})
      for (const View& option : item.Get(group).Entries()) LongOption(option, mount);
    return Settled(item, std::move(mount), false);
  }

  // One of `tmpfs`: PATH[:OPTIONS].
  Setting<Mount> Tmpfs(const View& item) {
    Mount mount;
    mount.form = Mount::Form::kTmpfs;
    mount.type = Derived(item, "tmpfs");
    const std::string& text = item->text.text;
    const std::size_t colon = std::min(text.find(':'), text.size());
    mount.target = PartOf(item, {0, colon}, text.substr(0, colon));
    if (colon < text.size()) TmpfsOptions(item, {colon + 1, text.size()}, mount);
    return Settled(item, std::move(mount), false);
  }

 private:
  // The whole mount cannot be known only where its shape cannot.
  static Setting<Mount> Settled(const View& item, Mount mount, bool unknown) {
    auto setting = unknown
                       ? Setting<Mount>::Dynamic(item->text.Written(), item.Whole(), item.Text())
                       : Setting<Mount>::Known(std::move(mount), item.Whole(), item.Text());
    setting.steps = Joined(item.steps, item->steps);
    return setting;
  }

  void Source(const View& item, Part part, Mount& mount) {
    const std::string_view source = TextOf(item->text, part);
    if (source[0] == kUnknownByte) {
      mount.type = Setting<std::string>::Dynamic(item->text.Written(part.begin, part.end),
                                                 item.Whole(), item.Text(part.begin, part.end));
      mount.source = PartOf(item, part, "");
      mount.host = {PathBase::kUnknown, "", false};
      return;
    }
    if (!IsFilePath(source)) {
      mount.type = Derived(item, "volume");
      mount.source = PartOf(item, part, std::string(source));
      return;
    }
    mount.type = Derived(item, "bind");
    mount.host = HostPathOf(item->text, part.begin, part.end, item->folder, project_);
    mount.source =
        PartOf(item, part, EnginePath(item->text, part.begin, part.end, item->folder, project_));
  }

  void LongSource(const View& source, Mount& mount) {
    mount.source = StringOf(source);
    if (!source->IsString() || !mount.type.Is("bind")) return;
    if (source->text.text.empty()) {
      mount.host = {PathBase::kProject, ".", true};
      mount.source.value = project_.folders[static_cast<std::size_t>(source->folder)];
      return;
    }
    const std::size_t size = source->text.text.size();
    mount.host = HostPathOf(source->text, 0, size, source->folder, project_);
    if (mount.source.IsKnown())
      mount.source.value = EnginePath(source->text, 0, size, source->folder, project_);
  }

  static void LongOption(const View& option, Mount& mount) {
    if (option.key == "propagation" || option.key == "size" || !option->IsScalar()) return;
    mount.options.Add(SettingOf(option, option.key + "=" + option->text.text));
  }

  template <typename Use>
  static void EachOption(const View& item, Part part, Use use) {
    std::size_t begin = part.begin;
    while (begin <= part.end) {
      const std::size_t end = std::min(item->text.text.find(',', begin), part.end);
      use(Part{begin, end});
      begin = end + 1;
    }
  }

  void Options(const View& item, Part part, Mount& mount) {
    constexpr std::string_view kPropagations[] = {"rprivate", "private", "rshared",
                                                  "shared",   "rslave",  "slave"};
    EachOption(item, part, [&](Part option) {
      const std::string word(TextOf(item->text, option));
      const auto setting = PartOf(item, option, word);
      if (setting.IsDynamic()) {
        mount.read_only = Setting<bool>::Dynamic(setting.source, setting.whole, setting.value_span);
      } else if (word == "ro" || word == "rw") {
        mount.read_only = Setting<bool>::Known(word == "ro", setting.whole, setting.value_span);
        mount.read_only.steps = setting.steps;
        return;
      } else if (std::find(std::begin(kPropagations), std::end(kPropagations), word) !=
                 std::end(kPropagations)) {
        mount.propagation = setting;
      }
      if (option.begin < option.end) mount.options.Add(setting);
    });
  }

  void TmpfsOptions(const View& item, Part part, Mount& mount) {
    EachOption(item, part, [&](Part option) {
      if (option.begin == option.end) return;
      const std::string word(TextOf(item->text, option));
      const auto setting = PartOf(item, option, word);
      std::int64_t size = 0;
      if (setting.IsDynamic()) {
        const bool is_size = word.starts_with("size=");
        if (is_size || IsSymbol(word[0]))
          mount.size =
              Setting<std::int64_t>::Dynamic(setting.source, setting.whole, setting.value_span);
        if (!is_size && IsSymbol(word[0]))
          mount.read_only =
              Setting<bool>::Dynamic(setting.source, setting.whole, setting.value_span);
      } else if (word.starts_with("size=") && ParseBytes(word.substr(5), size)) {
        mount.size = Setting<std::int64_t>::Known(size, setting.whole, setting.value_span);
      } else if (word == "ro" || word == "rw") {
        mount.read_only = Setting<bool>::Known(word == "ro", setting.whole, setting.value_span);
      }
      mount.options.Add(setting);
    });
  }

  const Project& project_;
  Findings& findings_;
};

// What a mount's target is compared by, for replacing an earlier mount.
std::string TargetKey(const Setting<Mount>& mount) {
  const auto& target = mount.value.target;
  return target.IsKnown() ? target.value
                          : "?" + target.source + std::to_string(target.value_span.begin);
}

void CheckTargets(const std::vector<Setting<Mount>>& volumes,
                  const std::vector<Setting<Mount>>& tmpfs, Findings& findings) {
  std::map<std::string, bool> seen;
  for (const auto* list : {&tmpfs, &volumes}) {
    for (const auto& mount : *list) {
      const auto& target = mount.value.target;
      if (!target.IsKnown() || seen.emplace(target.value, true).second) continue;
      findings.SayInUse("`" + target.value + "` is mounted twice", target.value_span);
    }
  }
}

std::string HomeOf(const Project& project) {
  const Variable* found = nullptr;
  if (project.variables.Look("HOME", found) != Variables::State::kKnown) return "";
  return IsLiteralText(found->value.text) ? found->value.text : "";
}

}  // namespace

HostPath HostPathOf(const Argument& text, std::size_t begin, std::size_t end, int folder,
                    const Project& project) {
  std::string_view path = std::string_view(text.text).substr(begin, end - begin);
  HostPath host;
  host.base = PathBase::kProject;
  if (path[0] == kUnknownByte) return {PathBase::kUnknown, "", false};
  if (path[0] == '/') host.base = PathBase::kAbsolute;
  if (path[0] == kWorkingDirectoryByte) host.base = PathBase::kWorkingDirectory;
  const bool tilde = path[0] == '~';
  const bool home = path[0] == kHomeByte || tilde;
  if (home) host.base = PathBase::kHome;
  const bool based = home || host.base == PathBase::kWorkingDirectory;
  if (based) path.remove_prefix(1);
  // Compose sets the home folder before whatever stands behind `~`, names of users too.
  if (based && !tilde && !path.empty() && path[0] != '/') return {PathBase::kUnknown, "", false};
  std::size_t known = 0;
  while (known < path.size() && !IsSymbol(path[known])) ++known;
  host.exact = known == path.size();
  path = path.substr(0, known);
  if (!host.exact)
    path = path.substr(0, path.rfind('/') == std::string_view::npos ? 0 : path.rfind('/') + 1);
  while (based && path.starts_with('/')) path.remove_prefix(1);
  host.path = base::CleanPath(path);
  if (host.base != PathBase::kProject) return host;
  // From the project's folder, where the file stands in another.
  const std::string& own = project.folders[static_cast<std::size_t>(folder)];
  if (own == project.directory) return host;
  const std::string prefix = project.directory == "/" ? "/" : project.directory + "/";
  const std::string full = base::JoinPath(own, host.path);
  if (full == project.directory) {
    host.path = ".";
  } else if (full.starts_with(prefix)) {
    host.path = full.substr(prefix.size());
  } else {
    host.base = PathBase::kAbsolute;
    host.path = full;
  }
  return host;
}

std::string EnginePath(const Argument& text, std::size_t begin, std::size_t end, int folder,
                       const Project& project) {
  const std::string path = text.text.substr(begin, end - begin);
  if (!IsLiteralText(path)) return text.Written(begin, end);
  if (path.starts_with('/')) return path;
  if (path.starts_with("\\\\") || IsFilePath(path) == false) {
    // A Windows path, or a plain relative one of the long form.
    if (path.starts_with("\\\\")) return path;
  } else if (std::isalpha(static_cast<unsigned char>(path[0])) != 0 && path.size() > 2 &&
             (path[2] == '/' || path[2] == '\\')) {
    return path;
  }
  if (path.starts_with('~')) {
    const std::string home = HomeOf(project);
    return home.empty() ? path : base::CleanPath(home + "/" + path.substr(1));
  }
  return base::JoinPath(project.folders[static_cast<std::size_t>(folder)], path);
}

model::List<Mount> MountsOf(const View& service, const Project& project, Findings& findings) {
  const View volumes = service.Get("volumes");
  const View tmpfs = service.Get("tmpfs");
  if (!volumes && !tmpfs) return {};
  Mounts read(project, findings);
  std::vector<Setting<Mount>> first, second;
  if (volumes && volumes->IsList()) {
    for (const View& item : volumes.Children()) {
      if (item->IsMap()) first.push_back(read.Long(item));
      if (item->IsString()) first.push_back(read.Short(item));
    }
  }
  // Of what is equal up to an equals sign the last stays.
  std::vector<View> own = !tmpfs            ? std::vector<View>{}
                          : tmpfs->IsList() ? tmpfs.Children()
                                            : std::vector<View>{tmpfs};
  std::erase_if(own, [](const View& item) { return !item->IsString(); });
  own = KeepLast(std::move(own), [](const View& item) {
    return item->text.Written(0, std::min(item->text.text.find('='), item->text.text.size()));
  });
  for (const View& item : own) second.push_back(read.Tmpfs(item));
  first = KeepLast(std::move(first), TargetKey);
  CheckTargets(first, second, findings);
  auto list = ListOf<Mount>(volumes ? volumes : tmpfs);
  list.items = std::move(first);
  list.items.insert(list.items.end(), std::make_move_iterator(second.begin()),
                    std::make_move_iterator(second.end()));
  return list;
}

model::List<model::Device> DevicesOf(const View& view, Findings& findings) {
  if (!view || !view->IsList()) return {};
  auto list = ListOf<model::Device>(view);
  for (const View& item : view.Children()) {
    model::Device device;
    if (item->IsMap()) {
      const auto source = StringOf(item.Get("source"));
      const auto target = StringOf(item.Get("target"));
      const auto permissions = StringOf(item.Get("permissions"));
      device = {source.value, target.value, permissions.value};
      if (target.IsAbsent()) findings.Say("a device without a target", item->span);
      auto setting = SettingOf(item, device);
      if (source.IsDynamic() || target.IsDynamic() || permissions.IsDynamic())
        setting = model::Setting<model::Device>::Dynamic(source.source, item.Whole(), item.Text());
      list.items.push_back(std::move(setting));
      continue;
    }
    if (!item->IsString()) continue;
    const auto parts = base::Split(item->text.text, ':');
    if (parts.size() > 3)
      findings.Say("`" + item->text.Written() + "` has too many colons", item.Text());
    device.source = parts[0];
    device.target = parts.size() > 1 && !parts[1].empty() ? parts[1] : parts[0];
    device.permissions = parts.size() > 2 ? parts[2] : "rwm";
    list.items.push_back(SettingOf(item, device));
  }
  list.items = KeepLast(std::move(list.items), [](const auto& item) {
    return item.IsKnown() ? item.value.target : "?" + item.source;
  });
  return list;
}

}  // namespace cagelint::input::compose
