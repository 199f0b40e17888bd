#include "tests/oracle/seccomp_bpf.h"

#include <linux/seccomp.h>

namespace cagelint::test {

FilterData MakeData(std::uint32_t number, std::uint32_t architecture,
                    const std::array<std::uint64_t, 6>& arguments, bool big_endian) {
  FilterData data{number, architecture};
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const auto high = static_cast<std::uint32_t>(arguments[i] >> 32);
    const auto low = static_cast<std::uint32_t>(arguments[i]);
    data[4 + 2 * i] = big_endian ? high : low;
    data[5 + 2 * i] = big_endian ? low : high;
  }
  return data;
}

std::optional<std::uint32_t> RunFilter(std::span<const sock_filter> program,
                                       const FilterData& data) {
  std::uint32_t accumulator = 0;
  for (std::size_t at = 0; at < program.size(); ++at) {
    const sock_filter& one = program[at];
    bool taken = false;
    switch (one.code) {
      case BPF_LD | BPF_W | BPF_ABS:
        if (one.k % 4 != 0 || one.k / 4 >= data.size()) return std::nullopt;
        accumulator = data[one.k / 4];
        continue;
      case BPF_ALU | BPF_AND | BPF_K:
        accumulator &= one.k;
        continue;
      case BPF_RET | BPF_K:
        return one.k;
      case BPF_JMP | BPF_JA:
        at += one.k;
        continue;
      case BPF_JMP | BPF_JEQ | BPF_K:
        taken = accumulator == one.k;
        break;
      case BPF_JMP | BPF_JGT | BPF_K:
        taken = accumulator > one.k;
        break;
      case BPF_JMP | BPF_JGE | BPF_K:
        taken = accumulator >= one.k;
        break;
      case BPF_JMP | BPF_JSET | BPF_K:
        taken = (accumulator & one.k) != 0;
        break;
      default:
        return std::nullopt;
    }
    at += taken ? one.jt : one.jf;
  }
  return std::nullopt;
}

std::string ActionName(std::uint32_t value) {
  const std::string data = "(" + std::to_string(value & SECCOMP_RET_DATA) + ")";
  switch (value & SECCOMP_RET_ACTION_FULL) {
    case SECCOMP_RET_KILL_THREAD:
      return "KILL_THREAD";
    case SECCOMP_RET_TRAP:
      return "TRAP";
    case SECCOMP_RET_ERRNO:
      return "ERRNO" + data;
    case SECCOMP_RET_USER_NOTIF:
      return "NOTIFY";
    case SECCOMP_RET_TRACE:
      return "TRACE" + data;
    case SECCOMP_RET_LOG:
      return "LOG";
    case SECCOMP_RET_ALLOW:
      return "ALLOW";
    default:
      return "KILL_PROCESS";
  }
}

}  // namespace cagelint::test
