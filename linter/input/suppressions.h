// What comments say to the linter: `# cagelint: ignore[rule-a, rule-b] reason`.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/model/suppression.h"
#include "linter/syntax/node.h"
#include "linter/syntax/shell.h"

namespace cagelint::input {

// What the comment at `span` (from its `#` or `//` on) says; nothing where it does not speak to the
// linter. What is wrong with it is in `problem`. Its reach is set by those below.
//
//   cagelint: ignore[rule, …] [until=YYYY-MM-DD] [reason]
//   cagelint: ignore-file[rule, …] [until=YYYY-MM-DD] [reason]
std::optional<model::Suppression> ReadDirective(std::string_view comment, const base::Span& span);

// Appends what the comments of a file say. Behind other text a comment speaks of its line; alone on
// its line of what begins on the next line that is no comment: an entry of a map or a list with all
// that is in it.
void CollectSuppressions(const syntax::Tree& tree, const base::SourceSet& sources,
                         std::vector<model::Suppression>& out);

// The same for a script, where both kinds speak of a whole statement, continued lines included.
// Comments of sourced files are in the tree of each file; `sources` has all of them.
void CollectSuppressions(const syntax::ShellTree& tree, const base::SourceSet& sources,
                         std::vector<model::Suppression>& out);

// The same for other code: `comments` from their signs on, and the statements of the file.
void CollectSuppressions(const std::vector<base::Span>& comments,
                         const std::vector<base::Span>& statements, const base::SourceSet& sources,
                         std::vector<model::Suppression>& out);

}  // namespace cagelint::input
