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

const MemoryFiles::Entry* MemoryFiles::Follow(const Entries& entries, std::string path) {
  for (int links = 0; links < kMostLinks; ++links) {
    const auto found = entries.find(path);
    if (found == entries.end()) return nullptr;
    if (found->second.link.empty()) return &found->second;
    path = found->second.link;
  }
  return nullptr;
}

base::FileKind MemoryFiles::KindOf(const Entries& entries, const std::string& path) {
  std::string at = path;
  for (int links = 0; links < kMostLinks; ++links) {
    const auto found = entries.find(at);
    if (found == entries.end()) break;
    if (found->second.link.empty()) return found->second.kind;
    at = found->second.link;
  }
  const std::string prefix = Below(at);
  const auto inside = entries.lower_bound(prefix);
  const bool exists = inside != entries.end() && inside->first.starts_with(prefix);
  return exists || at == kWorkingDirectory ? base::FileKind::kDirectory : base::FileKind::kMissing;
}

base::FileSystem MemoryFiles::System() const {
  const std::shared_ptr<const Entries> entries = entries_;
  base::FileSystem system;
  system.working_directory = kWorkingDirectory;
  system.kind = [entries](const std::string& path) { return KindOf(*entries, Absolute(path)); };
  system.is_link = [entries](const std::string& path) {
    const auto found = entries->find(Absolute(path));
    return found != entries->end() && !found->second.link.empty();
  };
  system.read = [entries](const std::string& path) -> base::ReadResult {
    if (const Entry* entry = Follow(*entries, Absolute(path))) return entry->result;
    if (KindOf(*entries, Absolute(path)) == base::FileKind::kDirectory)
      return {base::ReadFailure::kNotRegular, {}, "is a directory, not a regular file"};
    return {base::ReadFailure::kMissing, {}, "no such file"};
  };
  system.list = [entries](const std::string& path) -> base::Result<std::vector<std::string>> {
    if (KindOf(*entries, Absolute(path)) != base::FileKind::kDirectory)
      return base::Error{"no such file"};
    const std::string prefix = Below(Absolute(path));
    std::set<std::string> names;
    for (auto at = entries->lower_bound(prefix);
         at != entries->end() && at->first.starts_with(prefix); ++at)
      names.insert(
          at->first.substr(prefix.size(), at->first.find('/', prefix.size()) - prefix.size()));
    return std::vector<std::string>(names.begin(), names.end());
  };
  return system;
}

}  // namespace cagelint::test
