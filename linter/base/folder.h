// An open folder, for walks over very many files: no path is looked up again for each file, and no
// buffer is made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"

namespace cagelint::base {

// What an entry is itself: a symlink is not followed.
enum class EntryKind : std::uint8_t { kRegular, kDirectory, kLink, kOther };

struct FolderEntry {
  std::string name;
  EntryKind kind = EntryKind::kOther;
};

// What changes when a file does.
struct FileStamp {
  std::uint64_t size = 0;
  std::uint64_t modified = 0;  // nanoseconds since 1970
  std::uint64_t changed = 0;   // likewise; nobody but the clock sets it
  std::uint64_t inode = 0;
  std::uint64_t device = 0;

  auto operator<=>(const FileStamp&) const = default;
};

// Belongs to one thread.
class Folder {
 public:
  Folder() = default;
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  virtual ~Folder() = default;

  // Sorted by name, without "." and "..".
  const std::vector<FolderEntry>& Entries() const { return entries_; }
  // The bytes of a regular file, at most `most`. They stand in `buffer`, which only grows,
  // until it is used again; of a file that is larger they are the first ones. A symlink is refused,
  // and so is what is no regular file.
  virtual ReadFailure Read(const std::string& name, std::size_t most, std::vector<char>& buffer,
                           std::string_view& bytes) = 0;
  // Nothing where there is no such file.
  virtual std::optional<FileStamp> StampOf(const std::string& name) = 0;
  // Of the folder itself. Nothing where that is not known.
  virtual std::optional<FileStamp> OwnStamp() { return std::nullopt; }

 protected:
  std::vector<FolderEntry> entries_;
};

// `path` through `files.folder` where there is such a function, otherwise through the others.
Result<std::unique_ptr<Folder>> OpenFolder(const std::string& path, const FileSystem& files);

// The real one.
Result<std::unique_ptr<Folder>> OpenRealFolder(const std::string& path);
// The same with entries that are known already: it is not opened before something is read.
std::unique_ptr<Folder> KnownRealFolder(std::string path, std::vector<FolderEntry> entries);
// What OwnStamp of the real folder would be. Nothing where there is none.
std::optional<FileStamp> StampOfFolder(const std::string& path);

}  // namespace cagelint::base
