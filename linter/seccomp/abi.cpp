#include "linter/seccomp/abi.h"

#include <algorithm>
#include <charconv>
#include <string>
#include <unordered_map>
#include <vector>

#include "linter/base/csv.h"
#include "linter/base/embedded.h"
#include "linter/base/text.h"

namespace cagelint::seccomp {
namespace {

constexpr Abi kAbis[kAbiCount] = {
    {"x86_64", "SCMP_ARCH_X86_64", true, false, 0},
    {"x86", "SCMP_ARCH_X86", false, false, 1},
    {"x32", "SCMP_ARCH_X32", false, false, 2},
    {"aarch64", "SCMP_ARCH_AARCH64", true, false, 3},
    {"arm", "SCMP_ARCH_ARM", false, false, 4},
    {"mips", "SCMP_ARCH_MIPS", false, true, 5},
    {"mips64", "SCMP_ARCH_MIPS64", true, true, 6},
    {"mips64n32", "SCMP_ARCH_MIPS64N32", false, true, 7},
    {"mipsel", "SCMP_ARCH_MIPSEL", false, false, 8},
    {"mipsel64", "SCMP_ARCH_MIPSEL64", true, false, 9},
    {"mipsel64n32", "SCMP_ARCH_MIPSEL64N32", false, false, 10},
    {"ppc", "SCMP_ARCH_PPC", false, true, 11},
    {"ppc64", "SCMP_ARCH_PPC64", true, true, 12},
    {"ppc64le", "SCMP_ARCH_PPC64LE", true, false, 13},
    {"riscv64", "SCMP_ARCH_RISCV64", true, false, 14},
    {"s390", "SCMP_ARCH_S390", false, true, 15},
    {"s390x", "SCMP_ARCH_S390X", true, true, 16},
};

// moby, profiles/seccomp/seccomp_linux.go; containers-common, pkg/seccomp/seccomp_linux.go.
constexpr Host kHosts[] = {
    {"amd64", "amd64", "SCMP_ARCH_X86_64", "SCMP_ARCH_X86_64", "x86_64"},
    {"386", "x86", "SCMP_ARCH_X86", "", "x86"},
    {"arm", "arm", "SCMP_ARCH_ARM", "", "arm"},
    {"arm64", "arm64", "SCMP_ARCH_AARCH64", "SCMP_ARCH_AARCH64", "aarch64"},
    {"ppc64le", "ppc64le", "SCMP_ARCH_PPC64LE", "", "ppc64le"},
    {"riscv64", "riscv64", "SCMP_ARCH_RISCV64", "", "riscv64"},
    {"s390x", "s390x", "SCMP_ARCH_S390X", "SCMP_ARCH_S390X", "s390x"},
    {"mips64le", "mipsel64", "SCMP_ARCH_MIPSEL64", "SCMP_ARCH_MIPSEL64", "mipsel64"},
};

struct Table {
  base::CsvTable csv;  // owns the text
  std::vector<Syscall> calls;
  std::vector<std::string_view> names;
  std::unordered_map<std::string_view, std::size_t> by_name;
};

int NumberIn(std::string_view field, int fallback) {
  int number = fallback;
  std::from_chars(field.data(), field.data() + field.size(), number);
  return number;
}

Syscall ReadRow(base::CsvTable::Row row) {
  Syscall call;
  call.name = row[0];
  call.newer = !row[1].empty();
  if (const std::size_t colon = row[2].find(':'); colon != std::string_view::npos) {
    call.multiplexer = row[2].substr(0, colon);
    call.multiplexed = NumberIn(row[2].substr(colon + 1), 0);
  }
  for (std::size_t i = 0; i < kAbiCount; ++i) call.numbers[i] = NumberIn(row[3 + i], -1);
  return call;
}

const Table& Calls() {
  static const Table* const table = [] {
    auto* made =
        new Table{base::ParseCsv(embedded::Find("rules/data/syscalls_by_abi.csv")), {}, {}, {}};
    for (const auto& row : made->csv.rows) made->calls.push_back(ReadRow(row));
    for (std::size_t i = 0; i < made->calls.size(); ++i) {
      made->names.push_back(made->calls[i].name);
      made->by_name[made->calls[i].name] = i;
    }
    return made;
  }();
  return *table;
}

}  // namespace

std::span<const Abi> Abis() { return kAbis; }

const Abi* AbiNamed(std::string_view name) {
  const auto* found = std::find_if(std::begin(kAbis), std::end(kAbis),
                                   [&](const Abi& abi) { return abi.name == name; });
  return found == std::end(kAbis) ? nullptr : found;
}

const Abi* AbiOfToken(std::string_view token) {
  const auto* found = std::find_if(std::begin(kAbis), std::end(kAbis),
                                   [&](const Abi& abi) { return abi.token == token; });
  return found == std::end(kAbis) ? nullptr : found;
}

bool IsArchitecture(std::string_view token) {
  return AbiOfToken(token) != nullptr || token == "SCMP_ARCH_LOONGARCH64";
}

const Host* HostNamed(std::string_view go) {
  const auto* found = std::find_if(std::begin(kHosts), std::end(kHosts),
                                   [&](const Host& host) { return host.go == go; });
  return found == std::end(kHosts) ? nullptr : found;
}

bool Syscall::IsMultiplexed(const Abi& abi) const {
  if (multiplexer.empty()) return false;
  const Syscall* through = SyscallNamed(multiplexer);
  return through != nullptr && through->On(abi) >= 0;
}

const Syscall* SyscallNamed(std::string_view name) {
  const auto found = Calls().by_name.find(name);
  return found == Calls().by_name.end() ? nullptr : &Calls().calls[found->second];
}

std::span<const std::string_view> SyscallNames() { return Calls().names; }

}  // namespace cagelint::seccomp
