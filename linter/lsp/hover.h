// What is said of the word under the pointer.
#pragma once

#include "linter/lsp/session.h"

namespace cagelint::lsp {

// `Hover`, or null: of a flag, a key, a capability or a system call where a container or a profile
// is configured; and of findings, which rule says so and why.
OutJson HoverAt(Session& session, Document& document, output::LspPosition position);

}  // namespace cagelint::lsp
