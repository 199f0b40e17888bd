// Sizes, CPU shares and durations: the fractional numbers of docker_values.h.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool IsHexDigit(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return IsDigit(c) || (lower >= 'a' && lower <= 'f');
}

// strconv.ParseFloat of a finite number: decimal, or hexadecimal with a binary exponent; single
// underscores between digits.
std::optional<double> ParseFloat(std::string_view text) {
  std::string plain;
  bool hexadecimal = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_') {
      const bool between =
          i > 0 && i + 1 < text.size() && IsHexDigit(text[i - 1]) && IsHexDigit(text[i + 1]);
      if (!between) return std::nullopt;
      continue;
    }
    const char lower = static_cast<char>(c | 0x20);
    if (lower == 'x') hexadecimal = true;
    const bool known =
        IsHexDigit(c) || c == '.' || c == '+' || c == '-' || lower == 'x' || lower == 'p';
    if (!known) return std::nullopt;
    plain += c;
  }
  const bool has_power = plain.find_first_of("pP") != std::string::npos;
  if (plain.empty() || hexadecimal != has_power) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(plain.c_str(), &end);
  if (end != plain.c_str() + plain.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

// The factor of a size's unit ("", "b", "k", "kb", "kib", …), 0 for what is none.
double FactorOf(std::string_view unit) {
  if (unit.empty()) return 1;
  const std::string lower = base::ToLower(unit);
  if (lower[0] == 'b') return lower.size() == 1 ? 1 : 0;
  const std::size_t power = std::string_view("kmgtp").find(lower[0]);
  const std::string_view rest = std::string_view(lower).substr(1);
  if (power == std::string_view::npos || (!rest.empty() && rest != "b" && rest != "ib")) return 0;
  return std::ldexp(1.0, static_cast<int>(10 * (power + 1)));
}

base::Error BadSize(std::string_view text) { return {"`" + std::string(text) + "` is no size"}; }

struct Scanned {
  bool ok = false;
  bool negative = false;
  long double value = 0;
};

// Takes sign and prefix off; the number's base.
int TakeSignAndPrefix(std::string_view& text, bool& negative) {
  negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.size() <= 2 || text[0] != '0') return 10;
  const char letter = static_cast<char>(text[1] | 0x20);
  const int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
  if (base != 10) text.remove_prefix(2);
  return base;
}

int DigitOf(char c) {
  const char lower = static_cast<char>(c | 0x20);
  if (IsDigit(c)) return c - '0';
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : 99;
}

// Underscores stand between digits, or behind a prefix.
bool IsUnderscoreInPlace(std::string_view text, std::size_t at, int base) {
  const bool before = at > 0 ? IsHexDigit(text[at - 1]) : base != 10;
  return before && at + 1 < text.size() && IsHexDigit(text[at + 1]);
}

// Multiplies with what follows the digits: `e` and an exponent of ten, `p` and one of two.
bool ApplyExponent(std::string_view text, int base, long double& value) {
  if (text.empty()) return true;
  const char letter = static_cast<char>(text[0] | 0x20);
  if (letter != 'p' && (letter != 'e' || base != 10)) return false;
  const auto exponent = ParseInteger(text.substr(1), 10);
  if (!exponent.Ok()) return false;
  value *= std::pow(letter == 'p' ? 2.0L : 10.0L, static_cast<long double>(exponent.Value()));
  return true;
}

// big.Rat's numbers without a slash.
Scanned ScanNumber(std::string_view text) {
  Scanned out;
  const int base = TakeSignAndPrefix(text, out.negative);
  bool point = false;
  int scale = 0;
  std::size_t digits = 0;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    if (text[i] == '_') {
      if (!IsUnderscoreInPlace(text, i, base)) return out;
      continue;
    }
    if (text[i] == '.' && !point) {
      point = true;
      continue;
    }
    const int digit = DigitOf(text[i]);
    if (digit >= base) break;
    out.value = out.value * base + digit;
    scale += point ? 1 : 0;
    ++digits;
  }
  if (digits == 0) return out;
  out.value /= std::pow(static_cast<long double>(base), scale);
  out.ok = ApplyExponent(text.substr(i), base, out.value);
  return out;
}

// One more than the largest duration; the smallest is its negative.
constexpr std::uint64_t kMostNanoseconds = std::uint64_t{1} << 63;

// The nanoseconds of a duration's unit, 0 for what is none.
std::uint64_t NanosecondsOf(std::string_view unit) {
  constexpr std::pair<std::string_view, std::uint64_t> kUnits[] = {
      {"ns", 1},       {"us", 1000},         {"\u00B5s", 1000},     {"\u03BCs", 1000},
      {"ms", 1000000}, {"s", 1000000000ULL}, {"m", 60000000000ULL}, {"h", 3600000000000ULL}};
  for (const auto& [name, size] : kUnits)
    if (name == unit) return size;
  return 0;
}

