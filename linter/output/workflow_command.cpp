#include "linter/output/workflow_command.h"

namespace cagelint::output {
namespace {

std::string Encode(std::string_view text, std::string_view reserved) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (reserved.find(c) == std::string_view::npos) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

}  // namespace

std::string CommandText(const WorkflowCommand& command) {
  std::string out = "::" + std::string(command.name);
  char before = ' ';
  for (const auto& [name, value] : command.properties) {
    if (value.empty()) continue;
    out += before + std::string(name) + "=" + Encode(value, "%\r\n:,");
    before = ',';
  }
  return out + "::" + Encode(command.message, "%\r\n") + "\n";
}

}  // namespace cagelint::output
