// Whether any of a few words stands in a text: for passing by files of no interest.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace cagelint::base {

class AnyOf {
 public:
  // At most 64 words of at least three bytes; they must outlive it.
  explicit AnyOf(std::span<const std::string_view> words);

  // Whether one of them stands in `bytes`, byte for byte. Reads each byte about once, 32 at a time
  // where the processor can (AVX2): several GB/s for texts that hold none.
  bool StandsIn(std::string_view bytes) const;

 private:
  static constexpr std::size_t kPrinted = 3;  // bytes of a word that are compared at once
  // Which of eight groups have a word whose n-th byte has this low, or high, half.
  struct Halves {
    alignas(16) std::array<std::uint8_t, 16> low{};
    alignas(16) std::array<std::uint8_t, 16> high{};
  };

  bool StandsAt(std::string_view bytes, std::size_t at, unsigned groups) const;
  bool StandsInSlowly(std::string_view bytes, std::size_t at) const;
  bool StandsInFast(std::string_view bytes) const;

  std::array<std::vector<std::string_view>, 8> groups_;
  std::array<Halves, kPrinted> prints_;
};

}  // namespace cagelint::base
