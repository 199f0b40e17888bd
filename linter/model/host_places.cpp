#include "linter/model/host_places.h"

#include <algorithm>
#include <array>
#include <map>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/files.h"
#include "linter/base/hash.h"
#include "linter/base/text.h"
#include "linter/model/document.h"
#include "linter/model/effective.h"

namespace cagelint::model {
namespace {

HostPlace::Kind KindNamed(std::string_view name) {
  if (name == "credential") return HostPlace::Kind::kCredential;
  if (name == "executed") return HostPlace::Kind::kExecuted;
  if (name == "both") return HostPlace::Kind::kBoth;
  return name == "socket" ? HostPlace::Kind::kSocket : HostPlace::Kind::kPublic;
}

// Of all bases, found by hash: the table is small, and many starts ask it once.
class Places {
 public:
  Places() {
    const base::CsvTable& table = Table();
    const std::size_t from = table.Column("base");
    const std::size_t path = table.Column("path");
    const std::size_t below = table.Column("below");
    const std::size_t kind = table.Column("kind");
    const std::size_t reason = table.Column("reason");
    const std::size_t runs = table.Column("runs");
    places_.reserve(table.rows.size());
    slots_.resize(kSlotsOfAPlace * table.rows.size());
    for (const auto& row : table.rows) {
      places_.push_back({row[from], row[path], row[below] == "yes", KindNamed(row[kind]),
                         row[reason], row[runs]});
      std::size_t slot = SlotOf(row[from], row[path]);
      while (slots_[slot] != 0) slot = (slot + 1) % slots_.size();
      slots_[slot] = static_cast<std::uint16_t>(places_.size());
    }
  }

