#include "linter/output/fingerprints.h"

#include <array>
#include <cstddef>
#include <string_view>
#include <unordered_map>

#include "linter/engine/baseline.h"
#include "linter/output/finding_json.h"

namespace cagelint::output {
namespace {

class Numbers {
 public:
  std::string Number(const std::string& path, std::string fingerprint) {
    const std::size_t number = ++seen_[fingerprint + path];  // all fingerprints are of one length
    if (number > 1) fingerprint += ":" + std::to_string(number);
    return fingerprint;
  }

 private:
  std::unordered_map<std::string, std::size_t> seen_;
};

}  // namespace

std::vector<std::string> FindingFingerprints(const engine::Report& report) {
  Numbers numbers;
  std::vector<std::string> out;
  out.reserve(report.findings.size());
  for (const diagnostic::Diagnostic& finding : report.findings)
    out.push_back(numbers.Number(PathOf(report, finding.span),
                                 engine::Fingerprint(finding, *report.sources)));
  return out;
}

std::vector<std::string> GapFingerprints(const engine::Report& report) {
  Numbers numbers;
  std::vector<std::string> out;
  out.reserve(report.gaps.size());
  for (const diagnostic::Gap& gap : report.gaps) {
    const std::array<std::string_view, 4> parts{"gap", gap.kind, gap.message,
                                                report.sources->Text(gap.span)};
    out.push_back(numbers.Number(PathOf(report, gap), engine::Digest(parts)));
  }
  return out;
}

std::string FingerprintInFile(const std::string& path, const std::string& fingerprint) {
  const std::array<std::string_view, 2> parts{path, fingerprint};
  return engine::Digest(parts);
}

}  // namespace cagelint::output
