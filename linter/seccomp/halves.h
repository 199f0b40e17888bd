// A filter compares 32 bits at a time.
#pragma once

#include <cstdint>

namespace cagelint::seccomp {

constexpr std::uint32_t High(std::uint64_t value) {
  return static_cast<std::uint32_t>(value >> 32);
}
constexpr std::uint32_t Low(std::uint64_t value) { return static_cast<std::uint32_t>(value); }

}  // namespace cagelint::seccomp
