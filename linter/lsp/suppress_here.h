// The comment that says that a finding is meant to be there.
#pragma once

#include <optional>

#include "linter/diagnostic/diagnostic.h"
#include "linter/lsp/session.h"

namespace cagelint::lsp {

// The edit that suppresses `finding` of `judged`, with a reason to be filled in, as a line of its
// own. It has been tried: with it the finding is suppressed, and nothing else is worse. Nothing
// where no comment does that: a language without comments, a command inside of a string.
std::optional<diagnostic::Edit> SuppressHere(Session& session, const Document& document,
                                             const Judged& judged,
                                             const diagnostic::Diagnostic& finding);

}  // namespace cagelint::lsp
