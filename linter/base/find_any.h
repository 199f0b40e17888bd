// Whether any of a few words stands in a text: for passing by files of no interest.
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace cagelint::base {

// About how often a byte is met in prose and code, in thousandths.
constexpr double CommonnessOf(unsigned char byte) {
  constexpr std::string_view kLetters = "etaoinsrhldcumfpgwybvkxjqz";  // the most frequent first
  if (byte == ' ') return 150;
  const std::size_t rank = kLetters.find(static_cast<char>(byte));
  if (rank != std::string_view::npos) return 90.0 / static_cast<double>(rank + 1);
  const bool is_capital = byte >= 'A' && byte <= 'Z';
  return is_capital || byte > 0x7E ? 1 : byte > ' ' ? 6 : 0.5;
}

// Its tables cost nothing at run time where it is a constant.
class AnyOf {
 public:
  // At most 48 words of at least three bytes; they must outlive it.
  constexpr explicit AnyOf(std::span<const std::string_view> words);

  // Whether one of them stands in `bytes`, byte for byte. Reads each byte about once, 32 at a time
  // where the processor can (AVX2): several GB/s for texts that hold none.
  bool StandsIn(std::string_view bytes) const;

 private:
  static constexpr std::size_t kGroups = 8;
  static constexpr std::size_t kPrinted = 4;  // bytes of a word that are compared at once
  // Which groups have a word whose n-th printed byte has this low, or high, half.
  struct Halves {
    alignas(16) std::array<std::uint8_t, 16> low{};
    alignas(16) std::array<std::uint8_t, 16> high{};

    constexpr void Add(unsigned byte, std::size_t group);
    constexpr double BytesOf(std::size_t group) const;
  };
  using Print = std::array<Halves, kPrinted>;
  struct Word {
    std::string_view text;
    std::size_t place = 0;  // of the bytes that are printed
    std::size_t group = 0;
  };

  static constexpr std::size_t RarestPlace(std::string_view word);
  static constexpr void Add(Print& print, const Word& word);
  static constexpr double TextsOf(const Print& print, std::size_t group);

  unsigned GroupsAt(std::string_view bytes, std::size_t at) const;
  bool StandsAround(std::string_view bytes, std::size_t at, unsigned groups) const;
  bool StandsInSlowly(std::string_view bytes) const;
  bool StandsInFast(std::string_view bytes) const;

  std::array<Word, 48> words_{};
  std::size_t count_ = 0;
  Print print_{};
};

constexpr void AnyOf::Halves::Add(unsigned byte, std::size_t group) {
  const auto bit = static_cast<std::uint8_t>(1U << group);
  low[byte & 15U] = static_cast<std::uint8_t>(low[byte & 15U] | bit);
  high[byte >> 4U] = static_cast<std::uint8_t>(high[byte >> 4U] | bit);
}

// How many bytes have both their halves in a group.
constexpr double AnyOf::Halves::BytesOf(std::size_t group) const {
  double lows = 0;
  double highs = 0;
  for (const unsigned groups : low) lows += (groups >> group) & 1U;
  for (const unsigned groups : high) highs += (groups >> group) & 1U;
  return lows * highs;
}

constexpr std::size_t AnyOf::RarestPlace(std::string_view word) {
  std::size_t rarest = 0;
  double least = 0;
  for (std::size_t place = 0; place == 0 || place + kPrinted <= word.size(); ++place) {
    double commonness = 1;
    for (const char byte : word.substr(place, kPrinted))
      commonness *= CommonnessOf(static_cast<unsigned char>(byte));
    if (place != 0 && commonness >= least) continue;
    rarest = place;
    least = commonness;
  }
  return rarest;
}

constexpr void AnyOf::Add(Print& print, const Word& word) {
  for (std::size_t n = 0; n < kPrinted; ++n) {
    if (word.place + n < word.text.size())
      print[n].Add(static_cast<unsigned char>(word.text[word.place + n]), word.group);
    else
      for (unsigned half = 0; half < 16; ++half) print[n].Add(half * 17, word.group);
  }
}

// How many texts of printed bytes a group takes for its words.
constexpr double AnyOf::TextsOf(const Print& print, std::size_t group) {
  double texts = 1;
  for (const Halves& halves : print) texts *= halves.BytesOf(group);
  return texts;
}

// A word comes to the group that takes the fewest texts more for its own.
constexpr AnyOf::AnyOf(std::span<const std::string_view> words) {
  assert(words.size() <= words_.size());
  for (const std::string_view text : words) {
    assert(text.size() >= kPrinted - 1);
    Word word{text, RarestPlace(text), 0};
    double least = 0;
    for (std::size_t group = 0; group < kGroups; ++group) {
      Print tried = print_;
      Add(tried, Word{word.text, word.place, group});
      const double more = TextsOf(tried, group) - TextsOf(print_, group);
      if (group != 0 && more >= least) continue;
      least = more;
      word.group = group;
    }
    Add(print_, word);
    words_[count_++] = word;
  }
}

}  // namespace cagelint::base
