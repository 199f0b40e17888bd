// Places of a document that an editor shows something at: links, and what containers may do.
#pragma once

#include "linter/lsp/positions.h"
#include "linter/lsp/session.h"

namespace cagelint::lsp {

// `DocumentLink`s: from the rules that comments name to where they are explained, where the build
// knows that; from the path of a seccomp profile to the profile, where it was read.
OutJson LinksOf(Session& session, Document& document);

// `InlayHint`s behind the containers in `range`: their effective capabilities. None unless the user
// asked for them (Settings::capability_hints).
OutJson HintsIn(Session& session, Document& document, const Range& range);

}  // namespace cagelint::lsp
