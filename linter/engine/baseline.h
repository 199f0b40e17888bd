// Findings that were there before: recorded, so that only new ones fail.
#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/engine/report.h"

namespace cagelint::engine {

// Who suppressed what a baseline has: diagnostic::Suppressed::by.
inline constexpr std::string_view kByBaseline = "baseline";

struct Baseline {
  std::vector<BaselineEntry> entries;  // sorted; those of one kind once
};

// The first 16 bytes of the SHA-256 of `parts`, in hexadecimal. None of them can pass for two.
std::string Digest(std::span<const std::string_view> parts);

// Tells a finding from others of its file, wherever it is moved to: BaselineEntry::fingerprint.
std::string Fingerprint(const diagnostic::Diagnostic& finding, const base::SourceSet& sources);

// How a path of the report is written in a baseline.
using PathName = std::function<std::string(const std::string& path)>;

// What is found and not suppressed.
Baseline RecordBaseline(const Report& report, const PathName& name);

// Marks what `baseline` has as suppressed, as often as it has it. `is_judged` says whether an entry
// would have been found if it were still there: what is then missing goes to Report::fixed.
void ApplyBaseline(const Baseline& baseline, const PathName& name,
                   const std::function<bool(const BaselineEntry&)>& is_judged, Report& report);

// `baseline` without what `report` says is fixed.
Baseline Pruned(const Baseline& baseline, const Report& report);

}  // namespace cagelint::engine
