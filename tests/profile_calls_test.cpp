// What the kernel refuses under the profile that the project offers, rules/profiles/agent.json:
// each call is really made, in a child under a filter that libseccomp built.
#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <linux/sched.h>
#include <sys/socket.h>
#include <sys/stat.h>

#include "linter/seccomp/abi.h"
#include "linter/seccomp/judgement.h"
#include "tests/oracle/profile_agent.h"
#include "tests/oracle/profile_filter.h"

namespace cagelint::test {
namespace {

#if defined(__aarch64__)
constexpr std::string_view kHost = "arm64", kAbi = "aarch64";
#else
constexpr std::string_view kHost = "amd64", kAbi = "x86_64";
#endif

constexpr unsigned long kHighBit = 1UL << 32;
using Arguments = std::array<unsigned long, 6>;

class AgentCallsTest : public AgentProfileTest {};

std::optional<long> NumberOf(std::string_view name) {
  const seccomp::Syscall* call = seccomp::SyscallNamed(name);
  const int number = call == nullptr ? -1 : call->On(*seccomp::AbiNamed(kAbi));
  return number < 0 ? std::nullopt : std::optional<long>(number);
}

// What the filter itself answers: the errno of the profile, 0 where it lets the call through.
std::vector<int> Answers(const std::vector<RawCall>& calls) {
  const auto answers = MakeCalls(calls, TheAgentProfile().marked);
  EXPECT_TRUE(answers) << "the child ended early";
  std::vector<int> out;
  for (const int answer : answers.value_or(std::vector<int>(calls.size())))
    out.push_back(std::max(answer - kMark, 0));
  return out;
}

// Calls with what the filter must answer; one child makes them all.
class Expected {
 public:
  void Add(std::string_view name, const Arguments& arguments, int error) {
    const auto number = NumberOf(name);
    if (!number) return;  // another architecture's
    calls_.push_back({*number, arguments});
    errors_.push_back(error);
    names_.push_back(name);
  }
  const std::vector<RawCall>& Calls() const { return calls_; }

  void Compare(const std::vector<int>& answers) const {
    ASSERT_FALSE(calls_.empty());
    for (std::size_t i = 0; i < calls_.size(); ++i)
      ASSERT_EQ(answers[i], errors_[i]) << Describe(i);
  }

 private:
  std::string Describe(std::size_t i) const {
    std::string text = std::string(names_[i]) + "(";
    for (const unsigned long argument : calls_[i].arguments) text += std::to_string(argument) + " ";
    return text + ")";
  }

