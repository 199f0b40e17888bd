#include "linter/driver/walk.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <map>

#include "linter/base/text.h"
#include "linter/input/reader.h"

namespace cagelint::driver {
namespace {

// Deeper than any real tree; ends a loop that a bind mount makes.
constexpr int kDeepest = 64;
constexpr std::size_t kMostFiles = 1'000'000;

bool IsSkippedDirectory(std::string_view name) {
  constexpr std::array<std::string_view, 12> kHiddenButLinted{
      ".amazonq", ".claude", ".codex", ".cursor", ".devcontainer", ".gemini",
      ".github",  ".gitlab", ".kiro",  ".roo",    ".vscode",       ".zed"};
  if (name == "node_modules") return true;
  return name.starts_with('.') && std::find(kHiddenButLinted.begin(), kHiddenButLinted.end(),
                                            name) == kHiddenButLinted.end();
}

// Whether a walk of the working directory would not come to `path`. Of what lies elsewhere nobody
// can say where the walk would have begun.
bool IsInSkippedDirectory(std::string_view path, base::FileKind kind) {
  std::vector<std::string_view> parts = base::Split(path, '/');
  if (parts.front().empty() || parts.front() == ".." || parts.front() == ".") return false;
  if (kind != base::FileKind::kDirectory) parts.pop_back();
  return std::any_of(parts.begin(), parts.end(), IsSkippedDirectory);
}

class Walker {
 public:
  Walker(const base::FileSystem& files, engine::Report& report) : files_(files), report_(report) {}

  void Directory(const std::string& path, int depth) {
    if (depth > kDeepest || found_.size() > kMostFiles) return Stop(path);
    auto names = files_.list(path);
    if (!names.Ok()) return Unreadable(path, names.Message(), depth == 0);
    for (const std::string& name : names.Value()) {
      const std::string child = path == "." ? name : (path == "/" ? "" : path) + "/" + name;
      switch (files_.kind(child)) {
        case base::FileKind::kDirectory:
          if (!IsSkippedDirectory(name) && !files_.is_link(child)) Directory(child, depth + 1);
          break;
        case base::FileKind::kRegular:
        case base::FileKind::kOther:
          found_.push_back({child, false});
          break;
        case base::FileKind::kMissing:
          break;  // vanished, or a dangling link
        case base::FileKind::kDenied:
          // So is all that stands beside it, unless it is a link.
          if (files_.is_link(child)) break;
          return Unreadable(path, "permission denied", depth == 0);
      }
    }
  }

  std::vector<WalkedFile>& Found() { return found_; }

 private:
  void Stop(const std::string& path) {
    Gap("limit-reached", "more than 1,000,000 files or 64 folders deep: not looked at", path);
  }
  void Unreadable(const std::string& path, const std::string& message, bool named) {
    if (named) {
      report_.errors.push_back(path + ": " + message);
    } else {
      Gap("unreadable-file", message, path);
    }
  }
  void Gap(std::string kind, std::string message, const std::string& path) {
    diagnostic::Gap gap;
    gap.kind = std::move(kind);
    gap.message = std::move(message);
    gap.path = path;
    report_.gaps.push_back(std::move(gap));
  }

  const base::FileSystem& files_;
  engine::Report& report_;
  std::vector<WalkedFile> found_;
};

}  // namespace

std::vector<WalkedFile> Walk(const std::vector<std::string>& paths, bool as_walked,
                             const base::FileSystem& files, engine::Report& report) {
  Walker walker(files, report);
  for (const std::string& named : paths) {
    const std::string path = base::ShownPath(named, files.working_directory);
    const base::FileKind kind = files.kind(path);
    if (as_walked && IsInSkippedDirectory(path, kind)) continue;
    if (kind == base::FileKind::kDirectory) {
      walker.Directory(path, 0);
    } else {
      // What is not there was not met: somebody got its name wrong.
      walker.Found().push_back({path, !as_walked || kind == base::FileKind::kMissing});
    }
  }
  // A file that is named, or reached, twice is linted once.
  std::vector<WalkedFile> once;
  std::map<std::string, std::size_t, std::less<>> seen;
  for (WalkedFile& file : walker.Found()) {
    const auto [place, is_new] = seen.emplace(file.path, once.size());
    if (is_new) {
      once.push_back(std::move(file));
    } else {
      once[place->second].named |= file.named;
    }
  }
  return once;
}

bool IsComposeName(std::string_view path) {
  const std::string_view name = base::NameOf(path);
  const bool yaml = name.ends_with(".yaml") || name.ends_with(".yml");
  return yaml && name.find("compose") != std::string_view::npos;
}

bool IsLikelyInput(std::string_view path, std::string_view bytes) {
  const std::string_view name = base::NameOf(path);
  constexpr std::array<std::string_view, 5> kScripts{".sh", ".bash", ".zsh", ".ksh", ".dash"};
  for (const std::string_view suffix : kScripts)
    if (name.ends_with(suffix)) return true;
  if (IsComposeName(path)) return true;
  constexpr std::array<std::string_view, 5> kWords{"docker", "podman", "nerdctl",
                                                   "services:", "SCMP_ACT_"};
  std::string narrow;
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
    std::remove_copy(bytes.begin(), bytes.end(), std::back_inserter(narrow), '\0');
    bytes = narrow;
  }
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return bytes.find(word) != std::string_view::npos;
  });
}

bool MayMatter(std::string_view path) {
  const auto readers = input::Readers();
  return std::any_of(readers.begin(), readers.end(),
                     [&](const input::Reader& reader) { return reader.named(path); });
}

}  // namespace cagelint::driver
