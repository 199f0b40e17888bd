// The system call tables of the kernel, as libseccomp names and numbers them.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cagelint::seccomp {

inline constexpr std::size_t kAbiCount = 17;

// x32 has the numbers of x86-64 with this bit, under the same architecture of the audit interface.
inline constexpr std::uint32_t kX32Bit = 0x40000000;

struct Abi {
  std::string_view name;   // "x86_64": a column of rules/data/syscalls_by_abi.csv
  std::string_view token;  // "SCMP_ARCH_X86_64"
  bool wide = false;       // the filter compares all 64 bits of an argument (libseccomp 2.5.4)
  bool big_endian = false;
  std::size_t index = 0;
};

const Abi* AbiNamed(std::string_view name);     // null when there is none
const Abi* AbiOfToken(std::string_view token);  // null for one without a table
std::span<const Abi> Abis();

// Whether runc knows the architecture (libcontainer/seccomp/config.go).
bool IsArchitecture(std::string_view token);

// What the engines call the architecture of a host.
struct Host {
  std::string_view go;          // "amd64": GOARCH
  std::string_view condition;   // what `includes.arches` is compared with
  std::string_view docker_key;  // the entry of archMap that moby looks for; "" for none
  std::string_view podman_key;  // the same of containers-common
  std::string_view abi;
};

const Host* HostNamed(std::string_view go);  // null when it is unknown

// One call.
struct Syscall {
  std::string_view name;
  bool newer = false;  // known to libseccomp 2.6, not to 2.5.4
  // The call and its number through which 32-bit programs of old reach it: {"socketcall", 1}. Only
  // on an ABI that has that call.
  std::string_view multiplexer;
  int multiplexed = 0;
  std::array<int, kAbiCount> numbers{};  // as the kernel sees it, by Abi::index; -1: no such call

  int On(const Abi& abi) const { return numbers[abi.index]; }
  // Whether libseccomp treats it as a part of its multiplexer on `abi`.
  bool IsMultiplexed(const Abi& abi) const;
};

const Syscall* SyscallNamed(std::string_view name);  // null when libseccomp does not know the name
// The names of all calls, sorted.
std::span<const std::string_view> SyscallNames();

}  // namespace cagelint::seccomp
