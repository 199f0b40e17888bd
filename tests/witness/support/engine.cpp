#include "tests/witness/support/engine.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "linter/base/text.h"
#include "tests/witness/support/machine.h"

namespace cagelint::test {
namespace {

constexpr int kSectionSeconds = 60;
constexpr int kSetUpSeconds = 120;
constexpr int kStartSeconds = 60;
constexpr int kStopSeconds = 30;
constexpr int kEngineFailed = 3;  // of image.sh
constexpr rlim_t kMostFileBytes = 512 << 20;
constexpr rlim_t kMostProcesses = 2000;
constexpr const char* kSupport = CAGELINT_SOURCE_DIR "/tests/witness/support/";

std::string MissingHere() {
  if (geteuid() != 0) return "this needs root";
  for (const char* name : {"dockerd", "docker", "runc", "containerd"})
    if (!HasProgram(name)) return std::string("no ") + name + " (Debian's docker.io)";
  if (!IsStaticProgram("/bin/busybox")) return "no static /bin/busybox (Debian's busybox-static)";
  return "";
}

void Write(const std::string& path, const std::string& bytes, mode_t mode) {
  std::ofstream(path, std::ios::binary) << bytes;
  chmod(path.c_str(), mode);
}

void Pause() { std::this_thread::sleep_for(std::chrono::milliseconds(50)); }

// Whether the process ended within so many seconds; then it is no longer there.
bool EndsWithin(pid_t pid, int seconds) {
  for (int i = 0; i < seconds * 20; ++i) {
    if (waitpid(pid, nullptr, WNOHANG) == pid) return true;
    Pause();
  }
  return false;
}

}  // namespace

void PrivateEngine::Start() {
  missing_ = MissingHere();
  if (!missing_.empty()) return;
  std::string name = (std::filesystem::temp_directory_path() / "cagelint-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) {
    unable_ = "no temporary folder";
    return;
  }
  root_ = name;
  chmod(root_.c_str(), 0755);  // other users in containers get to the binds
  unable_ = SeparateMounts(root_);
  if (!unable_.empty()) return;
  Launch();
  if (!AwaitReady()) {
    unable_ = "dockerd does not start: " + LogEnd();
    return;
  }
  const Ran made = Shell("sh " + base::ShellQuote(std::string(kSupport) + "image.sh") + " " +
                             base::ShellQuote(At("image")) + " " CAGELINT_WITNESS_PROGRAMS,
                         root_, kSetUpSeconds);
  const Ran ran = Shell("docker run --rm --network none probe:1 true", root_, kSetUpSeconds);
  if (made.exit != 0) (made.exit == kEngineFailed ? unable_ : broken_) = "no image: " + made.out;
  if (made.exit == 0 && ran.exit != 0) unable_ = "no container can be started: " + ran.out;
}

void PrivateEngine::Launch() {
  std::string options;
  const auto missing = MissingCapabilities();
  if (!missing.empty()) {
    std::string names;
    for (const std::string& one : missing) names += one + " ";
    Write(At("runtime"),
          "#!/bin/sh\nmissing='" + names + "'\n. " +
              base::ShellQuote(std::string(kSupport) + "runtime.sh") + "\n",
          0755);
    options = " --add-runtime witness=" + At("runtime") + " --default-runtime witness";
  }
  const std::string command = "exec dockerd --data-root " + At("data") + " --exec-root " +
                              At("exec") + " --pidfile " + At("pid") + " -H unix://" +
                              At("socket") +
                              " --bridge=none --iptables=false --ip6tables=false"
                              " --storage-driver=vfs" +
                              options + " > " + At("log") + " 2>&1 < /dev/null";
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ != 0) return;
  // Ends with the test, however that ends.
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != parent) _exit(1);
  // Its containers inherit these; root is not bound by the number of its processes.
  const rlimit file_size{kMostFileBytes, kMostFileBytes};
  const rlimit processes{kMostProcesses, kMostProcesses};
  setrlimit(RLIMIT_FSIZE, &file_size);
  setrlimit(RLIMIT_NPROC, &processes);
  execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
  _exit(127);
}

bool PrivateEngine::AwaitReady() {
  for (int i = 0; i < kStartSeconds * 20; ++i) {
    if (waitpid(pid_, nullptr, WNOHANG) == pid_) {
      pid_ = -1;
      return false;
    }
    if (access(At("socket").c_str(), F_OK) == 0 &&
        Shell("docker version", root_, kStartSeconds).exit == 0)
      return true;
    Pause();
  }
  return false;
}

std::string PrivateEngine::LogEnd() const {
  constexpr std::size_t kMost = 2000;
  const std::string log = ReadBytes(At("log"));
  return log.substr(log.size() > kMost ? log.size() - kMost : 0);
}

Ran PrivateEngine::Shell(const std::string& script, const std::string& folder, int seconds) const {
  const Scratch results;
  const std::string body = results.Write("script", script);
  const std::string home = results.At("home/.docker/config.json");  // there is none: its folder is
  // Apart: the client passes both on as they come, and a line of one may stand within the other's.
  const std::string out = results.At("out");
  const std::string errors = results.At("errors");
  // Blocks of 512 bytes: what a section writes itself ends at 32 MB.
  const std::string command =
      "cd " + base::ShellQuote(folder) + " && ulimit -f 65536 && exec env -i PATH=\"$PATH\" HOME=" +
      base::ShellQuote(results.At("home")) + " PWD=" + base::ShellQuote(folder) +
      " DOCKER_HOST=unix://" + At("socket") + " DOCKER_BUILDKIT=0 timeout -k 2 " +
      std::to_string(seconds) + " sh -eu " + base::ShellQuote(body) + " < /dev/null > " +
      base::ShellQuote(out) + " 2> " + base::ShellQuote(errors);
  const int status = std::system(command.c_str());
  Ran ran;
  ran.exit = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  ran.out = ReadBytes(out) + ReadBytes(errors);
  return ran;
}

Ran PrivateEngine::Run(const std::string& script) {
  const std::string folder = At("work");
  std::filesystem::create_directory(folder);
  Ran ran = Shell(script, folder, kSectionSeconds);
  const Ran tidied = Shell(ReadBytes(std::string(kSupport) + "tidy.sh"), root_, kSetUpSeconds);
  if (tidied.exit != 0) ran.err = tidied.out;
  ran.err += RemoveTree(folder);
  return ran;
}

std::string PrivateEngine::Stop() {
  if (pid_ > 0) {
    kill(pid_, SIGTERM);
    if (!EndsWithin(pid_, kStopSeconds)) {
      kill(pid_, SIGKILL);
      waitpid(pid_, nullptr, 0);
    }
    pid_ = -1;
  }
  const std::string left = root_.empty() ? "" : RemoveTree(root_);
  root_.clear();
  return left;
}

}  // namespace cagelint::test
