// What engine and runtime make of a profile, done over again with the real libseccomp: moby's,
// containers-common's and containerd's reading of the file, then runc's or crun's calls. Shares
// nothing with linter/seccomp.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/oracle/seccomp_bpf.h"
#include "tests/oracle/seccomp_profiles.h"

namespace cagelint::test {

struct LibseccompVersion {
  unsigned major = 0, minor = 0, micro = 0;
  auto operator<=>(const LibseccompVersion&) const = default;
};

// The library that this was linked with; nothing when it was built without one.
std::optional<LibseccompVersion> Libseccomp();

struct OracleFilter {
  std::string refusal;  // why the container does not start; "" when it does
  // What runs for a call on an ABI of the machine's byte order.
  std::vector<sock_filter> program;
  bool big_endian = false;
  // runc's answer in front of it, by ABI: ENOSYS above this number.
  struct Stub {
    std::string abi;
    std::uint32_t largest = 0;
  };
  std::vector<Stub> stubs;
};

OracleFilter BuildOracle(const RandomProfile& profile);

// The number of `name` (or the number that it is) as programs of `abi` give it to the kernel;
// nothing where there is no such call, or libseccomp does not know it.
std::optional<std::uint32_t> OracleNumber(const std::string& abi, const std::string& name);

// "ALLOW", "ERRNO(1)", …; "NO_SUCH_SYSCALL".
std::string OracleVerdict(const OracleFilter& filter, const Call& call);

}  // namespace cagelint::test
