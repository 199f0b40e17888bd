// The hardened form of a container in outline: what to set, and what to change.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/model/document.h"

namespace cagelint::engine {

struct Outline {
  diagnostic::Subject subject;        // of the findings that it answers; its span is valid
  std::string command;                // "docker run"; "" for a service of a compose file
  std::vector<std::string> settings;  // as its author would write them: flags, or keys with values
  std::vector<base::Span> changes;    // what errors and warnings underline, each once; sorted
};

// Of every container that has findings to which a setting is the answer, in the order of the
// document. What is suppressed is answered by nobody. Looks at the findings before they are folded:
// what a cause makes of no account still has to be set once the cause is gone.
std::vector<Outline> OutlinesOf(const model::Document& document,
                                std::span<const diagnostic::Diagnostic> findings,
                                const base::SourceSet& sources);

}  // namespace cagelint::engine
