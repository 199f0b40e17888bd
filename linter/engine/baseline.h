// Findings that were there before: recorded, so that only new ones fail.
#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/engine/report.h"

namespace cagelint::engine {

struct Baseline {
  std::vector<BaselineEntry> entries;  // sorted; those of one kind once
};

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
