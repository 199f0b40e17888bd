#include "linter/base/write_file.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "linter/base/files.h"
#include "linter/base/text.h"

namespace cagelint::base {
namespace {

using Failure = std::optional<Error>;

Error Failed(const std::string& what, int error) {
  return {what + ": " + ToLower(std::strerror(error))};
}

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

// Somebody who interrupts the program gets no file left over.
class SignalsHeld {
 public:
  SignalsHeld() {
    sigset_t held;
    sigemptyset(&held);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) sigaddset(&held, signal);
    pthread_sigmask(SIG_BLOCK, &held, &before_);
  }
  SignalsHeld(const SignalsHeld&) = delete;
  SignalsHeld& operator=(const SignalsHeld&) = delete;
  ~SignalsHeld() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }

 private:
  sigset_t before_{};
};

// The absolute path without any symlink; "" where there is nothing (errno says why).
std::string Real(const std::string& path) {
  const std::unique_ptr<char, void (*)(void*)> real(realpath(path.c_str(), nullptr), std::free);
  return real == nullptr ? "" : real.get();
}

bool IsBelow(const std::string& path, const std::string& folder) {
  return folder == "/" || path.starts_with(folder + "/");
}

// Where the bytes of `path` stand, and whether they may be changed there.
Result<std::string> Target(const std::string& path, const std::string& working_directory) {
  const std::string full = JoinPath(working_directory, path);
  const std::string target = Real(full);
  if (target.empty()) return Failed("cannot be found", errno);
  const bool inside = IsBelow(full, working_directory);
  const std::string tree = Real(inside ? working_directory : std::string(DirectoryOf(full)));
  if (!IsBelow(target, tree)) return Error{"is a symlink that leads out of the working tree"};
  return target;
}

class Replacement {
 public:
  Replacement(std::string target, std::string_view before, std::string_view after, WriteHook hook)
      : name_(NameOf(target)),
        folder_(open(std::string(DirectoryOf(target)).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)),
        before_(before),
        after_(after),
        hook_(hook) {}
  Replacement(const Replacement&) = delete;
  Replacement& operator=(const Replacement&) = delete;
  ~Replacement() {
    if (!temporary_.empty()) unlinkat(folder_.Get(), temporary_.c_str(), 0);
  }

  Failure Do() {
    if (folder_.Get() < 0) return Failed("its folder cannot be opened", errno);
    const Descriptor old(openat(folder_.Get(), name_.c_str(), kReading));
    if (old.Get() < 0 || fstat(old.Get(), &old_) != 0) return Failed("cannot be read", errno);
    if (!S_ISREG(old_.st_mode)) return Error{"is not a regular file"};
    if (old_.st_nlink > 1) return Error{"has a second name (a hard link), which would not follow"};
    if (auto failure = Create()) return failure;
    Done(WriteStep::kCreated);
    const Descriptor file(std::exchange(created_, -1));
    if (auto failure = Fill(file.Get(), old.Get())) return failure;
    Done(WriteStep::kWritten);
    if (fsync(file.Get()) != 0) return Failed("cannot be written", errno);
    Done(WriteStep::kSynced);
    if (auto failure = Compare()) return failure;
    Done(WriteStep::kCompared);
    if (renameat(folder_.Get(), temporary_.c_str(), folder_.Get(), name_.c_str()) != 0)
      return Failed("cannot be replaced", errno);
    temporary_.clear();
    Done(WriteStep::kRenamed);
    // Some file systems cannot do that to a folder; the file is whole all the same.
    static_cast<void>(fsync(folder_.Get()));
    Done(WriteStep::kFolderSynced);
    return std::nullopt;
  }

 private:
  static constexpr int kReading = O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK | O_NOCTTY;

  void Done(WriteStep step) const {
    if (hook_ != nullptr) hook_(step);
  }

