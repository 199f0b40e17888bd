// A compose file with a syntax error: the services that stand whole before it.
#pragma once

#include <string_view>

#include "linter/base/source.h"
#include "linter/syntax/node.h"

namespace cagelint::input::compose {

// The tree of as much of `source` as parses without an error and ends where a service, or a key of
// the top level, begins: the service with the error is not in it. No documents when nothing stands
// before. Parses 4 MiB in all at the most, and finds less where that is not enough.
syntax::Tree TreeBefore(const base::Source& source);

}  // namespace cagelint::input::compose
