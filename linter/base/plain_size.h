// Passing over what nothing has to be done about, in texts that are printed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace cagelint::base {

// How many bytes at the front of `text` are printable ASCII, which takes one cell each.
inline std::size_t PlainSize(std::string_view text) {
  constexpr std::uint64_t kEach = 0x0101010101010101;
  std::size_t at = 0;
  // Eight at a time: one that is below ' ', is DEL or is beyond ASCII sets a topmost bit.
  for (; at + sizeof(std::uint64_t) <= text.size(); at += sizeof(std::uint64_t)) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof(word));
    if (((word | (word - kEach * ' ') | (word + kEach)) & (kEach * 0x80)) != 0) break;
  }
  while (at < text.size() && text[at] >= ' ' && text[at] <= '~') ++at;
  return at;
}

}  // namespace cagelint::base
