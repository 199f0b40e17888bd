// Placeholders that documentation leaves in its example commands.
#pragma once

#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/argument.h"

namespace cagelint::input {

// How the names of variables begin that no author wrote: a reader made the script that sets them.
// Behind it stands what the author calls it, and then maybe `__` and a number.
inline constexpr std::string_view kMadeVariable = "__made_";

// At the end of the name in a placeholder: it stands for the elements of a list that nobody knows,
// options among them, whatever the list is called.
inline constexpr std::string_view kMadeList = "....";

// Makes them parts that cannot be known: `{{name}}`, `%%NAME%%`, `%s`, and the words `...`, `…` and
// `{{name...}}` (any number of words). Where the words are those of an embedded text, a part is
// called what it is in the file. A Go template of the engine's own (`{{.Name}}`) stays what it is.
// Those in angle brackets are the parser's (syntax/shell.h).
void MarkPlaceholders(std::vector<Argument>& words, const base::SourceSet& sources);

}  // namespace cagelint::input
