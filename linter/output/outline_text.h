// The hardened form of a container, as the text format shows it.
#pragma once

#include <string>

#include "linter/base/source.h"
#include "linter/engine/outline.h"
#include "linter/output/snippet.h"

namespace cagelint::output {

// Lines, each ended: the settings, then what is to be changed.
std::string OutlineText(const engine::Outline& outline, const base::SourceSet& sources,
                        const Painter& painter);

}  // namespace cagelint::output
