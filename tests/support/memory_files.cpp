#include "tests/support/memory_files.h"

#include <algorithm>

namespace cagelint::test {
namespace {

constexpr int kMostLinks = 40;  // as Linux counts

std::string Absolute(std::string_view path) {
  return base::JoinPath(MemoryFiles::kWorkingDirectory, path);
}

std::string Below(const std::string& directory) {
  return directory == "/" ? directory : directory + "/";
}

}  // namespace

void MemoryFiles::Add(std::string_view path, std::string bytes) {
  (*entries_)[Absolute(path)].result.bytes = std::move(bytes);
}

void MemoryFiles::AddSpecial(std::string_view path) {
  Entry& entry = (*entries_)[Absolute(path)];
  entry.kind = base::FileKind::kOther;
  entry.result = {base::ReadFailure::kNotRegular, {}, "is a FIFO, not a regular file"};
}

void MemoryFiles::AddFailing(std::string_view path, base::ReadFailure failure,
                             std::string message) {
  (*entries_)[Absolute(path)].result = {failure, {}, std::move(message)};
}

void MemoryFiles::AddLink(std::string_view path, std::string_view target) {
  const std::string link = Absolute(path);
  (*entries_)[link].link = base::JoinPath(base::DirectoryOf(link), target);
}

// `path`, absolute, with every symlink on the way replaced; "" for a loop.
std::string MemoryFiles::Resolve(const Entries& entries, std::string_view path) {
  std::string rest = Absolute(path);
  std::string at = "/";
  for (int links = 0; links < kMostLinks;) {
    const std::size_t slash = rest.find_first_not_of('/');
    if (slash == std::string::npos) return at;
    const std::size_t end = std::min(rest.find('/', slash), rest.size());
    at = Below(at) + rest.substr(slash, end - slash);
    rest.erase(0, end);
    const auto found = entries.find(at);
    if (found == entries.end() || found->second.link.empty()) continue;
    rest = found->second.link + rest;
    at = "/";
    ++links;
  }
  return "";
}

base::FileKind MemoryFiles::KindOf(const Entries& entries, const std::string& resolved) {
  if (resolved.empty()) return base::FileKind::kMissing;
  const auto found = entries.find(resolved);
  if (found != entries.end()) return found->second.kind;
  const std::string prefix = Below(resolved);
  const auto inside = entries.lower_bound(prefix);
  const bool exists = inside != entries.end() && inside->first.starts_with(prefix);
  return exists || resolved == kWorkingDirectory ? base::FileKind::kDirectory
                                                 : base::FileKind::kMissing;
}

base::FileSystem MemoryFiles::System() const {
  const std::shared_ptr<const Entries> entries = entries_;
  base::FileSystem system;
  system.working_directory = kWorkingDirectory;
  system.kind = [entries](const std::string& path) {
    return KindOf(*entries, Resolve(*entries, path));
  };
  system.is_link = [entries](const std::string& path) {
    const std::string name = Absolute(path);
    const auto found = entries->find(
        base::JoinPath(Resolve(*entries, base::DirectoryOf(name)), base::NameOf(name)));
    return found != entries->end() && !found->second.link.empty();
  };
  system.read = [entries](const std::string& path) -> base::ReadResult {
    const std::string resolved = Resolve(*entries, path);
    const auto found = entries->find(resolved);
    if (found != entries->end()) return found->second.result;
    if (KindOf(*entries, resolved) == base::FileKind::kDirectory)
      return {base::ReadFailure::kNotRegular, {}, "is a directory, not a regular file"};
    return {base::ReadFailure::kMissing, {}, "no such file"};
  };
  system.list = [entries](const std::string& path) -> base::Result<std::vector<std::string>> {
    const std::string resolved = Resolve(*entries, path);
    if (KindOf(*entries, resolved) != base::FileKind::kDirectory)
      return base::Error{"no such file"};
    const std::string prefix = Below(resolved);
    std::set<std::string> names;
    for (auto at = entries->lower_bound(prefix);
         at != entries->end() && at->first.starts_with(prefix); ++at) {
      const std::string below = at->first.substr(prefix.size());
      names.insert(below.substr(0, below.find('/')));
    }
    return std::vector<std::string>(names.begin(), names.end());
  };
  system.resolve = [entries](const std::string& path) {
    const std::string resolved = Resolve(*entries, path);
    return KindOf(*entries, resolved) == base::FileKind::kMissing ? "" : resolved;
  };
  return system;
}

}  // namespace cagelint::test