  const HostPlace* Find(std::string_view base, std::string_view path) const {
    for (std::size_t slot = SlotOf(base, path); slots_[slot] != 0;
         slot = (slot + 1) % slots_.size()) {
      const HostPlace& place = places_[slots_[slot] - 1U];
      if (place.path == path && place.base == base) return &place;
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kSlotsOfAPlace = 3;

  static const base::CsvTable& Table() {
    static const auto table = base::ParseCsv(embedded::Find("rules/data/host_places.csv"));
    return table;
  }
  std::size_t SlotOf(std::string_view base, std::string_view path) const {
    return base::HashOf(path, base::HashOf(base)) % slots_.size();
  }

  std::vector<HostPlace> places_;
  std::vector<std::uint16_t> slots_;  // 0: empty; otherwise the number of a place, from 1
};

const HostPlace* FindExactly(std::string_view base, std::string_view path) {
  static const Places places;
  return places.Find(base, path);
}

// The longest entry that is `path`, or a folder above it that counts with what is in it.
const HostPlace* FindIn(std::string_view base, std::string_view path) {
  if (const HostPlace* exact = FindExactly(base, path)) return exact;
  for (std::string_view up = base::DirectoryOf(path); !up.empty() && up != "/";
       up = base::DirectoryOf(up)) {
    const HostPlace* found = FindExactly(base, up);
    if (found != nullptr && found->below) return found;
  }
  return nullptr;
}

// "/home/me/x" → "x". Nothing for a folder that holds homes, or another path.
std::optional<std::string> BehindHome(std::string_view path) {
  const std::vector<std::string_view> parts = base::Split(path.substr(1), '/');
  const bool is_root = parts[0] == "root";
  const bool is_user = (parts[0] == "home" || parts[0] == "Users") && parts.size() > 1;
  if (!is_root && !is_user) return std::nullopt;
  std::string out;
  for (std::size_t i = is_root ? 1 : 2; i < parts.size(); ++i)
    out += (out.empty() ? "" : "/") + std::string(parts[i]);
  return out.empty() ? "." : out;
}

}  // namespace

std::string AbsolutePath(const Mount& mount) {
  const HostPath& host = mount.host;
  if (!mount.IsBind() || !host.exact || host.base != PathBase::kAbsolute) return "";
  const bool old = host.path == "/var/run" || host.path.starts_with("/var/run/");
  return old ? host.path.substr(4) : host.path;
}

std::optional<std::string> PathInHome(const Mount& mount) {
  const HostPath& host = mount.host;
  if (!mount.IsBind()) return std::nullopt;
  if (host.base == PathBase::kHome) {
    if (!host.exact) return std::nullopt;
    return host.path.starts_with("..") ? "." : host.path;  // above it: the home is in it
  }
  if (host.base != PathBase::kAbsolute) return std::nullopt;
  if (host.exact) return BehindHome(host.path);
  // `/home/$USER/.ssh`: one part is not known, and it is the name.
  if (host.path != "/home" && host.path != "/Users") return std::nullopt;
  std::string out;
  const auto tail = KnownTail(mount);
  const std::string_view text =
      mount.source.IsKnown() ? mount.source.value : std::string_view(mount.source.source);
  const auto parts = static_cast<std::size_t>(std::count(text.begin(), text.end(), '/'));
  if (parts != tail.size() + 2) return std::nullopt;
  for (const std::string_view part : tail) out += (out.empty() ? "" : "/") + std::string(part);
  return out.empty() ? "." : out;
}

std::optional<std::string> PathInProject(const Mount& mount) {
  const HostPath& host = mount.host;
  if (!mount.IsBind() || !host.exact) return std::nullopt;
  if (host.base != PathBase::kWorkingDirectory && host.base != PathBase::kProject)
    return std::nullopt;
  return host.path.empty() ? "." : host.path;
}

const HostPlace* FindHostPlace(const Mount& mount) {
  if (const auto home = PathInHome(mount)) return FindIn("home", *home);
  if (const auto project = PathInProject(mount)) return FindIn("project", *project);
  // `/run/user/$(id -u)/bus`: what lies below a folder of sockets is one, whatever it is called.
  Mount known = mount;
  known.host.exact = true;
  const std::string path = AbsolutePath(known);
  const HostPlace* place = path.empty() ? nullptr : FindIn("absolute", path);
  return place != nullptr && (mount.host.exact || place->below) ? place : nullptr;
}

bool IsHostSystem(const Mount& mount) {
  static const auto csv = base::ParseCsv(embedded::Find("rules/data/host_paths.csv"));
  static const std::map<std::string_view, bool> table = [] {
    const std::size_t path = csv.Column("path");
    const std::size_t below = csv.Column("below");
    std::map<std::string_view, bool> out;
    for (const auto& row : csv.rows) out[row[path]] = row[below] == "yes";
    return out;
  }();
  const std::string path = AbsolutePath(mount);
  if (path.empty()) return false;
  if (table.contains(path)) return true;
  for (std::string_view up = base::DirectoryOf(path); up.size() > 1; up = base::DirectoryOf(up)) {
    const auto found = table.find(up);
    if (found != table.end() && found->second) return true;
  }
  return false;
}

bool IsInGitFolder(const Mount& mount) {
  const auto tail = KnownTail(mount);
  if (std::find(tail.begin(), tail.end(), ".git") != tail.end()) return true;
  if (!mount.IsBind() || mount.host.base == PathBase::kUnknown) return false;
  auto parts = base::Split(mount.host.path, '/');
  // The last part may go on with something that cannot be known: `.git$SUFFIX`.
  if (!mount.host.exact && !parts.empty()) parts.pop_back();
  return std::find(parts.begin(), parts.end(), ".git") != parts.end();
}

void FindProjectPaths(Document& document, const std::string& folder, const std::string& root) {
  const auto is_in = [](const std::string& path, const std::string& of) {
    return path == of || path.starts_with(of + "/");
  };
  if (root == "/" || folder == "/") return;
  for (Container& container : document.containers) {
    for (auto& item : container.mounts.items) {
      HostPath& host = item.value.host;
      if (!item.IsKnown() || !item.value.IsBind() || host.base != PathBase::kAbsolute) continue;
      if (!is_in(host.path, root) && !is_in(host.path, folder)) continue;
      // A home that is a repository stays a home.
      const auto home = BehindHome(host.path);
      if (home && (*home == "." || FindIn("home", *home) != nullptr)) continue;
      host.path = base::RelativePath(folder, host.path);
      host.base = PathBase::kProject;
    }
  }
}

}  // namespace cagelint::model
