#include "linter/base/folder.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linter/base/text.h"

namespace cagelint::base {
namespace {

// Most files are read by one call.
constexpr std::size_t kBlock = 65'536;

void SortByName(std::vector<FolderEntry>& entries) {
  std::sort(entries.begin(), entries.end(),
            [](const FolderEntry& a, const FolderEntry& b) { return a.name < b.name; });
}

EntryKind KindOfMode(mode_t mode) {
  if (S_ISREG(mode)) return EntryKind::kRegular;
  if (S_ISDIR(mode)) return EntryKind::kDirectory;
  return S_ISLNK(mode) ? EntryKind::kLink : EntryKind::kOther;
}

ReadFailure FailureOf(int error) {
  if (error == ENOENT || error == ENOTDIR) return ReadFailure::kMissing;
  if (error == EACCES || error == EPERM) return ReadFailure::kDenied;
  return error == ELOOP ? ReadFailure::kNotRegular : ReadFailure::kIo;
}

std::uint64_t Nanoseconds(const timespec& time) {
  return static_cast<std::uint64_t>(time.tv_sec) * 1'000'000'000U +
         static_cast<std::uint64_t>(time.tv_nsec);
}

FileStamp StampIn(const struct stat& info) {
  return {static_cast<std::uint64_t>(info.st_size), Nanoseconds(info.st_mtim),
          Nanoseconds(info.st_ctim), info.st_ino, info.st_dev};
}

int OpenDirectory(const std::string& path) {
  return open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NONBLOCK);
}

class RealFolder : public Folder {
 public:
  // Takes `descriptor` over.
  explicit RealFolder(int descriptor) : descriptor_(descriptor) {
    ReadEntries();
    SortByName(entries_);
  }
  RealFolder(std::string path, std::vector<FolderEntry> entries) : path_(std::move(path)) {
    entries_ = std::move(entries);
  }
  ~RealFolder() override {
    if (descriptor_ >= 0) close(descriptor_);
  }

  ReadFailure Read(const std::string& name, std::size_t most, std::vector<char>& buffer,
                   std::string_view& bytes) override {
    if (descriptor_ < 0) descriptor_ = OpenDirectory(path_);
    if (descriptor_ < 0) return FailureOf(errno);
    // Neither follows a link nor waits for a FIFO that has come in the place of the file.
    const int file = openat(descriptor_, name.c_str(),
                            O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (file < 0) return FailureOf(errno);
    const ReadFailure failure = ReadOpen(file, most, buffer, bytes);
    close(file);
    return failure;
  }

  std::optional<FileStamp> StampOf(const std::string& name) override {
    struct stat info {};
    // A name is looked up from here in less time than the folder takes to open.
    const int found =
        descriptor_ >= 0
            ? fstatat(descriptor_, name.c_str(), &info, AT_SYMLINK_NOFOLLOW)
            : fstatat(AT_FDCWD, JoinShown(path_, name).c_str(), &info, AT_SYMLINK_NOFOLLOW);
    if (found != 0 || !S_ISREG(info.st_mode)) return std::nullopt;
    return StampIn(info);
  }

  std::optional<FileStamp> OwnStamp() override {
    struct stat info {};
    if (descriptor_ < 0 || fstat(descriptor_, &info) != 0) return std::nullopt;
    return StampIn(info);
  }

 private:
  // As readdir does it, without the three calls by which fdopendir makes sure of a descriptor.
  void ReadEntries() {
    alignas(dirent64) std::array<char, 32'768> block;
    for (ssize_t got = 1; got > 0;) {
      got = getdents64(descriptor_, block.data(), block.size());
      for (ssize_t at = 0; at < got;) {
        const auto* entry = reinterpret_cast<const dirent64*>(block.data() + at);
        at += entry->d_reclen;
        const std::string_view name = entry->d_name;
        if (name != "." && name != "..") entries_.push_back({std::string(name), KindOf(*entry)});
      }
    }
  }

  EntryKind KindOf(const dirent64& entry) {
    switch (entry.d_type) {
      case DT_REG:
        return EntryKind::kRegular;
      case DT_DIR:
        return EntryKind::kDirectory;
      case DT_LNK:
        return EntryKind::kLink;
      case DT_UNKNOWN:
        break;  // some file systems do not say
      default:
        return EntryKind::kOther;
    }
    struct stat info {};
    const bool known = fstatat(descriptor_, entry.d_name, &info, AT_SYMLINK_NOFOLLOW) == 0;
    return known ? KindOfMode(info.st_mode) : EntryKind::kOther;
  }

  static ReadFailure ReadOpen(int file, std::size_t most, std::vector<char>& buffer,
                              std::string_view& bytes) {
    std::size_t at = 0;
    for (;;) {
      if (buffer.size() - at < kBlock) buffer.resize(std::max(buffer.size() * 2, at + kBlock));
      const std::size_t room = buffer.size() - at;
      const ssize_t got = ::read(file, buffer.data() + at, room);
      if (got < 0 && errno == EINTR) continue;
      if (got < 0) return errno == EISDIR ? ReadFailure::kNotRegular : ReadFailure::kIo;
      at += static_cast<std::size_t>(got);
      if (at > most) {
        bytes = std::string_view(buffer.data(), most);
        return ReadFailure::kTooLarge;
      }
      // A regular file gives less than it is asked for at its end only.
      if (static_cast<std::size_t>(got) < room) break;
    }
    bytes = std::string_view(buffer.data(), at);
    return ReadFailure::kNone;
  }

  std::string path_;  // of one that may not be open yet
  int descriptor_ = -1;
};

// Made of the functions of a FileSystem, for those that have no better.
class PlainFolder : public Folder {
 public:
  PlainFolder(std::string path, const FileSystem& files, const std::vector<std::string>& names)
      : path_(std::move(path)), files_(files) {
    for (const std::string& name : names) entries_.push_back({name, KindOf(At(name))});
  }

