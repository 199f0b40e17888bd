#include "linter/cli/terminal.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "linter/base/byte_gate.h"
#include "linter/base/text.h"
#include "linter/output/wording.h"

namespace cagelint::cli {
namespace {

constexpr std::size_t kBlock = 65536;

// 0, or the error number.
int WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

std::string Reason(int error) { return base::ToLower(std::strerror(error)); }

}  // namespace

bool Print(std::string_view bytes) {
  const int error = WriteAll(STDOUT_FILENO, bytes);
  if (error == 0 || error == EPIPE) return true;
  Complain("standard output: " + Reason(error));
  return false;
}

void Complain(std::string_view message) {
  // Nothing is left to be done where standard error is closed as well.
  static_cast<void>(WriteAll(
      STDERR_FILENO, output::WithoutRunnerCommands("cagelint: " + base::Escape(message) + "\n")));
}

int Fail(std::string_view message) {
  Complain(message);
  return kFailed;
}

int UsageError(std::string_view command, std::string_view message) {
  Complain(message);
  const std::string name = command.empty() ? "cagelint" : "cagelint " + std::string(command);
  Complain("`" + name + " --help` shows what it takes");
  return kFailed;
}

bool WantsColor() {
  const auto variable = [](const char* name) {
    const char* value = std::getenv(name);
    return std::string_view(value == nullptr ? "" : value);
  };
  return isatty(STDOUT_FILENO) == 1 && variable("NO_COLOR").empty() && variable("TERM") != "dumb";
}

base::Result<std::string> ReadStandardInput() {
  std::string bytes;
  while (bytes.size() <= base::kLargestFile) {
    const std::size_t at = bytes.size();
    const std::size_t room = std::min(kBlock, base::kLargestFile + 1 - at);
    bytes.resize(at + room);
    const ssize_t got = read(STDIN_FILENO, bytes.data() + at, room);
    if (got < 0 && errno != EINTR) return base::Error{"standard input: " + Reason(errno)};
    bytes.resize(at + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (got == 0) break;
  }
  return bytes;
}

OutputFile::OutputFile(std::string path, int descriptor, bool is_new)
    : path_(std::move(path)), descriptor_(descriptor), is_new_(is_new) {}

OutputFile::OutputFile(OutputFile&& other) noexcept
    : path_(std::move(other.path_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      is_new_(other.is_new_),
      begun_(other.begun_) {}

OutputFile::~OutputFile() {
  if (descriptor_ < 0) return;
  if (is_new_ && !begun_) unlink(path_.c_str());
  close(descriptor_);
}

base::Result<OutputFile> OutputFile::Open(const std::string& path) {
  constexpr int kFlags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY;
  int descriptor = open(path.c_str(), kFlags | O_EXCL, 0666);
  const bool is_new = descriptor >= 0;
  if (!is_new) descriptor = open(path.c_str(), kFlags, 0666);
  if (descriptor < 0) return base::Error{"--output " + path + ": " + Reason(errno)};
  return OutputFile(path, descriptor, is_new);
}

bool OutputFile::Append(std::string_view bytes) {
  struct stat info {};
  // A pipe or a device has nothing to be replaced.
  const bool regular = !begun_ && fstat(descriptor_, &info) == 0 && S_ISREG(info.st_mode);
  begun_ = true;
  int error = regular && ftruncate(descriptor_, 0) != 0 ? errno : 0;
  if (error == 0) error = WriteAll(descriptor_, bytes);
  if (error == 0 || error == EPIPE) return true;
  Complain("--output " + path_ + ": " + Reason(error));
  return false;
}

}  // namespace cagelint::cli
