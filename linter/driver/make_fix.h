// Fixes of rules → fixes as bytes.
#pragma once

#include "linter/base/source.h"
#include "linter/engine/analyse.h"
#include "linter/model/document.h"

namespace cagelint::driver {

// Makes the fixes of findings about `document`, which must outlive the result as `sources` must.
// One that cannot be made has no edits, and its caveat says why: Lint takes it out again.
engine::FixMaker FixMakerFor(const model::Document& document, const base::SourceSet& sources);

}  // namespace cagelint::driver