  // A name that nobody can foresee, so that nobody can have put something there.
  Failure Create() {
    for (int tries = 0; tries < 16; ++tries) {
      std::array<unsigned char, 8> random{};
      if (getrandom(random.data(), random.size(), 0) < 0) return Failed("no random bytes", errno);
      std::string name = ".cagelint-";
      for (const unsigned char byte : random) {
        name += "0123456789abcdef"[byte >> 4U];
        name += "0123456789abcdef"[byte & 15U];
      }
      constexpr int kNew = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
      created_ = openat(folder_.Get(), name.c_str(), kNew, 0600);
      if (created_ >= 0) {
        temporary_ = std::move(name);
        return std::nullopt;
      }
      if (errno != EEXIST) return Failed("no file can be made beside it", errno);
    }
    return Error{"no file can be made beside it"};
  }

  Failure Fill(int file, int old) const {
    for (std::string_view rest = after_; !rest.empty();) {
      const ssize_t written = write(file, rest.data(), rest.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return Failed("cannot be written", errno);
      rest.remove_prefix(static_cast<std::size_t>(written));
    }
    struct stat made {};
    if (fstat(file, &made) != 0) return Failed("cannot be written", errno);
    const bool same_owner = made.st_uid == old_.st_uid && made.st_gid == old_.st_gid;
    if (!same_owner && fchown(file, old_.st_uid, old_.st_gid) != 0)
      return Failed("its owner cannot be kept", errno);
    CopyAttributes(old, file);
    // Behind the owner: a change of that takes set-id bits away.
    if (fchmod(file, old_.st_mode & 07777U) != 0) return Failed("its mode cannot be kept", errno);
    return std::nullopt;
  }

  // Access lists and labels. Not every file system has them, and not every one can be copied by
  // everybody; those that the system gives to a new file by itself are right already.
  static void CopyAttributes(int from, int to) {
    const ssize_t size = flistxattr(from, nullptr, 0);
    if (size <= 0) return;
    std::vector<char> names(static_cast<std::size_t>(size));
    const ssize_t got = flistxattr(from, names.data(), names.size());
    for (ssize_t at = 0; at < got;) {
      const char* name = names.data() + at;
      std::array<char, 4096> value{};
      const ssize_t length = fgetxattr(from, name, value.data(), value.size());
      if (length >= 0)
        static_cast<void>(fsetxattr(to, name, value.data(), static_cast<std::size_t>(length), 0));
      at += static_cast<ssize_t>(std::strlen(name)) + 1;
    }
  }

  // What the name stands for now, which may be another file than a moment ago.
  Failure Compare() const {
    const Descriptor file(openat(folder_.Get(), name_.c_str(), kReading));
    struct stat info {};
    if (file.Get() < 0 || fstat(file.Get(), &info) != 0) return Failed("cannot be read", errno);
    std::string bytes;
    if (S_ISREG(info.st_mode) && static_cast<std::size_t>(info.st_size) == before_.size()) {
      bytes.resize(before_.size() + 1);
      std::size_t at = 0;
      ssize_t got = 0;
      while (at < bytes.size() &&
             ((got = read(file.Get(), bytes.data() + at, bytes.size() - at)) > 0 ||
              (got < 0 && errno == EINTR)))
        at += static_cast<std::size_t>(std::max<ssize_t>(got, 0));
      bytes.resize(at);
    }
    const bool same = S_ISREG(info.st_mode) && bytes == before_ && info.st_ino == old_.st_ino &&
                      info.st_dev == old_.st_dev;
    if (!same) return Error{"has changed since it was read"};
    return std::nullopt;
  }

  std::string name_;
  Descriptor folder_;
  std::string_view before_, after_;
  WriteHook hook_;
  struct stat old_ {};
  std::string temporary_;  // the name of the new file while it is there
  int created_ = -1;
};

}  // namespace

std::string FileIdentity(const std::string& path) {
  struct stat info {};
  if (stat(path.c_str(), &info) != 0) return "";
  return std::to_string(info.st_dev) + ":" + std::to_string(info.st_ino);
}

std::optional<Error> ReplaceFile(const std::string& path, std::string_view before,
                                 std::string_view after, const std::string& working_directory,
                                 WriteHook hook) {
  auto target = Target(path, working_directory);
  if (!target.Ok()) return Error{target.Message()};
  const SignalsHeld held;
  return Replacement(std::move(target).Value(), before, after, hook).Do();
}

}  // namespace cagelint::base
