// Which part of a filter a call meets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "linter/seccomp/filter.h"

namespace cagelint::seccomp {

// The number of `syscall` (a name or a number) on `abi`; nothing where that ABI has no such call,
// or the runtime's libseccomp does not know its name.
std::optional<int> CallNumber(const Filter& filter, const Abi& abi, std::string_view syscall);

struct Part {
  // What decides; null where the answer does not depend on rules.
  const AbiFilter* filter = nullptr;
  const CallRules* rules = nullptr;  // null: no rule names the call
  // The answer where `filter` is null: the ABI is not let in, or the number is newer than the
  // profile.
  Action answer;
};

Part PartFor(const Filter& filter, const Abi& abi, int number);

// "0x7e020000"; plain below ten.
std::string Hexadecimal(std::uint64_t value);

// "(arg0 & 0x7e020000) == 0 and arg1 == 2": the comparisons of `rule` as `abi` makes them.
std::string Describe(const CallRule& rule, const Abi& abi);

}  // namespace cagelint::seccomp
