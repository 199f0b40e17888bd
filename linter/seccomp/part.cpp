#include "linter/seccomp/part.h"

#include <charconv>
#include <string>

namespace cagelint::seccomp {
namespace {

constexpr Action kNoSuchCall{ActionKind::kErrno, 38};
constexpr Action kBadArchitecture{ActionKind::kKillThread, 0};

// `text` as a number: "12", "-1", "0x1f"; nothing when it is a name.
std::optional<std::int32_t> NumberOf(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative) text.remove_prefix(1);
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  std::uint32_t value = 0;
  const auto read =
      std::from_chars(text.data(), text.data() + text.size(), value, hexadecimal ? 16 : 10);
  if (read.ec != std::errc() || read.ptr != text.data() + text.size()) return std::nullopt;
  return static_cast<std::int32_t>(negative ? 0 - value : value);
}

// The part of the filter that a number meets: x86-64 and x32 share an architecture of the audit
// interface, and a bit of the number tells them apart. Null where the filter kills.
const AbiFilter* AbiPart(const Filter& filter, const Abi& abi, int number) {
  if (abi.name != "x86_64" && abi.name != "x32") return filter.On(abi);
  const AbiFilter* x32 = filter.On(*AbiNamed("x32"));
  const AbiFilter* native = filter.On(*AbiNamed("x86_64"));
  const bool has_bit = (static_cast<std::uint32_t>(number) & kX32Bit) != 0;
  if (!has_bit) return native;
  // -1 is what a tracer leaves to skip a call; libseccomp lets it fall to the default.
  return x32 == nullptr && number == -1 ? native : x32;
}

// Whether runc answers before the filter is asked.
bool StubAnswers(const Filter& filter, const AbiFilter& part, int number) {
  if (!filter.has_stub || part.largest < 0) return false;
  // The number that s390's kernel uses for "none".
  if (number == 0 && part.abi->name.starts_with("s390")) return true;
  const bool is_x32 = part.abi->name == "x32";
  const bool is_native = part.abi->name == "x86_64";
  const auto raw = static_cast<std::uint32_t>(number);
  if (is_native && (raw & kX32Bit) != 0) return false;
  return (!is_x32 || (raw & kX32Bit) != 0) && raw > static_cast<std::uint32_t>(part.largest);
}

std::string_view Symbol(Operator op) {
  switch (op) {
    case Operator::kNe:
      return " != ";
    case Operator::kLt:
      return " < ";
    case Operator::kLe:
      return " <= ";
    case Operator::kGe:
      return " >= ";
    case Operator::kGt:
      return " > ";
    case Operator::kEq:
    case Operator::kMaskedEq:
      break;
  }
  return " == ";
}

}  // namespace

std::optional<int> CallNumber(const Filter& filter, const Abi& abi, std::string_view syscall) {
  if (const auto number = NumberOf(syscall)) return number;
  const Syscall* call = SyscallNamed(syscall);
  if (call == nullptr || call->On(abi) < 0) return std::nullopt;
  if (call->newer && !filter.knows_newer) return std::nullopt;
  return call->On(abi);
}

Part PartFor(const Filter& filter, const Abi& abi, int number) {
  const AbiFilter* part = AbiPart(filter, abi, number);
  if (part == nullptr) return {nullptr, nullptr, kBadArchitecture};
  if (StubAnswers(filter, *part, number)) return {nullptr, nullptr, kNoSuchCall};
  if (part->blind) return {part, nullptr, {}};
  const auto rules = part->calls.find(number);
  return {part, rules == part->calls.end() ? nullptr : &rules->second, {}};
}

std::string Hexadecimal(std::uint64_t value) {
  if (value < 10) return std::to_string(value);
  char digits[16];
  const auto written = std::to_chars(digits, digits + sizeof digits, value, 16);
  return "0x" + std::string(digits, written.ptr);
}

std::string Describe(const CallRule& rule, const Abi& abi) {
  const std::uint64_t full = abi.wide ? UINT64_MAX : UINT32_MAX;
  std::string text;
  for (const Comparison& c : rule.comparisons) {
    std::string argument = "arg" + std::to_string(c.argument);
    if (c.op == Operator::kMaskedEq)
      argument = "(" + argument + " & " + Hexadecimal(c.mask & full) + ")";
    if (!text.empty()) text += " and ";
    text += argument + std::string(Symbol(c.op)) + Hexadecimal(c.datum & full);
  }
  return text;
}

}  // namespace cagelint::seccomp
