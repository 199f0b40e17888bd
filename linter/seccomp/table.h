// What the readers of the tables on system calls share.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cagelint::seccomp {

// "12", "0x1f"; 0 for anything else.
std::uint64_t NumberIn(std::string_view text);

// Whether a bounding set holds `wanted`; {"ALL"} holds every capability.
bool Has(const std::vector<std::string>& capabilities, std::string_view wanted);

}  // namespace cagelint::seccomp
