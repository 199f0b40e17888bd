// What an editor shows of a judgement.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "linter/lsp/session.h"

namespace cagelint::lsp {

// `Diagnostic`s, each written as JSON.
using Written = std::vector<std::string>;

struct Shown {
  Written own;  // of the document
  // What stands in other files that it loads, by URI.
  std::map<std::string, Written> others;
};

// An array of them, for a message.
OutJson ArrayOf(const Written& diagnostics);

// Of the last judgement of `document`, which must be there. Suppressed findings are left out. Where
// the text has a syntax error that it did not have before, most of it is not understood: then what
// was found before stays, where nothing was changed, with `data` of {"kept": true}.
Shown DiagnosticsOf(Session& session, const Document& document);

}  // namespace cagelint::lsp
