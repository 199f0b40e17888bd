#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <iterator>
#include <string>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/compose_schema.h"

namespace cagelint::input::compose {

bool CastBoolean(std::string_view text, bool& value) {
  const std::string word = base::ToLower(text);
  value = word == "true" || word == "yes" || word == "y" || word == "on";
  return value || word == "false" || word == "no" || word == "n" || word == "off";
}

bool CastInteger(std::string_view text, std::int64_t& value) {
  if (text.starts_with('+')) {
    text.remove_prefix(1);
    if (text.starts_with('-')) return false;
  }
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

namespace {

// Go's underscoreOK: an underscore stands between two digits, or behind the prefix `0x`.
bool HasGoodUnderscores(std::string_view text, bool hexadecimal) {
  bool digit = hexadecimal;
  for (std::size_t i = hexadecimal ? 2 : 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (text[i] == '_' && !digit) return false;
    if (i > 0 && text[i - 1] == '_' && text[i] != '_' &&
        !(hexadecimal ? std::isxdigit(byte) : std::isdigit(byte)))
      return false;
    digit = (hexadecimal ? std::isxdigit(byte) : std::isdigit(byte)) != 0;
  }
  return !text.ends_with('_');
}

}  // namespace

bool CastNumber(std::string_view text, double& value) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  const bool hexadecimal = text.size() > 1 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X');
  if (text.empty() || text[0] == '-' || !HasGoodUnderscores(text, hexadecimal)) return false;
  std::string plain(text);
  std::erase(plain, '_');
  // Only with an exponent is a hexadecimal number a float; of the words Go knows inf and nan.
  if (hexadecimal && plain.find_first_of("pP") == std::string::npos) return false;
  if (plain.find('(') != std::string::npos) return false;
  const char* first = plain.data() + (hexadecimal ? 2 : 0);
  const char* last = plain.data() + plain.size();
  const auto format = hexadecimal ? std::chars_format::hex : std::chars_format::general;
  const auto [end, error] = std::from_chars(first, last, value, format);
  if (negative) value = -value;
  return error == std::errc() && end == last;
}

bool CastDuration(std::string_view text, double& seconds) {
  seconds = 0;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text == "0") return true;
  if (text.empty()) return false;
  while (!text.empty()) {
    const std::size_t digits = std::min(text.find_first_not_of("0123456789."), text.size());
    double number = 0;
    if (!CastNumber(text.substr(0, digits), number)) return false;
    text.remove_prefix(digits);
    const std::size_t letters = std::min(text.find_first_of("0123456789."), text.size());
    const std::string_view unit = text.substr(0, letters);
    text.remove_prefix(letters);
    constexpr std::pair<std::string_view, double> kUnits[] = {
        {"ns", 1e-9}, {"us", 1e-6}, {"\xC2\xB5s", 1e-6}, {"\xCE\xBCs", 1e-6}, {"ms", 1e-3},
        {"s", 1},     {"m", 60},    {"h", 3600},         {"d", 86400},        {"w", 604800}};
    const auto* found = std::find_if(std::begin(kUnits), std::end(kUnits),
                                     [&](const auto& known) { return known.first == unit; });
    if (found == std::end(kUnits)) return false;
    seconds += number * found->second;
  }
  if (negative) seconds = -seconds;
  // It is kept in nanoseconds of 64 bits.
  return std::fabs(seconds) < 9.2233720368e9;
}

}  // namespace cagelint::input::compose
