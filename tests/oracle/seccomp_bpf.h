// Runs a seccomp filter as the kernel would, and says the result in words.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include <linux/filter.h>

namespace cagelint::test {

// struct seccomp_data as the filter reads it: number, architecture, instruction pointer, arguments.
using FilterData = std::array<std::uint32_t, 16>;

FilterData MakeData(std::uint32_t number, std::uint32_t architecture,
                    const std::array<std::uint64_t, 6>& arguments, bool big_endian);

// The value that it returns; nothing for a program that the kernel would not take.
std::optional<std::uint32_t> RunFilter(std::span<const sock_filter> program,
                                       const FilterData& data);

// "ALLOW", "ERRNO(1)", …
std::string ActionName(std::uint32_t value);

}  // namespace cagelint::test
