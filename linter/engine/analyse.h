// Runs the rules over a document.
#pragma once

#include <span>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/engine/policy.h"
#include "linter/engine/rule.h"
#include "linter/model/document.h"

namespace cagelint::engine {

struct AnalyseOptions {
  const Policy* policy = nullptr;  // not null
  Selection selection;
  bool strict = false;  // what cannot be known counts as absent
};

// Computes the effective state of every container of `document`, then lets each rule that the
// policy and the selection take look at it. Findings come unsorted.
std::vector<diagnostic::Diagnostic> Analyse(model::Document& document,
                                            std::span<const Rule* const> rules,
                                            const AnalyseOptions& options,
                                            const base::SourceSet& sources);

// Computes Container::effective for every container.
void ComputeEffective(model::Document& document);

}  // namespace cagelint::engine
