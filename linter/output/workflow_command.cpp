#include "linter/output/workflow_command.h"

#include "linter/output/plain_text.h"

namespace cagelint::output {
namespace {

bool IsPlain(char c) { return c != '%' && c != '\r' && c != '\n'; }
bool IsPlainInProperty(char c) { return IsPlain(c) && c != ':' && c != ','; }

}  // namespace

std::string CommandText(const WorkflowCommand& command) {
  std::string out = "::" + std::string(command.name);
  char before = ' ';
  for (const auto& [name, value] : command.properties) {
    if (value.empty()) continue;
    out += before + std::string(name) + "=" + PercentEncoded(value, IsPlainInProperty);
    before = ',';
  }
  return out + "::" + PercentEncoded(command.message, IsPlain) + "\n";
}

}  // namespace cagelint::output
