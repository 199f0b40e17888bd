#include "tests/oracle/compose_values.h"

#include <cmath>
#include <cstdlib>

#include "linter/base/text.h"

namespace cagelint::test {

using Json = nlohmann::json;

std::string CapabilityName(const std::string& name) {
  const std::string upper = base::ToUpper(name);
  return upper == "ALL" || upper.starts_with("CAP_") ? upper : "CAP_" + upper;
}

std::string SecurityOption(std::string text) {
  const std::size_t split = text.find_first_of("=:");
  if (split != std::string::npos && !text.starts_with("systempaths")) text[split] = '=';
  return text;
}

std::string HostEntry(std::string text) {
  const std::size_t split = text.find_first_of("=:");
  if (split != std::string::npos) text[split] = ':';
  return text;
}

Json NumberOf(const Json& value) {
  if (!value.is_string()) return value;
  const std::string text = value;
  char* end = nullptr;
  const double number = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() && !text.empty() ? Json(number) : value;
}

Json SecondsOf(const Json& value) {
  if (!value.is_string()) return value;
  const std::string text = value;
  double sum = 0;
  const bool negative = text.starts_with('-');
  const char* at = text.c_str() + (negative ? 1 : 0);
  while (*at != '\0') {
    char* end = nullptr;
    const double number = std::strtod(at, &end);
    const std::string_view unit(end);
    const bool milli = unit.starts_with("ms"), micro = unit.starts_with("\xC2\xB5s");
    const bool nano = unit.starts_with("ns");
    const double scale = nano                    ? 1e-9
                         : micro                 ? 1e-6
                         : milli                 ? 1e-3
                         : unit.starts_with('h') ? 3600
                         : unit.starts_with('m') ? 60
                                                 : 1;
    sum += number * scale;
    at = end + (micro ? 3 : milli || nano ? 2 : 1);
  }
  return std::ceil(negative ? -sum : sum);
}

}  // namespace cagelint::test
