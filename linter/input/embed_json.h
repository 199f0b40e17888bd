// Strings of JSON as texts of their own.
#pragma once

#include "linter/base/source.h"
#include "linter/input/embed.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

// The content of `string`, a quoted scalar of a JSON tree of `source`, its escapes decoded: what
// node.text holds, with places. Written back by StringWriter(EscapeJson).
EmbeddedText JsonText(const base::Source& source, const syntax::Node& string);

}  // namespace cagelint::input
