// Comments that say something to the linter, in formats that are read line by line.
#pragma once

#include <span>
#include <vector>

#include "linter/base/source.h"
#include "linter/model/suppression.h"

namespace cagelint::input {

struct LineComment {
  base::Span text;     // behind its sign, up to the end of the line
  bool alone = false;  // nothing stands before it on its line
};

// Appends what `comments` (all of `source`, in order) say. Behind a statement a comment speaks of
// that; alone on its line of the statement that begins on the next line that is no comment, or of
// that line where none does. `statements`: their places, in order; one may stand in comments.
void CollectSuppressions(const base::Source& source, std::span<const LineComment> comments,
                         std::span<const base::Span> statements,
                         std::vector<model::Suppression>& out);

}  // namespace cagelint::input