  std::vector<RawCall> calls_;
  std::vector<int> errors_;
  std::vector<std::string_view> names_;
};

struct Blocked {
  const char* name;
  int error;
  std::array<unsigned long, 6> arguments;
};

// Calls as an attacker would make them. Where the kernel would refuse one too, it gives another
// errno, or the marked filter tells the two apart.
const Blocked kBlocked[] = {
    {"clone", EPERM, {CLONE_NEWUSER | 17}},
    {"clone", EPERM, {CLONE_NEWUSER | kHighBit | 17}},
    {"clone3", ENOSYS, {0, 88}},
    {"unshare", EPERM, {CLONE_NEWUSER}},
    {"setns", EPERM, {0, CLONE_NEWNET}},
    {"mount", EPERM, {}},
    {"umount2", EPERM, {}},
    {"pivot_root", EPERM, {}},
    {"fsopen", EPERM, {}},
    {"fsconfig", EPERM, {}},
    {"fsmount", EPERM, {}},
    {"fspick", EPERM, {}},
    {"move_mount", EPERM, {}},
    {"open_tree", EPERM, {}},
    {"mount_setattr", EPERM, {}},
    {"keyctl", EPERM, {}},
    {"add_key", EPERM, {}},
    {"request_key", EPERM, {}},
    {"userfaultfd", EPERM, {}},
    {"bpf", EPERM, {}},
    {"perf_event_open", EPERM, {}},
    {"ptrace", EPERM, {0}},
    {"process_vm_readv", EPERM, {}},
    {"process_vm_writev", EPERM, {}},
    {"process_madvise", EPERM, {}},
    {"pidfd_getfd", EPERM, {}},
    {"kcmp", EPERM, {}},
    {"io_uring_setup", ENOSYS, {}},
    {"io_uring_enter", ENOSYS, {}},
    {"io_uring_register", ENOSYS, {}},
    {"io_setup", ENOSYS, {}},
    {"vmsplice", ENOSYS, {}},
    {"kexec_load", EPERM, {0, 0, 0, ~0UL}},
    {"kexec_file_load", EPERM, {~0UL, ~0UL}},
    {"init_module", EPERM, {}},
    {"finit_module", EPERM, {~0UL}},
    {"delete_module", EPERM, {}},
    {"open_by_handle_at", EPERM, {}},
    {"name_to_handle_at", EPERM, {}},
    {"chroot", EPERM, {}},
    {"personality", EPERM, {0x0040000}},  // ADDR_NO_RANDOMIZE
    {"personality", EPERM, {0x0400000}},  // READ_IMPLIES_EXEC
    {"personality", EPERM, {0x0040000 | kHighBit}},
    {"ioctl", EPERM, {0, 0x5412}},  // TIOCSTI
    {"ioctl", EPERM, {0, 0x5412 | kHighBit}},
    {"ioctl", EPERM, {0, 0x541c}},  // TIOCLINUX
    {"ioctl", EPERM, {0, 0x541c | kHighBit}},
    {"socket", EPERM, {AF_VSOCK, SOCK_STREAM}},
    {"socket", EPERM, {AF_VSOCK | kHighBit, SOCK_STREAM}},
    {"socket", EPERM, {AF_ALG, SOCK_SEQPACKET}},
    {"socket", EPERM, {AF_ALG | kHighBit, SOCK_SEQPACKET}},
    {"socket", EPERM, {AF_PACKET, SOCK_RAW}},
    {"socket", EPERM, {AF_NETLINK, SOCK_RAW, 12}},           // NETLINK_NETFILTER
    {"socket", EPROTONOSUPPORT, {AF_NETLINK, SOCK_RAW, 9}},  // NETLINK_AUDIT
    {"socketpair", EPERM, {AF_TIPC, SOCK_STREAM}},
    {"mknod", EPERM, {0, S_IFCHR | 0600, 0x103}},
    {"mknodat", EPERM, {~0UL, 0, S_IFBLK | 0600, 0x800}},
    {"reboot", EPERM, {}},
    {"swapon", EPERM, {}},
    {"swapoff", EPERM, {}},
    {"settimeofday", EPERM, {~0UL}},
    {"clock_settime", EPERM, {}},
    {"clock_adjtime", EPERM, {~0UL}},
    {"syslog", EPERM, {10}},
    {"acct", EPERM, {~0UL}},
    {"quotactl", EPERM, {}},
    {"fanotify_init", EPERM, {}},
    {"iopl", EPERM, {}},
    {"ioperm", EPERM, {}},
    {"modify_ldt", EPERM, {}},
    {"sethostname", EPERM, {0, ~0UL}},
    {"mq_open", EPERM, {}},
    {"memfd_secret", EPERM, {~0UL}},
};

TEST_F(AgentCallsTest, WhatIsBlockedFailsAsDocumented) {
  Expected expected;
  for (const Blocked& blocked : kBlocked)
    expected.Add(blocked.name, blocked.arguments, blocked.error);
  expected.Compare(Answers(expected.Calls()));
  const auto seen = MakeCalls(expected.Calls(), TheAgentProfile().filter);
  ASSERT_TRUE(seen);
  expected.Compare(*seen);
}

// Every call that no entry lets through in any form, also those that nobody thought of above.
TEST_F(AgentCallsTest, WhatCagelintCallsDeniedIsDenied) {
  seccomp::Environment environment;
  environment.architecture = kHost;
  environment.runtime = seccomp::Runtime::kRuncNoStub;
  const seccomp::Loaded loaded = seccomp::LoadProfile(TheAgentProfile().Get(), environment);
  ASSERT_EQ(loaded.load, seccomp::Load::kOk) << loaded.reason;
  std::vector<RawCall> calls;
  std::vector<std::string> expected, names;
  for (const std::string_view name : seccomp::SyscallNames()) {
    const auto number = NumberOf(name);
    std::string conditions = seccomp::Conditions(*loaded.filter, kAbi, name);
    if (!number || !conditions.starts_with("never allowed")) continue;
    // No pointer, no flag and no size is right, should one come through.
    calls.push_back({*number, {~0UL, ~0UL, ~0UL, ~0UL, ~0UL, ~0UL}});
    names.emplace_back(name);
    expected.push_back(std::move(conditions));
  }
  ASSERT_GT(calls.size(), 80u);
  const std::vector<int> answers = Answers(calls);
  for (std::size_t i = 0; i < calls.size(); ++i)
    EXPECT_EQ("never allowed: ERRNO(" + std::to_string(answers[i]) + ")", expected[i]) << names[i];
}

// All 65536 low halves, with and without bits above them.
TEST_F(AgentCallsTest, IoctlIsAllowedButForTwoRequests) {
  Expected expected;
  for (const unsigned long above : {0UL, 0x80040000UL, kHighBit, ~0xffffUL})
    for (unsigned long low = 0; low <= 0xffff; ++low)
      expected.Add("ioctl", {~0UL, above | low}, low == 0x5412 || low == 0x541c ? EPERM : 0);
  expected.Compare(Answers(expected.Calls()));
}

int SocketAnswer(unsigned long family, unsigned long protocol) {
  if (family == AF_UNIX || family == AF_INET || family == AF_INET6) return 0;
  if (family != AF_NETLINK) return EPERM;
  return protocol == 0 ? 0 : protocol == 9 ? EPROTONOSUPPORT : EPERM;
}

// The type is none, so the kernel makes no socket.
TEST_F(AgentCallsTest, FourFamiliesOfSockets) {
  Expected expected;
  for (const unsigned long above : {0UL, kHighBit})
    for (unsigned long family = 0; family <= 64; ++family) {
      for (unsigned long protocol = 0; protocol <= 32; ++protocol)
        expected.Add("socket", {family | above, 15, protocol | above},
                     SocketAnswer(family, protocol));
      expected.Add("socketpair", {family | above, 15}, family == AF_UNIX ? 0 : EPERM);
    }
  expected.Compare(Answers(expected.Calls()));
}

TEST_F(AgentCallsTest, CloneMakesProcessesAndThreadsAndNoNamespaces) {
  constexpr unsigned long kSpaces[] = {CLONE_NEWNS,   CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
                                       CLONE_NEWUSER, CLONE_NEWPID,    CLONE_NEWNET};
  Expected expected;
  for (const unsigned long flag : kSpaces)
    for (const unsigned long above : {0UL, kHighBit})
      expected.Add("clone", {flag | above | 17}, EPERM);
  expected.Add("clone", {17}, 0);
  // Those of pthread_create but for the shared memory, without which the kernel refuses it.
  expected.Add("clone", {CLONE_THREAD | CLONE_SETTLS | CLONE_PARENT_SETTID}, 0);
  expected.Compare(Answers(expected.Calls()));
}

TEST_F(AgentCallsTest, NodesThatAreNoDevices) {
  Expected expected;
  for (unsigned long type = 0; type <= 0xf; ++type)
    for (const unsigned long above : {0UL, 0xffff0000UL, kHighBit}) {
      const unsigned long mode = type << 12 | above | 0644;
      const int error = (type & 2) != 0 ? EPERM : 0;  // S_IFCHR, S_IFBLK, S_IFLNK
      expected.Add("mknod", {0, mode}, error);
      expected.Add("mknodat", {~0UL, 0, mode}, error);
    }
  expected.Compare(Answers(expected.Calls()));
}

TEST_F(AgentCallsTest, PersonalityIsAskedForAndNotChanged) {
  Expected expected;
  expected.Add("personality", {0xffffffff}, 0);
  expected.Add("personality", {0}, 0);
  for (unsigned bit = 0; bit < 64; ++bit) expected.Add("personality", {1UL << bit}, EPERM);
  expected.Compare(Answers(expected.Calls()));
}

}  // namespace
}  // namespace cagelint::test
