// Mounts, tmpfs options, working directory.
#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/model/daemon.h"

namespace cagelint::model {
namespace {

constexpr std::string_view kPropagations[] = {"private", "rprivate", "shared",
                                              "rshared", "slave",    "rslave"};

template <typename Words>
bool IsOneOf(std::string_view text, const Words& words) {
  return std::find(std::begin(words), std::end(words), text) != std::end(words);
}

// Paths of Windows are for engines on Windows.
bool IsWindowsPath(std::string_view path) {
  return path.find('\\') != std::string_view::npos || (path.size() > 1 && path[1] == ':');
}

void FindTarget(const Mount& mount, const Container& container, std::vector<Refusal>& out) {
  const auto& target = mount.target;
  // An anonymous volume of the short form is taken as it comes.
  const bool anonymous = mount.form == Mount::Form::kShort && mount.source.IsAbsent();
  if (!target.IsKnown() || target.value.empty() || anonymous) return;
  if (IsPlaceholder(target.value) || IsWindowsPath(target.value)) return;
  if (mount.source.IsKnown() && IsWindowsPath(mount.source.value)) return;
  if (!target.value.starts_with('/')) {
    out.push_back({PlaceOf(target, container),
                   "the target `" + target.value + "` is not an absolute path",
                   "begin it with `/`"});
  } else if (base::CleanPath(target.value) == "/") {
    out.push_back({PlaceOf(target, container), "nothing can be mounted on `/`",
                   "mount it on a directory of the container"});
  }
}

// docker/volume/mounts, linux_parser.go: each kind at most once.
std::string ModeRefusal(const Mount& mount, const std::string& option) {
  static constexpr std::string_view kOthers[] = {"z",          "Z",      "nocopy",
                                                 "consistent", "cached", "delegated"};
  const bool again = option == "ro" || option == "rw" || IsOneOf(option, kPropagations);
  if (again) return "`" + option + "` is a second option of its kind";
  if (!IsOneOf(option, kOthers)) return "`" + option + "` is no option of a volume";
  if (option == "nocopy" && mount.type.Is("bind")) return "`nocopy` is for volumes, not for binds";
  return "";
}

std::string ModeHelp(const std::string& option) {
  if (option == "RO" || option == "Ro") return "write `ro`";
  if (option == "U" || option == "O" || option == "idmap") return "only podman has it";
  if (option == "rro") return "only nerdctl has it; `ro` is recursive since Docker 25";
  if (option == "noexec" || option == "nosuid" || option == "nodev")
    return "docker cannot set it on a bind or a volume";
  return "";
}

void FindModes(const Mount& mount, const Container& container, std::vector<Refusal>& out) {
  // Compose reads the options itself, and passes on what it knows.
  if (container.IsCompose() || mount.form != Mount::Form::kShort) return;
  if (mount.source.IsKnown() && IsWindowsPath(mount.source.value)) return;
  std::string relabel;
  std::string consistency;
  for (const auto& option : mount.options.items) {
    if (!option.IsKnown() || IsPlaceholder(option.value)) continue;
    std::string message = ModeRefusal(mount, option.value);
    std::string* seen = option.value == "z" || option.value == "Z" ? &relabel : nullptr;
    if (option.value == "consistent" || option.value == "cached" || option.value == "delegated")
      seen = &consistency;
    if (message.empty() && seen != nullptr && !seen->empty())
      message = "`" + option.value + "` is a second option of its kind";
    if (seen != nullptr) *seen = option.value;
    if (message.empty()) continue;
    out.push_back({PlaceOf(option, container), std::move(message), ModeHelp(option.value)});
    return;
  }
  if (mount.type.Is("volume") && mount.source.IsKnown() && mount.propagation.IsKnown())
    out.push_back({PlaceOf(mount.propagation, container),
                   "`" + mount.propagation.value + "` is for binds, not for volumes",
                   "leave it out"});
}

bool IsVolumeName(std::string_view name) {
  if (name.size() < 2) return false;
  const auto alphanumeric = [](char c) {
    const char lower = static_cast<char>(c | 0x20);
    return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
  };
  return alphanumeric(name[0]) && std::all_of(name.begin(), name.end(), [&](char c) {
           return alphanumeric(c) || c == '_' || c == '.' || c == '-';
         });
}

// The names that the driver `local` takes. Compose makes names of its own from the keys.
void FindVolumeName(const Mount& mount, const Container& container, std::vector<Refusal>& out) {
  const auto& source = mount.source;
  if (container.IsCompose() || !source.IsKnown()) return;
  // The client takes `~/x` for a path and sends it as it is.
  const bool tilde = mount.form == Mount::Form::kShort && source.value.starts_with('~');
  if (!mount.type.Is("volume") && !tilde) return;
  if (!mount.driver.IsAbsent() && !mount.driver.Is("local") && !mount.driver.Is("")) return;
  if (source.value.empty() || IsPlaceholder(source.value) || IsWindowsPath(source.value)) return;
  if (IsVolumeName(source.value)) return;
  Refusal refusal{PlaceOf(source, container),
                  "`" + source.value + "` is neither an absolute path nor the name of a volume"};
  if (source.value.find('/') != std::string::npos) {
    refusal.help = tilde ? "no shell fills in this `~`: write `$HOME`, or the "
                           "whole path"
                   : mount.form == Mount::Form::kShort
                       ? "write `./` before a path that is relative to the current directory"
                       : "a path of the host needs `type=bind`";
  }
  if (source.value.size() == 1) refusal.message += ": a name has two characters at least";
  out.push_back(std::move(refusal));
}

// What only --mount can say.
void FindLongForm(const Mount& mount, const Container& container, const base::Span& whole,
                  std::vector<Refusal>& out) {
  // npipe and cluster need Windows and swarm; image is refused by 20.10 and taken by 28.
  static constexpr std::string_view kTypes[] = {"bind",  "volume",  "tmpfs",
                                                "npipe", "cluster", "image"};
  if (mount.form != Mount::Form::kLong || !mount.type.IsKnown()) return;
  // Compose checks types and sources itself.
  const bool raw = !container.IsCompose();
  const std::string& type = mount.type.value;
  const auto& source = mount.source;
  const bool shown = source.IsKnown() && !IsPlaceholder(source.value);
  if (raw && !type.empty() && !IsOneOf(type, kTypes) && !IsPlaceholder(type)) {
    out.push_back({PlaceOf(mount.type, container), "there is no mount type `" + type + "`",
                   "take `bind`, `volume` or `tmpfs`"});
  } else if (raw && type == "bind" && (source.IsAbsent() || source.Is(""))) {
    out.push_back({whole, "a bind without a source", "name the path on the host: `source=`"});
  } else if (raw && type == "bind" && shown && !source.value.starts_with('/') &&
             !IsWindowsPath(source.value)) {
    const bool home = source.value.starts_with('~');
    out.push_back({PlaceOf(source, container),
                   "the source `" + source.value + "` is not an absolute path",
                   home ? "the shell does not expand `~` here: write `$HOME`"
                        : "write `./` before a path relative to the current directory"});
  } else if (raw && type == "tmpfs" && source.IsKnown()) {
    out.push_back({PlaceOf(source, container), "a tmpfs has no source", "leave it out"});
  } else if (type == "volume" && source.IsAbsent() && mount.read_only.Is(true)) {
    out.push_back({PlaceOf(mount.read_only, container), "an anonymous volume cannot be read-only",
                   "name a volume: `source=`"});
  }
  const auto& propagation = mount.propagation;
  if (type == "bind" && propagation.IsKnown() && !propagation.value.empty() &&
      !IsPlaceholder(propagation.value) && !IsOneOf(propagation.value, kPropagations))
    out.push_back({PlaceOf(propagation, container),
                   "there is no propagation `" + propagation.value + "`", ""});
}

bool IsTmpfsNumber(std::string_view key, std::string_view value) {
  const bool size = key == "size";
  const bool scaled = size || key.starts_with("nr_");
  if (size && value.ends_with('%'))
    value.remove_suffix(1);
  else if (scaled && !value.empty() &&
           std::string_view("kKmMgGtTpPeE").find(value.back()) != std::string_view::npos)
    value.remove_suffix(1);
  const std::string_view digits = key == "mode" ? "01234567" : "0123456789";
  return !value.empty() && value.find_first_not_of(digits) == std::string_view::npos;
}

// Words that moby's mount.MergeTmpfsOptions takes; refused at the start of the container.
std::string TmpfsRefusal(const std::string& option) {
  static constexpr std::string_view kFlags[] = {
      "defaults",   "ro",          "rw",         "suid",        "nosuid",       "dev",     "nodev",
      "exec",       "noexec",      "sync",       "async",       "dirsync",      "remount", "mand",
      "nomand",     "atime",       "noatime",    "diratime",    "nodiratime",   "bind",    "rbind",
      "unbindable", "runbindable", "private",    "rprivate",    "shared",       "rshared", "slave",
      "rslave",     "relatime",    "norelatime", "strictatime", "nostrictatime"};
  static constexpr std::string_view kKeys[] = {"size",      "mode",      "uid", "gid",
                                               "nr_inodes", "nr_blocks", "mpol"};
  if (IsOneOf(option, kFlags)) return "";
  const std::size_t equals = option.find('=');
  const std::string key = option.substr(0, equals);
  if (equals == std::string::npos || !IsOneOf(key, kKeys))
    return "`" + option + "` is no option of a tmpfs";
  const std::string value = option.substr(equals + 1);
  if (key == "mpol" || IsTmpfsNumber(key, value)) return "";
  return "`" + key + "` of a tmpfs cannot be `" + value + "`";
}

void FindTmpfsOptions(const Mount& mount, const Container& container, std::vector<Refusal>& out) {
  if (mount.form != Mount::Form::kTmpfs) return;
  for (const auto& option : mount.options.items) {
    if (!option.IsKnown() || (IsPlaceholder(option.value) && !option.value.ends_with('%')))
      continue;
    std::string message = TmpfsRefusal(option.value);
    if (message.empty()) continue;
    const bool size = option.value.starts_with("size=");
    out.push_back({PlaceOf(option, container), std::move(message),
                   size ? "give it in bytes, or with one of `k`, `m`, `g`: `size=64m`" : ""});
  }
}

// The client sends exact repeats of -v once.
bool IsRepeat(const Mount& a, const Mount& b) {
  const auto same = [](const auto& x, const auto& y) {
    return x.state == y.state && x.value == y.value;
  };
  if (a.form != Mount::Form::kShort || b.form != Mount::Form::kShort) return false;
  if (!same(a.source, b.source) || !same(a.target, b.target) || !same(a.read_only, b.read_only) ||
      !same(a.propagation, b.propagation) || a.options.items.size() != b.options.items.size())
    return false;
  for (std::size_t i = 0; i < a.options.items.size(); ++i)
    if (!same(a.options.items[i], b.options.items[i])) return false;
  return true;
}

// Binds and named volumes are compared cleaned; a --tmpfs only as it is written, and not with
// --mount type=tmpfs. Compose's loader sees to it itself.
void FindDuplicates(const Container& container, std::vector<Refusal>& out) {
  if (container.IsCompose()) return;
  std::map<std::string, const Mount*> seen;
  const auto add = [&](const Mount& mount, std::string key) {
    const auto [place, fresh] = seen.emplace(std::move(key), &mount);
    if (fresh || IsRepeat(*place->second, mount)) return;
    out.push_back({PlaceOf(mount.target, container),
                   "`" + place->first + "` is mounted twice",
                   "leave one of them out",
                   {{PlaceOf(place->second->target, container), "mounted here already"}}});
  };
  for (const auto& item : container.mounts.items) {
    const Mount& mount = item.value;
    if (!item.IsKnown() || !mount.target.IsKnown() || !mount.target.value.starts_with('/'))
      continue;
    if (mount.form == Mount::Form::kTmpfs || IsPlaceholder(mount.target.value)) continue;
    if (mount.source.IsKnown() || (mount.form == Mount::Form::kLong && mount.type.Is("tmpfs")))
      add(mount, base::CleanPath(mount.target.value));
  }
  for (const auto& item : container.mounts.items) {
    const Mount& mount = item.value;
    if (!item.IsKnown() || mount.form != Mount::Form::kTmpfs || !mount.target.IsKnown()) continue;
    const auto found = seen.find(mount.target.value);
    if (found != seen.end() && found->second->form == Mount::Form::kShort) add(mount, found->first);
  }
}

void FindWorkingDirectory(const Container& container, std::vector<Refusal>& out) {
  const auto& path = container.working_dir;
  if (!path.IsKnown() || path.value.empty() || path.value.starts_with('/')) return;
  if (IsPlaceholder(path.value) || IsWindowsPath(path.value)) return;
  out.push_back({PlaceOf(path, container),
                 "the working directory `" + path.value + "` is not an absolute path",
                 "begin it with `/`"});
}

}  // namespace

void FindRefusedMounts(const Container& container, std::vector<Refusal>& out) {
  for (const auto& item : container.mounts.items) {
    if (!item.IsKnown()) continue;
    FindTarget(item.value, container, out);
    FindModes(item.value, container, out);
    FindVolumeName(item.value, container, out);
    FindLongForm(item.value, container, PlaceOf(item, container), out);
    FindTmpfsOptions(item.value, container, out);
  }
  FindDuplicates(container, out);
  FindWorkingDirectory(container, out);
}

}  // namespace cagelint::model
