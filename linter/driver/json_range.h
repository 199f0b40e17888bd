// A span as the JSON documents write it.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "linter/base/source.h"

namespace cagelint::driver {

// {"start": {"line", "column", "offset"}, "end": {…}}; lines and columns from 1 (code points),
// offsets in bytes from 0, in the file itself. An empty object for an invalid span.
nlohmann::ordered_json RangeJson(const base::SourceSet& sources, const base::Span& place);

// "" for an invalid span.
std::string PathOf(const base::SourceSet& sources, const base::Span& span);

}  // namespace cagelint::driver
