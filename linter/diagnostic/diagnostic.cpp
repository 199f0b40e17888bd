#include "linter/diagnostic/diagnostic.h"

namespace cagelint::diagnostic {

std::string_view Name(Severity severity) {
  switch (severity) {
    case Severity::kOff:
      return "off";
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "off";
}

std::string_view Name(Safety safety) { return safety == Safety::kSafe ? "safe" : "unsafe"; }

std::optional<Severity> SeverityNamed(std::string_view name) {
  for (const Severity severity :
       {Severity::kOff, Severity::kInfo, Severity::kWarning, Severity::kError}) {
    if (Name(severity) == name) return severity;
  }
  return std::nullopt;
}

}  // namespace cagelint::diagnostic
