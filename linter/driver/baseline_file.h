// Baselines as files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/files.h"
#include "linter/base/source.h"
#include "linter/engine/baseline.h"

namespace cagelint::driver {

inline constexpr std::string_view kBaselineName = ".cagelint-baseline.json";

// Reads `path`. What is wrong goes to `errors`, with its place; the result is then empty.
engine::Baseline ReadBaseline(const std::string& path, const base::FileSystem& files,
                              std::vector<std::string>& errors);

// With a final newline; the same baseline gives the same bytes.
std::string BaselineJson(const engine::Baseline& baseline);

// How paths are written in a baseline that stands at `path` (relative to the working directory or
// absolute): from its folder.
engine::PathName PathsFrom(const std::string& path, const base::FileSystem& files);

}  // namespace cagelint::driver
