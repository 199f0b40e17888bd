#include "linter/base/files.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linter/base/byte_gate.h"
#include "linter/base/folder.h"
#include "linter/base/text.h"

namespace cagelint::base {
namespace {

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  int Get() const { return fd_; }

 private:
  int fd_;
};

ReadResult Failed(ReadFailure failure, std::string message) {
  return {failure, {}, std::move(message)};
}

ReadResult FailedWith(int error) {
  if (error == ENOENT || error == ENOTDIR) return Failed(ReadFailure::kMissing, "no such file");
  if (error == EACCES || error == EPERM) return Failed(ReadFailure::kDenied, "permission denied");
  if (error == ELOOP) return Failed(ReadFailure::kIo, "too many symbolic links");
  return Failed(ReadFailure::kIo, base::ToLower(std::strerror(error)));
}

std::string NameOfMode(mode_t mode) {
  if (S_ISDIR(mode)) return "is a directory, not a regular file";
  if (S_ISFIFO(mode)) return "is a FIFO, not a regular file";
  if (S_ISSOCK(mode)) return "is a socket, not a regular file";
  return "is a device, not a regular file";
}

ReadResult ReadReal(const std::string& path) {
  struct stat info {};
  // Asked before opening, because opening some devices has effects; asked again afterwards, because
  // what the name stands for may have changed in between.
  if (stat(path.c_str(), &info) != 0) return FailedWith(errno);
  if (!S_ISREG(info.st_mode)) return Failed(ReadFailure::kNotRegular, NameOfMode(info.st_mode));
  const Descriptor file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  if (file.Get() < 0) return FailedWith(errno);
  if (fstat(file.Get(), &info) != 0) return FailedWith(errno);
  if (!S_ISREG(info.st_mode)) return Failed(ReadFailure::kNotRegular, NameOfMode(info.st_mode));
  if (static_cast<std::size_t>(info.st_size) > kLargestFile)
    return Failed(ReadFailure::kTooLarge, "is larger than the limit of 8 MiB");
  ReadResult result;
  // One byte more than promised: files in /proc say 0, and a file may grow while it is read.
  std::size_t room = static_cast<std::size_t>(info.st_size) + 1;
  for (;;) {
    const std::size_t at = result.bytes.size();
    result.bytes.resize(at + room);
    const ssize_t got = ::read(file.Get(), result.bytes.data() + at, room);
    if (got < 0 && errno != EINTR) return FailedWith(errno);
    const auto read = static_cast<std::size_t>(std::max<ssize_t>(got, 0));
    result.bytes.resize(at + read);
    if (got == 0) return result;
    if (result.bytes.size() > kLargestFile)
      return Failed(ReadFailure::kTooLarge, "is larger than the limit of 8 MiB");
    // What is left of the room is mostly enough to see the end; more would stay with the text.
    constexpr std::size_t kBlock = 65536;
    room = read < room ? room - read : kBlock;
  }
}

FileKind KindReal(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0)
    return errno == EACCES ? FileKind::kDenied : FileKind::kMissing;
  if (S_ISREG(info.st_mode)) return FileKind::kRegular;
  return S_ISDIR(info.st_mode) ? FileKind::kDirectory : FileKind::kOther;
}

bool IsLinkReal(const std::string& path) {
  struct stat info {};
  return lstat(path.c_str(), &info) == 0 && S_ISLNK(info.st_mode);
}

Result<std::vector<std::string>> ListReal(const std::string& path) {
  DIR* directory = opendir(path.c_str());
  if (directory == nullptr) return Error{FailedWith(errno).message};
  std::vector<std::string> names;
  while (const dirent* entry = readdir(directory)) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") names.emplace_back(name);
  }
  closedir(directory);
  std::sort(names.begin(), names.end());
  return names;
}

std::string ResolveReal(const std::string& path) {
  char* resolved = realpath(path.c_str(), nullptr);
  if (resolved == nullptr) return "";
  std::string out = resolved;
  std::free(resolved);
  return out;
}

}  // namespace

FileSystem RealFiles() {
  std::error_code ignored;
  std::string here = std::filesystem::current_path(ignored).string();
  return {ReadReal,    KindReal,      IsLinkReal, ListReal, here.empty() ? "/" : here,
          ResolveReal, OpenRealFolder};
}

namespace {

// Most paths are clean already. "../x" is too, and counts as if it was not.
bool IsClean(std::string_view path) {
  if (path.empty() || path.ends_with('/')) return false;
  for (std::size_t at = path.starts_with('/') ? 1 : 0; at <= path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    if (part.empty() || part == "." || part == "..") return false;
    at = end + 1;
  }
  return true;
}

}  // namespace

std::string CleanPath(std::string_view path) {
  if (IsClean(path)) return std::string(path);
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> kept;
  for (const std::string_view part : Split(path, '/')) {
    if (part.empty() || part == ".") continue;
    if (part == ".." && !kept.empty() && kept.back() != "..") {
      kept.pop_back();
    } else if (part != ".." || !absolute) {
      kept.push_back(part);
    }
  }
  std::string out = absolute ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) out += '/';
    out += kept[i];
  }
  return out.empty() ? "." : out;
}

std::string JoinPath(std::string_view directory, std::string_view path) {
  if (path.starts_with('/') || directory.empty()) return CleanPath(path);
  return CleanPath(std::string(directory) + "/" + std::string(path));
}

std::string JoinShown(std::string_view path, std::string_view name) {
  if (path == ".") return std::string(name);
  return std::string(path) + (path.ends_with('/') ? "" : "/") + std::string(name);
}

std::string ShownPath(std::string_view path, std::string_view working_directory) {
  std::string clean = CleanPath(path);
  if (clean == working_directory) return ".";
  const std::string inside = working_directory == "/" ? "/" : std::string(working_directory) + "/";
  return clean.starts_with(inside) && clean != "/" ? clean.substr(inside.size()) : clean;
}

std::string RelativePath(std::string_view directory, std::string_view path) {
  std::vector<std::string_view> from = Split(directory.substr(1), '/');
  if (directory == "/") from.clear();
  const std::vector<std::string_view> to = Split(path.substr(1), '/');
  const auto parted = std::mismatch(from.begin(), from.end(), to.begin(), to.end());
  std::string out;
  for (auto part = parted.first; part != from.end(); ++part) out += "../";
  for (auto part = parted.second; part != to.end(); ++part) out += std::string(*part) + "/";
  if (!out.empty()) out.pop_back();
  return out.empty() ? "." : out;
}

std::string_view DirectoryOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return {};
  return slash == 0 ? path.substr(0, 1) : path.substr(0, slash);
}

std::string_view NameOf(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

}  // namespace cagelint::base
