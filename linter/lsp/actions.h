// What an editor offers to do about what was found.
#pragma once

#include <vector>

#include "linter/lsp/positions.h"
#include "linter/lsp/session.h"

namespace cagelint::lsp {

// The kinds of all that is ever offered.
std::vector<std::string_view> ActionKinds();

// Those for `range`: fixes of each finding that it touches, the safe ones preferred and the unsafe
// ones with what they may break; a comment that says that the finding is meant to be there; and all
// safe fixes of the document, and the hardened container, as commands. `only` are the kinds that
// the client wants; null: all.
OutJson ActionsFor(Session& session, Document& document, const Range& range, const Json& only);

}  // namespace cagelint::lsp
