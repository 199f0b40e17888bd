// What no parser of ours may be given: refused here, before any of them runs.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace cagelint::base {

// Largest file that is read. Real configurations are below 200 KB; 8 MiB keeps every parser
// within seconds.
inline constexpr std::size_t kLargestFile = std::size_t{8} << 20;

struct Refusal {
  std::size_t offset = 0;  // of the byte that is refused
  std::string message;     // lower case, no full stop: "is not UTF-8: byte 0xff"
};

// Refuses more than kLargestFile bytes, NUL and other control bytes but tab, LF, CR and form feed,
// bytes that are not UTF-8, and UTF-16 or UTF-32 byte order marks. An UTF-8 byte order mark passes.
std::optional<Refusal> CheckBytes(std::string_view bytes);

}  // namespace cagelint::base
