// Edits of a judgement as a WorkspaceEdit.
#pragma once

#include <span>
#include <string>

#include "linter/diagnostic/diagnostic.h"
#include "linter/lsp/session.h"

namespace cagelint::lsp {

// `edits` are of `judged`, sorted and disjoint.
OutJson WorkspaceEditOf(Session& session, const Judged& judged,
                        std::span<const diagnostic::Edit> edits);

// The edit that makes `after` of `before`, which must be the text of `document`: what is the same
// at the begin and at the end, in whole lines, is left alone.
OutJson WorkspaceEditOf(Session& session, const Document& document, std::string_view before,
                        std::string_view after);

// Whether an editor may be asked to make them: all in the document or in files of its folder. A
// project may load files from anywhere; those of others are not edited for it.
bool MayEdit(const Judged& judged, std::span<const diagnostic::Edit> edits);

}  // namespace cagelint::lsp
