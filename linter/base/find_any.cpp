#include "linter/base/find_any.h"

#include <algorithm>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cagelint::base {

// The groups that have a word whose printed bytes may be those at `at`; zeros stand behind the end.
unsigned AnyOf::GroupsAt(std::string_view bytes, std::size_t at) const {
  unsigned groups = 0xFF;
  for (std::size_t n = 0; n < kPrinted && groups != 0; ++n) {
    const unsigned byte = at + n < bytes.size() ? static_cast<unsigned char>(bytes[at + n]) : 0;
    groups &= static_cast<unsigned>(print_[n].low[byte & 15U] & print_[n].high[byte >> 4U]);
  }
  return groups;
}

// Whether a word of these groups has its printed bytes at `at`, and all others around them.
bool AnyOf::StandsAround(std::string_view bytes, std::size_t at, unsigned groups) const {
  return std::any_of(words_.begin(), words_.begin() + count_, [&](const Word& word) {
    return ((groups >> word.group) & 1U) != 0 && at >= word.place &&
           bytes.substr(at - word.place, word.text.size()) == word.text;
  });
}

bool AnyOf::StandsInSlowly(std::string_view bytes) const {
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    const unsigned groups = GroupsAt(bytes, at);
    if (groups != 0 && StandsAround(bytes, at, groups)) return true;
  }
  return false;
}

#if defined(__x86_64__)

// A byte's two halves look up the groups whose words may have it at that place; a place where a
// group is left for all printed bytes is compared in full. (The way of Hyperscan's Teddy.)
__attribute__((target("avx2"))) bool AnyOf::StandsInFast(std::string_view bytes) const {
  __m256i low[kPrinted];
  __m256i high[kPrinted];
  for (std::size_t n = 0; n < kPrinted; ++n) {
    low[n] = _mm256_broadcastsi128_si256(
        _mm_load_si128(reinterpret_cast<const __m128i*>(print_[n].low.data())));
    high[n] = _mm256_broadcastsi128_si256(
        _mm_load_si128(reinterpret_cast<const __m128i*>(print_[n].high.data())));
  }
  const __m256i half = _mm256_set1_epi8(15);
  constexpr std::size_t kStep = 32;
  constexpr std::size_t kRead = kStep + kPrinted - 1;  // bytes that a step reads
  // The last bytes are read from a copy with zeros behind them.
  std::array<char, kRead + kStep> rest{};
  for (std::size_t at = 0; at < bytes.size(); at += kStep) {
    const char* from = bytes.data() + at;
    if (at + kRead > bytes.size()) {
      rest = {};
      std::copy(bytes.begin() + static_cast<std::ptrdiff_t>(at), bytes.end(), rest.begin());
      from = rest.data();
    }
    __m256i groups = _mm256_set1_epi8(-1);
    for (std::size_t n = 0; n < kPrinted; ++n) {
      const __m256i some = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(from + n));
      const __m256i above = _mm256_and_si256(_mm256_srli_epi16(some, 4), half);
      groups = _mm256_and_si256(
          groups, _mm256_and_si256(_mm256_shuffle_epi8(low[n], _mm256_and_si256(some, half)),
                                   _mm256_shuffle_epi8(high[n], above)));
    }
    if (_mm256_testz_si256(groups, groups) != 0) continue;
    const __m256i none = _mm256_cmpeq_epi8(groups, _mm256_setzero_si256());
    auto places = ~static_cast<unsigned>(_mm256_movemask_epi8(none));
    for (; places != 0; places &= places - 1) {
      const std::size_t place = at + static_cast<std::size_t>(__builtin_ctz(places));
      if (StandsAround(bytes, place, GroupsAt(bytes, place))) return true;
    }
  }
  return false;
}

bool AnyOf::StandsIn(std::string_view bytes) const {
  static const bool is_fast = __builtin_cpu_supports("avx2") != 0;
  return is_fast ? StandsInFast(bytes) : StandsInSlowly(bytes);
}

#else

bool AnyOf::StandsInFast(std::string_view bytes) const { return StandsInSlowly(bytes); }
bool AnyOf::StandsIn(std::string_view bytes) const { return StandsInSlowly(bytes); }

#endif

}  // namespace cagelint::base
