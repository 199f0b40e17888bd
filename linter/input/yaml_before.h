// What stands whole in a YAML file before its error.
#pragma once

#include <cstddef>
#include <span>

#include "linter/base/source.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

// The tree of as much of `source` as parses without an error and ends at one of `cuts`, which are
// offsets in order. No documents when nothing stands before. Parses 4 MiB in all at the most, and
// finds less where that is not enough.
syntax::Tree ParseBefore(const base::Source& source, std::span<const std::size_t> cuts);

}  // namespace cagelint::input
