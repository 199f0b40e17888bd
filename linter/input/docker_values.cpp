#include "linter/input/docker_values.h"

#include <array>
#include <limits>

#include <arpa/inet.h>

#include "linter/base/csv.h"
#include "linter/base/text.h"

namespace cagelint::input {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

int DigitOf(char c) {
  if (IsDigit(c)) return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'z' ? lower - 'a' + 10 : 99;
}

base::Error BadSyntax(std::string_view text) {
  return {"`" + std::string(text) + "` is no whole number"};
}

// Takes a prefix of base 0 off `digits`; `after_prefix` tells that an underscore may come first.
int TakePrefix(std::string_view& digits, bool& after_prefix) {
  after_prefix = false;
  if (digits.size() < 2 || digits[0] != '0') return 10;
  after_prefix = true;
  const char letter = static_cast<char>(digits[1] | 0x20);
  const int base = letter == 'x' ? 16 : letter == 'o' ? 8 : letter == 'b' ? 2 : 0;
  digits.remove_prefix(base == 0 ? 1 : 2);
  return base == 0 ? 8 : base;
}

bool IsAddressOf(int family, const std::string& text, std::string* canonical) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(family, text.c_str(), bytes.data()) != 1) return false;
  std::array<char, INET6_ADDRSTRLEN> name{};
  inet_ntop(family, bytes.data(), name.data(), name.size());
  *canonical = name.data();
  return true;
}

}  // namespace

std::optional<bool> ParseBool(std::string_view text) {
  for (const std::string_view word : {"1", "t", "T", "TRUE", "true", "True"})
    if (text == word) return true;
  for (const std::string_view word : {"0", "f", "F", "FALSE", "false", "False"})
    if (text == word) return false;
  return std::nullopt;
}

base::Result<std::uint64_t> ParseUnsigned(std::string_view text, int base, std::uint64_t largest) {
  std::string_view digits = text;
  bool underscore_first = false;
  const bool free_base = base == 0;
  if (free_base) base = TakePrefix(digits, underscore_first);
  std::uint64_t value = 0;
  bool after_digit = underscore_first;
  if (digits.empty()) return BadSyntax(text);
  for (const char c : digits) {
    if (c == '_' && free_base && after_digit) {
      after_digit = false;
      continue;
    }
    const int digit = DigitOf(c);
    if (digit >= base) return BadSyntax(text);
    const auto add = static_cast<std::uint64_t>(digit);
    const auto factor = static_cast<std::uint64_t>(base);
    if (value > (largest - std::min(add, largest)) / factor)
      return base::Error{"`" + std::string(text) + "` is out of range"};
    value = value * factor + add;
    after_digit = true;
  }
  if (!after_digit) return BadSyntax(text);
  return value;
}

base::Result<std::int64_t> ParseInteger(std::string_view text, int base) {
  const bool negative = text.starts_with('-');
  std::string_view digits = text;
  if (negative || text.starts_with('+')) digits.remove_prefix(1);
  constexpr auto kLargest = std::numeric_limits<std::int64_t>::max();
  const auto value =
      ParseUnsigned(digits, base, static_cast<std::uint64_t>(kLargest) + (negative ? 1U : 0U));
  if (!value.Ok()) {
    if (value.Message().ends_with("range"))
      return base::Error{"`" + std::string(text) + "` is out of range"};
    return BadSyntax(text);
  }
  return static_cast<std::int64_t>(negative ? 0 - value.Value() : value.Value());
}

std::optional<std::string> ParseAddress(std::string_view text) {
  const std::string copy(text);
  std::string canonical;
  if (text.find(':') == std::string_view::npos) {
    if (IsAddressOf(AF_INET, copy, &canonical)) return canonical;
  } else if (IsAddressOf(AF_INET6, copy, &canonical)) {
    // Go writes a mapped address as the IPv4 one that it is.
    constexpr std::string_view kMapped = "::ffff:";
    if (canonical.starts_with(kMapped) && canonical.find('.') != std::string::npos)
      canonical.erase(0, kMapped.size());
    return canonical;
  }
  return std::nullopt;
}

bool IsMac(std::string_view text) {
  const bool dots = text.size() > 4 && text[4] == '.';
  const std::size_t group = dots ? 4 : 2;
  const std::size_t groups = (text.size() + 1) / (group + 1);
  if (text.size() != groups * (group + 1) - 1) return false;
  const std::size_t bytes = groups * group / 2;
  if (bytes != 6 && bytes != 8 && bytes != 20) return false;
  const char separator = text[group];
  if (!dots && separator != ':' && separator != '-') return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool at_separator = i % (group + 1) == group;
    if (at_separator ? text[i] != separator : DigitOf(text[i]) >= 16) return false;
  }
  return true;
}

bool ReadCsvFields(std::string_view text, std::vector<CsvField>& fields) {
  fields.clear();
  std::size_t start = 0;
  while (start < text.size() && (text[start] == '\n' || text.substr(start, 2) == "\r\n"))
    start += text[start] == '\n' ? 1 : 2;
  // The record ends at the first line end outside quotes. Inside quotes every quote toggles.
  std::size_t end = start;
  bool quoted = false;
  for (; end < text.size() && (quoted || text[end] != '\n'); ++end)
    if (text[end] == '"') quoted = !quoted;
  if (end == start) return false;
  if (text[end - 1] == '\r') --end;
  std::vector<std::string> texts;
  const std::string_view line = text.substr(start, end - start);
  if (!base::ParseCsvRecord(line, texts)) return false;
  std::size_t at = start;
  for (std::string& field : texts) {
    const bool has_quotes = at < end && text[at] == '"';
    std::size_t size = field.size();
    if (has_quotes) {
      size += 2;
      for (const char c : field) size += c == '"' ? 1 : 0;
    }
    fields.push_back({std::move(field), at, at + size, has_quotes ? at + 1 : at});
    at += size + 1;
  }
  return true;
}

}  // namespace cagelint::input