// Takes one number with its unit off a duration, as Go's time.ParseDuration does: what does not fit
// in 63 bits is none, and what a fraction has beyond them is cut.
std::optional<std::uint64_t> TakeDuration(std::string_view& text) {
  std::size_t at = 0;
  std::uint64_t whole = 0;
  for (; at < text.size() && IsDigit(text[at]); ++at) {
    if (whole > kMostNanoseconds / 10) return std::nullopt;
    whole = whole * 10 + static_cast<std::uint64_t>(text[at] - '0');
    if (whole > kMostNanoseconds) return std::nullopt;
  }
  bool any = at > 0;
  double fraction = 0;
  double scale = 1;
  if (at < text.size() && text[at] == '.') {
    std::uint64_t digits = 0;
    bool is_full = false;
    for (++at; at < text.size() && IsDigit(text[at]); ++at) {
      any = true;
      is_full = is_full || digits > (kMostNanoseconds - 1) / 10;
      const std::uint64_t more = digits * 10 + static_cast<std::uint64_t>(text[at] - '0');
      is_full = is_full || more > kMostNanoseconds;
      if (is_full) continue;
      digits = more;
      scale *= 10;
    }
    fraction = static_cast<double>(digits);
  }
  const std::size_t end = std::min(text.find_first_of("0123456789.", at), text.size());
  const std::uint64_t unit = NanosecondsOf(text.substr(at, end - at));
  if (!any || unit == 0 || whole > kMostNanoseconds / unit) return std::nullopt;
  text.remove_prefix(end);
  const std::uint64_t value =
      whole * unit + static_cast<std::uint64_t>(fraction * (static_cast<double>(unit) / scale));
  return value > kMostNanoseconds ? std::nullopt : std::optional(value);
}

}  // namespace

base::Result<std::int64_t> ParseBytes(std::string_view text) {
  const std::size_t last = text.find_last_of("0123456789. ");
  if (last == std::string_view::npos) return BadSize(text);
  const std::size_t digits = text[last] == ' ' ? last : last + 1;
  // Go's "nan" and "inf" can stand before a blank; what they become fits in no number of bytes.
  const std::string word = base::ToLower(text.substr(0, digits));
  if (word == "nan" || word == "inf" || word == "+inf" || word == "infinity")
    return std::numeric_limits<std::int64_t>::min();
  const std::optional<double> number = ParseFloat(text.substr(0, digits));
  const double factor = FactorOf(text.substr(last + 1));
  if (!number || *number < 0 || factor == 0) return BadSize(text);
  const double size = *number * factor;
  if (size >= std::ldexp(1.0, 63)) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(size);
}

base::Result<std::int64_t> ParseNanoCpus(std::string_view text) {
  const base::Error bad{"`" + std::string(text) + "` is no number of CPUs"};
  const std::size_t slash = text.find('/');
  long double value = 0;
  bool negative = false;
  if (slash != std::string_view::npos) {
    const auto over = ParseInteger(text.substr(0, slash), 0);
    const auto under = ParseInteger(text.substr(slash + 1), 0);
    if (!over.Ok() || !under.Ok() || under.Value() <= 0) return bad;
    value = static_cast<long double>(over.Value()) / static_cast<long double>(under.Value());
  } else {
    const Scanned number = ScanNumber(text);
    if (!number.ok) return bad;
    value = number.value;
    negative = number.negative;
  }
  const long double nano = value * 1e9L;
  const long double whole = std::round(nano);
  // A long double holds 64 bits: what is left of a whole number is below this, or too precise.
  if (!std::isfinite(nano) || std::fabs(nano - whole) > 1e-6L)
    return base::Error{"`" + std::string(text) + "` is too precise: nine decimals count"};
  // The client sends what is left of too large a number: its lowest 64 bits.
  const long double magnitude = std::fmod(std::fabs(whole), std::ldexp(1.0L, 64));
  const auto bits = static_cast<std::uint64_t>(magnitude);
  return static_cast<std::int64_t>(negative != (whole < 0) ? ~bits + 1 : bits);
}

std::optional<int> ParseDurationSign(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  std::uint64_t total = 0;
  while (!text.empty()) {
    const auto nanoseconds = TakeDuration(text);
    if (!nanoseconds) return std::nullopt;
    total += *nanoseconds;
    if (total > kMostNanoseconds) return std::nullopt;
  }
  if (total == kMostNanoseconds && !negative) return std::nullopt;
  return total == 0 ? 0 : negative ? -1 : 1;
}

}  // namespace cagelint::input