  ReadFailure Read(const std::string& name, std::size_t most, std::vector<char>& buffer,
                   std::string_view& bytes) override {
    if (files_.is_link(At(name))) return ReadFailure::kNotRegular;
    const ReadResult read = files_.read(At(name));  // has a limit of its own
    if (read.bytes.size() > most) return ReadFailure::kTooLarge;
    if (buffer.size() < read.bytes.size()) buffer.resize(read.bytes.size());
    std::copy(read.bytes.begin(), read.bytes.end(), buffer.begin());
    bytes = std::string_view(buffer.data(), read.bytes.size());
    return read.failure;
  }

  std::optional<FileStamp> StampOf(const std::string&) override { return std::nullopt; }

 private:
  std::string At(const std::string& name) const { return JoinShown(path_, name); }

  EntryKind KindOf(const std::string& path) const {
    if (files_.is_link(path)) return EntryKind::kLink;
    switch (files_.kind(path)) {
      case FileKind::kDirectory:
        return EntryKind::kDirectory;
      case FileKind::kRegular:
        return EntryKind::kRegular;
      default:
        return EntryKind::kOther;
    }
  }

  std::string path_;
  const FileSystem& files_;
};

}  // namespace

Result<std::unique_ptr<Folder>> OpenRealFolder(const std::string& path) {
  const int descriptor = OpenDirectory(path);
  // One that may be read and not searched gives names, and nothing of what they stand for.
  const bool searched = descriptor >= 0 && faccessat(descriptor, ".", X_OK, AT_EACCESS) == 0;
  if (!searched) {
    const int error = errno;
    if (descriptor >= 0) close(descriptor);
    if (error == ENOENT || error == ENOTDIR) return Error{"no such file"};
    return Error{ToLower(std::strerror(error))};
  }
  return std::unique_ptr<Folder>(std::make_unique<RealFolder>(descriptor));
}

std::unique_ptr<Folder> KnownRealFolder(std::string path, std::vector<FolderEntry> entries) {
  return std::make_unique<RealFolder>(std::move(path), std::move(entries));
}

std::optional<FileStamp> StampOfFolder(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0 || !S_ISDIR(info.st_mode)) return std::nullopt;
  return StampIn(info);
}

Result<std::unique_ptr<Folder>> OpenFolder(const std::string& path, const FileSystem& files) {
  if (files.folder != nullptr) return files.folder(path);
  auto names = files.list(path);
  if (!names.Ok()) return Error{names.Message()};
  return std::unique_ptr<Folder>(std::make_unique<PlainFolder>(path, files, names.Value()));
}

}  // namespace cagelint::base
