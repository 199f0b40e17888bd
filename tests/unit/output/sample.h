// Reports made by hand, so that the writers are tested without readers and rules.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/engine/report.h"

namespace cagelint::test {

class Sample {
 public:
  Sample() { report.sources = &sources_; }

  const base::Source& File(std::string path, std::string bytes) {
    ++report.files;
    return sources_.Add(std::move(path), std::move(bytes));
  }

  // The first place of `text`.
  static base::Span At(const base::Source& source, std::string_view text) {
    const std::size_t begin = source.Bytes().find(text);
    return {source.Id(), static_cast<std::uint32_t>(begin),
            static_cast<std::uint32_t>(begin + text.size())};
  }

  diagnostic::Diagnostic& Find(std::string rule, diagnostic::Severity severity, base::Span span,
                               std::string message) {
    diagnostic::Diagnostic finding;
    finding.rule = std::move(rule);
    finding.severity = severity;
    finding.span = span;
    finding.message = std::move(message);
    report.findings.push_back(std::move(finding));
    return report.findings.back();
  }

  void Gap(std::string kind, std::string message, base::Span span, std::string path = "",
           bool refused = false) {
    report.gaps.push_back({std::move(kind), std::move(message), span, std::move(path), refused});
  }

  engine::Report report;

 private:
  base::SourceSet sources_;
};

}  // namespace cagelint::test
