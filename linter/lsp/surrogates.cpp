#include "linter/lsp/surrogates.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "linter/base/text.h"

namespace cagelint::lsp {
namespace {

constexpr char32_t kFirstHalf = 0xD800, kFirstLow = 0xDC00, kLastHalf = 0xDFFF;
constexpr char32_t kReplacement = 0xFFFD;
constexpr std::size_t kEscape = 6;  // `\uXXXX`

void Append(std::string& out, char32_t point) {
  const auto byte = [&](char32_t bits) { out += static_cast<char>(bits); };
  if (point < 0x10000) {
    byte(0xE0 | (point >> 12));
  } else {
    byte(0xF0 | (point >> 18));
    byte(0x80 | ((point >> 12) & 0x3F));
  }
  byte(0x80 | ((point >> 6) & 0x3F));
  byte(0x80 | (point & 0x3F));
}

// The value of `\uXXXX` at the begin of `text`.
std::optional<char32_t> EscapeAt(std::string_view text) {
  if (text.size() < kEscape || text[0] != '\\' || text[1] != 'u') return std::nullopt;
  char32_t value = 0;
  for (const char c : text.substr(2, 4)) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      value = value * 16 + static_cast<char32_t>(c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
    } else {
      return std::nullopt;
    }
  }
  return value;
}

bool IsHigh(char32_t value) { return value >= kFirstHalf && value < kFirstLow; }
bool IsLow(char32_t value) { return value >= kFirstLow && value <= kLastHalf; }

// Calls `half(offset, value)` for each escape that is a half alone.
template <typename Visit>
void ForEachHalf(std::string_view json, const Visit& half) {
  for (std::size_t at = json.find('\\'); at != std::string_view::npos;) {
    std::size_t size = 2;
    if (const auto value = EscapeAt(json.substr(at))) {
      const auto next = EscapeAt(json.substr(at + kEscape));
      const bool pair = IsHigh(*value) && next && IsLow(*next);
      size = pair ? 2 * kEscape : kEscape;
      if (!pair && *value >= kFirstHalf && *value <= kLastHalf) half(at, *value);
    }
    at = json.find('\\', at + size);
  }
}

// A block of 2,048 characters for private use of which `json` has none, written out or escaped.
char32_t FreeBlock(std::string_view json) {
  constexpr char32_t kFirst = 0xF0000, kLast = 0x10F800, kSize = 0x800;
  std::vector<bool> used((kLast - kFirst) / kSize + 1);
  for (std::size_t at = 0; at < json.size(); ++at) {
    const auto byte = static_cast<unsigned char>(json[at]);
    char32_t point = 0;
    if (byte >= 0xF3) {
      point = base::DecodeUtf8(json.substr(at)).value;
    } else if (byte == '\\') {
      const auto high = EscapeAt(json.substr(at));
      // The low half does not matter within a kibi of characters.
      if (high && IsHigh(*high)) point = 0x10000 + ((*high - kFirstHalf) << 10);
    }
    if (point >= kFirst && point < kLast + kSize) used[(point - kFirst) / kSize] = true;
  }
  for (std::size_t i = 0; i < used.size(); ++i)
    if (!used[i]) return kFirst + static_cast<char32_t>(i) * kSize;
  return 0;
}

}  // namespace

Replaced ReplaceHalves(std::string_view json) {
  bool any = false;
  ForEachHalf(json, [&](std::size_t, char32_t) { any = true; });
  if (!any) return {std::string(json), 0};
  Replaced out{{}, FreeBlock(json)};
  std::size_t done = 0;
  ForEachHalf(json, [&](std::size_t at, char32_t value) {
    out.json += json.substr(done, at - done);
    Append(out.json, out.block == 0 ? kReplacement : out.block + value - kFirstHalf);
    done = at + kEscape;
  });
  out.json += json.substr(done);
  return out;
}

std::string RestoreHalves(std::string_view text, char32_t block) {
  if (block == 0) return std::string(text);
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint point = base::DecodeUtf8(text.substr(at));
    if (point.value >= block && point.value <= block + (kLastHalf - kFirstHalf)) {
      Append(out, point.value - block + kFirstHalf);
    } else {
      out += text.substr(at, point.size);
    }
    at += point.size;
  }
  return out;
}

bool IsHighHalf(std::string_view bytes) {
  return bytes.size() >= 3 && bytes[0] == '\xED' && static_cast<unsigned char>(bytes[1]) >= 0xA0 &&
         static_cast<unsigned char>(bytes[1]) < 0xB0;
}

bool IsLowHalf(std::string_view bytes) {
  return bytes.size() >= 3 && bytes[0] == '\xED' && static_cast<unsigned char>(bytes[1]) >= 0xB0;
}

std::string JoinHalves(std::string_view wtf8) {
  std::string out;
  out.reserve(wtf8.size());
  for (std::size_t at = 0; at < wtf8.size();) {
    const std::string_view rest = wtf8.substr(at);
    if (!IsHighHalf(rest) || !IsLowHalf(rest.substr(3))) {
      out += wtf8[at++];
      continue;
    }
    const auto bits = [&](std::size_t i) { return static_cast<char32_t>(rest[i]) & 0x3FU; };
    const char32_t high = ((bits(1) & 0x0FU) << 6U) | bits(2);
    const char32_t low = ((bits(4) & 0x0FU) << 6U) | bits(5);
    Append(out, 0x10000 + (high << 10U) + low);
    at += 6;
  }
  return out;
}

std::string WithoutHalves(std::string_view wtf8) {
  std::string out(wtf8);
  for (std::size_t at = out.find('\xED'); at != std::string::npos; at = out.find('\xED', at + 1)) {
    const std::string_view rest = std::string_view(out).substr(at);
    if (IsHighHalf(rest) || IsLowHalf(rest)) out.replace(at, 3, "\xEF\xBF\xBD");
  }
  return out;
}

std::string HighHalf(char32_t point) {
  std::string out;
  Append(out, kFirstHalf + ((point - 0x10000) >> 10U));
  return out;
}

std::string LowHalf(char32_t point) {
  std::string out;
  Append(out, kFirstLow + ((point - 0x10000) & 0x3FFU));
  return out;
}

}  // namespace cagelint::lsp
