// Placeholders that documentation leaves in its example commands.
#pragma once

#include <vector>

#include "linter/input/argument.h"

namespace cagelint::input {

// Makes them parts that cannot be known: `{{name}}`, `%%NAME%%`, `%s`, and the words `...` and `…`
// (any number of words). A Go template of the engine's own (`{{.Name}}`) stays what it is. Those
// in angle brackets are the parser's (syntax/shell.h).
void MarkPlaceholders(std::vector<Argument>& words);

}  // namespace cagelint::input
