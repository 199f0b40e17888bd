// Runs the rules over a document.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/engine/outline.h"
#include "linter/engine/policy.h"
#include "linter/engine/rule.h"
#include "linter/model/document.h"

namespace cagelint::engine {

// The policy for what is found about a container; null is what is about the document. Never null.
using PolicyChoice = std::function<const Policy*(const model::Container*)>;

// Turns a fix of a finding about `container` (null: about the document) into edits; nothing where
// it cannot be made.
using FixMaker =
    std::function<std::optional<diagnostic::Fix>(const model::Container*, const model::Fix&)>;

struct AnalyseOptions {
  const Policy* policy = nullptr;  // not null, where `choose` is empty
  Selection selection;
  bool strict = false;  // what cannot be known counts as absent
  PolicyChoice choose = {};
  std::span<const model::Suppression> configured = {};  // besides those of the document
  bool honours_suppressions = true;
  std::function<std::string()> today = {};  // "2026-11-25"; null: no suppression expires
  bool folds = true;       // what follows from another finding becomes a label of that
  FixMaker make_fix = {};  // empty: findings come without fixes
  unsigned threads = 1;    // for a document of many containers; 0: as many as there are processors
  std::vector<Outline>* outlines = nullptr;  // where those of the document are added; null: nowhere
};

// Computes the effective state of every container of `document`, then lets each rule that the
// policy and the selection take look at it. Findings come unsorted; those that somebody meant to be
// there are marked.
std::vector<diagnostic::Diagnostic> Analyse(model::Document& document,
                                            std::span<const Rule* const> rules,
                                            const AnalyseOptions& options,
                                            const base::SourceSet& sources);

// Computes Container::effective for every container.
void ComputeEffective(model::Document& document);

}  // namespace cagelint::engine
