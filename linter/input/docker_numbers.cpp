// Sizes, CPU shares and durations: the fractional numbers of docker_values.h.
#include <cmath>
#include <cstdlib>
#include <limits>

#include "linter/base/text.h"
#include "linter/input/docker_values.h"

namespace cagelint::input {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

// strconv.ParseFloat of a finite number: decimal, or hexadecimal with a binary exponent; single
// underscores between digits.
std::optional<double> ParseFloat(std::string_view text) {
  std::string plain;
  bool hexadecimal = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '_') {
      const bool between = i > 0 && i + 1 < text.size() && std::isxdigit(text[i - 1]) != 0 &&
                           std::isxdigit(text[i + 1]) != 0;
      if (!between) return std::nullopt;
      continue;
    }
    const char lower = static_cast<char>(c | 0x20);
    if (lower == 'x') hexadecimal = true;
    const bool known =
        std::isxdigit(c) != 0 || c == '.' || c == '+' || c == '-' || lower == 'x' || lower == 'p';
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

// Digits and an exponent of ten (or two): the number is `digits` * base^exponent.
struct Scanned {
  bool ok = false;
  bool negative = false;
  long double value = 0;
};

// big.Rat's numbers without a slash.
Scanned ScanNumber(std::string_view text) {
  Scanned out;
  if (text.starts_with('-') || text.starts_with('+')) {
    out.negative = text[0] == '-';
    text.remove_prefix(1);
  }
  int base = 10;
  if (text.size() > 2 && text[0] == '0') {
    const char letter = static_cast<char>(text[1] | 0x20);
    base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 10;
    if (base != 10) text.remove_prefix(2);
  }
  bool point = false;
  int scale = 0;
  std::size_t digits = 0;
  std::size_t i = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    const char lower = static_cast<char>(c | 0x20);
    if (c == '_') {
      // Between digits only, or behind a prefix.
      const bool before = digits > 0 ? text[i - 1] != '_' && text[i - 1] != '.' : base != 10;
      if (!before || i + 1 == text.size() || std::isxdigit(text[i + 1]) == 0) return out;
      continue;
    }
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    const int digit = IsDigit(c)                                   ? c - '0'
                      : base == 16 && lower >= 'a' && lower <= 'f' ? lower - 'a' + 10
                                                                   : 99;
    if (digit >= base) break;
    out.value = out.value * base + digit;
    scale += point ? 1 : 0;
    ++digits;
  }
  if (digits == 0) return out;
  out.value /= std::pow(static_cast<long double>(base), scale);
  if (i < text.size()) {
    const char letter = static_cast<char>(text[i] | 0x20);
    if (letter != 'p' && !(letter == 'e' && base == 10)) return out;
    const auto exponent = ParseInteger(text.substr(i + 1), 10);
    if (!exponent.Ok()) return out;
    const long double factor = letter == 'p' ? 2.0L : 10.0L;
    out.value *= std::pow(factor, static_cast<long double>(exponent.Value()));
  }
  out.ok = true;
  return out;
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
  if (whole >= 9.2e18L) return std::int64_t{0};  // the client sends what is left of the bits
  return static_cast<std::int64_t>(negative ? -whole : whole);
}

std::optional<int> ParseDurationSign(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return 0;
  if (text.empty()) return std::nullopt;
  bool any = false;
  while (!text.empty()) {
    const std::size_t number = std::min(text.find_first_not_of("0123456789."), text.size());
    const std::string_view digits = text.substr(0, number);
    if (digits.find_first_of("0123456789") == std::string_view::npos ||
        digits.find('.') != digits.rfind('.')) {
      return std::nullopt;
    }
    any = any || digits.find_first_of("123456789") != std::string_view::npos;
    text.remove_prefix(number);
    const std::size_t size = std::min(text.find_first_of("0123456789."), text.size());
    bool known = false;
    for (const std::string_view unit : {"ns", "us", "µs", "μs", "ms", "s", "m", "h"})
      known = known || text.substr(0, size) == unit;
    if (!known) return std::nullopt;
    text.remove_prefix(size);
  }
  return !any ? 0 : negative ? -1 : 1;
}

}  // namespace cagelint::input
