// Fixes of a whole document, made and judged as `cagelint fix` does it.
#pragma once

#include <optional>
#include <string>

#include "linter/driver/fix.h"
#include "linter/lsp/session.h"

namespace cagelint::lsp {

struct Fixes {
  bool unsafe = false;
  // The container of the file that it is about, counted ("#2"); "": all that was found.
  std::string subject = {};
};

// The text of `document` with all fixes made that hold; nothing where the work was cancelled.
std::optional<std::string> FixedText(Session& session, const Document& document,
                                     const Fixes& fixes);

struct ContainerHere {
  std::string name;     // "service `web`", "`docker run`"
  std::string subject;  // as Fixes::subject
};
// The innermost container of the document's own file of which the text holds `span` and of which
// something was found.
std::optional<ContainerHere> ContainerAt(const Judged& judged, const base::Span& span);

}  // namespace cagelint::lsp
