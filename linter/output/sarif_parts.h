// The objects of SARIF that a finding, a gap and a rule become, one tree each.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "linter/output/finding_json.h"
#include "linter/output/writers.h"

namespace cagelint::output {

// The rules that found something and the kinds of gaps, by name: tool.driver numbers them.
class SarifDescriptors {
 public:
  explicit SarifDescriptors(const engine::Report& report);
  std::size_t RuleIndex(std::string_view rule) const { return rules_.at(std::string(rule)); }
  std::size_t KindIndex(std::string_view kind) const { return kinds_.at(std::string(kind)); }
  // reportingDescriptor objects. Of a rule that `options` does not have, only the id.
  std::vector<Json> Rules(const WriterOptions& options) const;
  std::vector<Json> Notifications() const;

 private:
  std::map<std::string, std::size_t> rules_;
  std::map<std::string, std::size_t> kinds_;
};

// `fingerprint` is one of FindingFingerprints.
Json SarifResult(const engine::Report& report, const diagnostic::Diagnostic& finding,
                 const std::string& fingerprint, const SarifDescriptors& descriptors);
Json SarifNotification(const engine::Report& report, const diagnostic::Gap& gap,
                       const SarifDescriptors& descriptors);

// A message object. What SARIF would read as a link or a placeholder is kept from it.
Json SarifMessage(std::string text);

}  // namespace cagelint::output
