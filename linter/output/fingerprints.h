// Names for findings that stay when lines move: programs that compare two reports go by them.
#pragma once

#include <string>
#include <vector>

#include "linter/engine/report.h"

namespace cagelint::output {

// One for each of `report.findings`, by index: the fingerprint of a baseline, and ":2", ":3" …
// behind it for those of the same file that are equal, in their order. Two files may have the same.
std::vector<std::string> FindingFingerprints(const engine::Report& report);
// One for each of `report.gaps`, likewise: of kind, message and what is underlined.
std::vector<std::string> GapFingerprints(const engine::Report& report);

// One that no other file has.
std::string FingerprintInFile(const std::string& path, const std::string& fingerprint);

}  // namespace cagelint::output
