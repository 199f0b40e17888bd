#include "linter/base/byte_gate.h"

#include <array>
#include <cstdio>

#include "linter/base/text.h"

namespace cagelint::base {
namespace {

std::string Hex(std::string_view text, unsigned char byte) {
  std::array<char, 8> buffer{};
  std::snprintf(buffer.data(), buffer.size(), "0x%02x", static_cast<unsigned>(byte));
  return std::string(text) + buffer.data();
}

bool IsRefusedControl(unsigned char byte) {
  return (byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f') ||
         byte == 0x7F;
}

}  // namespace

std::optional<Refusal> CheckBytes(std::string_view bytes) {
  if (bytes.size() > kLargestFile)
    return Refusal{kLargestFile, "is larger than the limit of 8 MiB"};
  if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF"))
    return Refusal{0, "is UTF-16 or UTF-32, not UTF-8"};
  for (std::size_t at = 0; at < bytes.size();) {
    // Nearly all there is.
    while (at < bytes.size() && ((bytes[at] >= ' ' && bytes[at] <= '~') || bytes[at] == '\n')) ++at;
    if (at == bytes.size()) break;
    const auto byte = static_cast<unsigned char>(bytes[at]);
    if (byte == 0) return Refusal{at, "holds a NUL byte: not a text file"};
    if (IsRefusedControl(byte)) return Refusal{at, Hex("holds the control byte ", byte)};
    if (byte < 0x80) {
      ++at;
      continue;
    }
    const CodePoint point = DecodeUtf8(bytes.substr(at));
    if (!point.valid) return Refusal{at, Hex("is not UTF-8: byte ", byte)};
    at += point.size;
  }
  return std::nullopt;
}

}  // namespace cagelint::base
