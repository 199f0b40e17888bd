// SARIF 2.1.0 within the limits of those who read it.
#pragma once

#include <cstddef>
#include <string>

#include "linter/engine/report.h"
#include "linter/output/writers.h"

namespace cagelint::output {

// Those of GitHub: an upload beyond them is refused ("SARIF results exceed one or more limits" and
// "Uploading a SARIF file" in its documentation).
struct SarifLimits {
  std::size_t results = 25'000;       // of a run
  std::size_t bytes = 10'000'000;     // of the document, compressed by gzip
  std::size_t notifications = 5'000;  // ours: nobody says how many gaps are too many
};

// The document with its final line end. Where it would be too large, the worst findings are in it,
// and a notification says how many are not.
std::string Sarif(const engine::Report& report, const WriterOptions& options,
                  const SarifLimits& limits);

}  // namespace cagelint::output
