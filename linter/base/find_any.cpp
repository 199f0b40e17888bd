#include "linter/base/find_any.h"

#include <cassert>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cagelint::base {
namespace {

unsigned Byte(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

}  // namespace

AnyOf::AnyOf(std::span<const std::string_view> words) {
  assert(words.size() <= 64);
  for (std::size_t i = 0; i < words.size(); ++i) {
    assert(words[i].size() >= kPrinted);
    const std::size_t group = i % groups_.size();
    groups_[group].push_back(words[i]);
    for (std::size_t n = 0; n < kPrinted; ++n) {
      const auto bit = static_cast<std::uint8_t>(1U << group);
      prints_[n].low[Byte(words[i], n) & 15U] |= bit;
      prints_[n].high[Byte(words[i], n) >> 4U] |= bit;
    }
  }
}

bool AnyOf::StandsAt(std::string_view bytes, std::size_t at, unsigned groups) const {
  for (; groups != 0; groups &= groups - 1)
    for (const std::string_view word : groups_[static_cast<std::size_t>(__builtin_ctz(groups))])
      if (bytes.substr(at, word.size()) == word) return true;
  return false;
}

bool AnyOf::StandsInSlowly(std::string_view bytes, std::size_t at) const {
  for (; at + kPrinted <= bytes.size(); ++at) {
    unsigned groups = 0xFF;
    for (std::size_t n = 0; n < kPrinted && groups != 0; ++n) {
      const unsigned byte = Byte(bytes, at + n);
      groups &= static_cast<unsigned>(prints_[n].low[byte & 15U] & prints_[n].high[byte >> 4U]);
    }
    if (groups != 0 && StandsAt(bytes, at, groups)) return true;
  }
  return false;
}

#if defined(__x86_64__)

// A byte's two halves look up the groups whose words may have it at that place; a place where one
// group is left for all three bytes is compared in full. (The way of Hyperscan's Teddy.)
__attribute__((target("avx2"))) bool AnyOf::StandsInFast(std::string_view bytes) const {
  __m256i low[kPrinted];
  __m256i high[kPrinted];
  for (std::size_t n = 0; n < kPrinted; ++n) {
    low[n] = _mm256_broadcastsi128_si256(
        _mm_load_si128(reinterpret_cast<const __m128i*>(prints_[n].low.data())));
    high[n] = _mm256_broadcastsi128_si256(
        _mm_load_si128(reinterpret_cast<const __m128i*>(prints_[n].high.data())));
  }
  const __m256i half = _mm256_set1_epi8(15);
  constexpr std::size_t kStep = 32;
  std::size_t at = 0;
  for (; at + kStep + kPrinted <= bytes.size(); at += kStep) {
    __m256i groups = _mm256_set1_epi8(-1);
    for (std::size_t n = 0; n < kPrinted; ++n) {
      const __m256i some =
          _mm256_loadu_si256(reinterpret_cast<const __m256i*>(bytes.data() + at + n));
      const __m256i above = _mm256_and_si256(_mm256_srli_epi16(some, 4), half);
      groups = _mm256_and_si256(
          groups, _mm256_and_si256(_mm256_shuffle_epi8(low[n], _mm256_and_si256(some, half)),
                                   _mm256_shuffle_epi8(high[n], above)));
    }
    if (_mm256_testz_si256(groups, groups) != 0) continue;
    alignas(kStep) std::uint8_t found[kStep];
    _mm256_store_si256(reinterpret_cast<__m256i*>(found), groups);
    for (std::size_t i = 0; i < kStep; ++i)
      if (found[i] != 0 && StandsAt(bytes, at + i, found[i])) return true;
  }
  return StandsInSlowly(bytes, at);
}

bool AnyOf::StandsIn(std::string_view bytes) const {
  static const bool is_fast = __builtin_cpu_supports("avx2") != 0;
  return is_fast ? StandsInFast(bytes) : StandsInSlowly(bytes, 0);
}

#else

bool AnyOf::StandsInFast(std::string_view bytes) const { return StandsInSlowly(bytes, 0); }
bool AnyOf::StandsIn(std::string_view bytes) const { return StandsInSlowly(bytes, 0); }

#endif

}  // namespace cagelint::base
