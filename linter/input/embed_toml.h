// Strings of TOML as texts of their own.
#pragma once

#include "linter/base/source.h"
#include "linter/input/embed.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

// The content of `string`, a string of a TOML tree of `source`: what node.text holds, with places.
EmbeddedText TomlText(const base::Source& source, const syntax::Node& string);

}  // namespace cagelint::input
