// What the comments of a document say to the linter: `<!-- cagelint: ignore[rule] reason -->`.
#pragma once

#include <vector>

#include "linter/base/source.h"
#include "linter/model/suppression.h"
#include "linter/syntax/markdown.h"

namespace cagelint::input {

// With places in `source`, of which `tree` is. Behind other text a comment speaks of its line;
// alone on its line of what begins below it: a code block, or the lines of a paragraph, of an item
// of a list or of a row, up to the next. Of nothing further down.
std::vector<model::Suppression> DocumentSuppressions(const syntax::MarkdownTree& tree,
                                                     const base::Source& source);

}  // namespace cagelint::input
