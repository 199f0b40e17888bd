#include "linter/seccomp/table.h"

#include <algorithm>
#include <charconv>

namespace cagelint::seccomp {

std::uint64_t NumberIn(std::string_view text) {
  const bool hexadecimal = text.starts_with("0x");
  if (hexadecimal) text.remove_prefix(2);
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, hexadecimal ? 16 : 10);
  return value;
}

bool Has(const std::vector<std::string>& capabilities, std::string_view wanted) {
  return std::any_of(capabilities.begin(), capabilities.end(),
                     [&](const std::string& one) { return one == wanted || one == "ALL"; });
}

}  // namespace cagelint::seccomp
