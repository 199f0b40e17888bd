// Edits as bytes: which of them can be made together, and what a file is afterwards.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::diagnostic {

// Whether what comes out depends on which of the two is made first, or one of them changes what the
// other replaces. So do two that insert at one place, and one that inserts at an end of what the
// other replaces.
bool Collide(const Edit& a, const Edit& b);

// The same of any two, one of each. Both are sorted and disjoint.
bool Collide(std::span<const Edit> a, std::span<const Edit> b);

// Sorts and drops repeats. False where two collide; what `edits` holds then is of no use.
[[nodiscard]] bool Tidy(std::vector<Edit>& edits);

// The bytes of file `file` after those of `edits` that are made in it. They must be sorted,
// disjoint and inside `bytes`: asserted.
std::string ApplyEdits(std::string_view bytes, base::FileId file, std::span<const Edit> edits);

}  // namespace cagelint::diagnostic
