#include "tests/oracle/profile_filter.h"

#include <cctype>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include <fcntl.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef CAGELINT_LIBSECCOMP
#include <seccomp.h>
#endif

namespace cagelint::test {
namespace {

// Whatever the kernel says to a child that cannot be what it should be.
constexpr int kNotStarted = 126;

bool Load(const BuiltFilter& filter) {
  sock_fprog program{static_cast<unsigned short>(filter.instructions.size()),
                     const_cast<sock_filter*>(filter.instructions.data())};
  return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
         syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) == 0;
}

int StatusOf(int status) {
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

// The exit code of a child that leads a group of its own.
int WaitFor(pid_t child) {
  constexpr auto kMost = std::chrono::minutes(2);
  const auto begin = std::chrono::steady_clock::now();
  int status = 0;
  while (waitpid(child, &status, WNOHANG) == 0) {
    if (std::chrono::steady_clock::now() - begin > kMost) kill(-child, SIGKILL);
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  kill(-child, SIGKILL);  // what it left behind
  return StatusOf(status);
}

void Redirect(const char* path, int flags, int descriptor) {
  const int file = open(path, flags, 0600);
  if (file < 0 || dup2(file, descriptor) < 0) _exit(kNotStarted);
}

#ifdef CAGELINT_LIBSECCOMP

// The profile's words → libseccomp's numbers.
class Builder {
 public:
  Builder(const model::SeccompProfile& profile, int shift) : profile_(profile), shift_(shift) {}
  Builder(const Builder&) = delete;
  Builder& operator=(const Builder&) = delete;
  ~Builder() {
    if (context_ != nullptr) seccomp_release(context_);
  }

  BuiltFilter Do() {
    if (Init() && AddArchitectures() && AddEntries()) Export();
    return std::move(out_);
  }

 private:
  bool Fail(std::string why) {
    out_.failure = std::move(why);
    return false;
  }

  bool Check(int result, const std::string& what) {
    return result == 0 || Fail(what + ": " + std::strerror(-result));
  }

  std::optional<std::uint32_t> ActionOf(const model::Word& word,
                                        const std::optional<std::uint64_t>& number) {
    if (word.text == "SCMP_ACT_ALLOW") return SCMP_ACT_ALLOW;
    if (word.text == "SCMP_ACT_ERRNO")
      return SCMP_ACT_ERRNO(static_cast<std::uint32_t>(number.value_or(EPERM)) +
                            static_cast<std::uint32_t>(shift_));
    Fail("`" + word.text + "` is no action that is built here");
    return std::nullopt;
  }

  bool Init() {
    if (!profile_.arch_map.empty() || !profile_.flags.empty())
      return Fail("archMap and flags are not built here");
    const auto action = ActionOf(profile_.default_action, profile_.default_errno_ret);
    if (!action) return false;
    default_ = *action;
    context_ = seccomp_init(default_);
    return context_ != nullptr || Fail("libseccomp refuses the default action");
  }

  bool AddArchitectures() {
    for (const model::Word& word : profile_.architectures) {
      std::string name = word.text.substr(std::strlen("SCMP_ARCH_"));
      for (char& c : name) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      const std::uint32_t token = seccomp_arch_resolve_name(name.c_str());
      if (token == 0) return Fail("`" + word.text + "` is unknown");
      const int result = seccomp_arch_add(context_, token);
      if (result != -EEXIST && !Check(result, word.text)) return false;  // the native one is there
    }
    return true;
  }

  bool AddEntries() {
    for (const model::SeccompEntry& entry : profile_.entries)
      if (!AddEntry(entry)) return false;
    return true;
  }

  bool AddEntry(const model::SeccompEntry& entry) {
    const auto action = ActionOf(entry.action, entry.errno_ret);
    std::vector<scmp_arg_cmp> conditions;
    if (!action || !ReadConditions(entry, conditions)) return false;
    if (*action == default_) return true;  // runc drops it
    for (const model::Word& name : entry.names) {
      const int number = seccomp_syscall_resolve_name(name.text.c_str());
      if (number == __NR_SCMP_ERROR) continue;  // runc passes over it
      const int result = seccomp_rule_add_array(context_, *action, number,
                                                static_cast<unsigned>(conditions.size()),
                                                conditions.empty() ? nullptr : conditions.data());
      if (!Check(result, name.text)) return false;
    }
    return true;
  }

  bool ReadConditions(const model::SeccompEntry& entry, std::vector<scmp_arg_cmp>& out) {
    for (const model::SeccompFilter* filter : {&entry.includes, &entry.excludes})
      if (!filter->caps.empty() || !filter->arches.empty() || !filter->min_kernel.text.empty())
        return Fail("includes and excludes are not built here");
    for (const model::SeccompArgument& argument : entry.args) {
      for (const scmp_arg_cmp& before : out)
        if (before.arg == argument.index) return Fail("two conditions on one argument");
      scmp_arg_cmp& one = out.emplace_back();
      one.arg = argument.index;
      one.datum_a = argument.value;
      one.datum_b = argument.value_two;
      if (argument.op.text == "SCMP_CMP_EQ") {
        one.op = SCMP_CMP_EQ;
      } else if (argument.op.text == "SCMP_CMP_MASKED_EQ") {
        one.op = SCMP_CMP_MASKED_EQ;
      } else {
        return Fail("`" + argument.op.text + "` is no operator that is built here");
      }
    }
    return true;
  }

  void Export() {
    const int file = memfd_create("filter", MFD_CLOEXEC);
    if (Check(seccomp_export_bpf(context_, file), "export")) {
      const off_t bytes = lseek(file, 0, SEEK_END);
      out_.instructions.resize(static_cast<std::size_t>(bytes) / sizeof(sock_filter));
      if (pread(file, out_.instructions.data(), static_cast<std::size_t>(bytes), 0) != bytes)
        Fail("the exported filter cannot be read");
    }
    close(file);
  }

  const model::SeccompProfile& profile_;
  const int shift_;
  scmp_filter_ctx context_ = nullptr;
  std::uint32_t default_ = 0;
  BuiltFilter out_;
};

#endif

}  // namespace

BuiltFilter BuildFilter(const model::SeccompProfile& profile, int shift) {
#ifdef CAGELINT_LIBSECCOMP
  return Builder(profile, shift).Do();
#else
  static_cast<void>(profile), static_cast<void>(shift);
  return {{}, "this was built without libseccomp (Debian: libseccomp-dev)"};
#endif
}

std::string WhyNoFilter() {
#ifndef CAGELINT_LIBSECCOMP
  return "this was built without libseccomp (Debian: libseccomp-dev)";
#endif
  const BuiltFilter all{{BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW)}, ""};
  const pid_t child = fork();
  if (child == 0) _exit(Load(all) ? 0 : errno);
  int status = 0;
  waitpid(child, &status, 0);
  if (const int code = StatusOf(status); code != 0)
    return std::string("the kernel takes no seccomp filter here: ") + std::strerror(code);
  return "";
}

Ran RunScript(const std::string& path, const std::string& folder, const BuiltFilter* filter) {
  const Scratch results;
  const std::string out = results.At("out"), err = results.At("err");
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    Redirect("/dev/null", O_RDONLY, 0);
    Redirect(out.c_str(), O_WRONLY | O_CREAT, 1);
    Redirect(err.c_str(), O_WRONLY | O_CREAT, 2);
    setenv("HOME", folder.c_str(), 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    if (chdir(folder.c_str()) != 0 || (filter != nullptr && !Load(*filter))) _exit(kNotStarted);
    execl("/bin/sh", "sh", "-eu", path.c_str(), nullptr);
    _exit(kNotStarted);
  }
  Ran ran;
  ran.exit = WaitFor(child);
  ran.out = ReadBytes(out);
  ran.err = ReadBytes(err);
  return ran;
}

std::optional<std::vector<int>> MakeCalls(std::span<const RawCall> calls,
                                          const BuiltFilter& filter) {
  std::vector<int> answers(calls.size());
  const std::size_t bytes = answers.size() * sizeof(int);
  void* shared = mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (shared == MAP_FAILED) return std::nullopt;
  const pid_t child = fork();
  if (child == 0) {
    setpgid(0, 0);
    if (!Load(filter)) _exit(kNotStarted);
    int* next = static_cast<int*>(shared);
    for (const auto& [number, a] : calls) {
      const pid_t self = getpid();
      const long result = syscall(number, a[0], a[1], a[2], a[3], a[4], a[5]);
      if (getpid() != self) syscall(SYS_exit_group, 0);  // a child that the call made
      *next++ = result == -1 ? errno : 0;
    }
    // By itself: what a sanitizer does at the end may not be allowed.
    syscall(SYS_exit_group, 0);
  }
  const int code = WaitFor(child);
  std::memcpy(answers.data(), shared, bytes);
  munmap(shared, bytes);
  if (code != 0) return std::nullopt;
  return answers;
}

}  // namespace cagelint::test
