// One document → what is found in it, as `cagelint check -` would find it.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "linter/driver/lint.h"

namespace cagelint::lsp {

struct Document;
class Workspace;

// Immutable once made: it is of one text, whatever becomes of the document.
struct Judged {
  driver::Outcome outcome;
  std::string uri;                           // of the document
  std::string path;                          // the same, as the outcome has it
  std::string root;                          // what that is relative to
  std::string text;                          // that was judged
  std::set<std::string, std::less<>> asked;  // absolute paths of the files that it depends on
  std::string carrier;                       // the reader that knows what it is; "" for none
  bool has_syntax_error = false;
  // Most of it was not understood, because of a syntax error that it did not have before.
  bool is_half_typed = false;
  std::vector<std::string> problems;  // of the settings

  // The source of the document; null where nothing could be read in it.
  const base::Source* Own() const { return outcome.sources->FindPath(path); }
};

// `request` says how to judge (settings.h). With `fixes` findings come with what would make them go
// away.
Judged Judge(Workspace& workspace, const Document& document, driver::Request request, bool fixes);

// The request that lints the document's own text.
driver::Request RequestFor(const Document& document, driver::Request request);

}  // namespace cagelint::lsp
