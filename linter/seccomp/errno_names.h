// Error names, as `errno` and `defaultErrno` of containers-common's profiles give them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace cagelint::seccomp {

// The number of "EPERM", or of a decimal number; nothing for anything else. Numbers of Linux on all
// architectures but mips (include/uapi/asm-generic/errno.h).
std::optional<std::uint64_t> ErrnoNamed(std::string_view name);

}  // namespace cagelint::seccomp
