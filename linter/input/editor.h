// Changes to the model → edits of the files that it was read from. Everything but the edited bytes
// stays as its author wrote it.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/model/change.h"
#include "linter/model/document.h"

namespace cagelint::input {

struct Edited {
  // Of files; sorted, disjoint; empty where `refused` says why not.
  std::vector<diagnostic::Edit> edits;
  // Why there are no edits, for the developer rather than the user: "the value comes from a
  // variable", "a syntax error stands here".
  std::string refused;
  // Why the edits reach further than this container, or may not do what they seem to: "the value is
  // shared through the anchor `&limits`". Makes the fix unsafe. "" where they do not.
  std::string reaches;
};

// Edits what one document was read from. Parses a file when it is first asked about; keeps the
// trees as long as it lives. Document and sources must outlive it.
class Editor {
 public:
  Editor(const model::Document& document, const base::SourceSet& sources);
  ~Editor();
  Editor(Editor&&) noexcept;
  Editor& operator=(Editor&&) noexcept;

  // All changes together, or none. `container` (null: the changes are of the document, by place
  // alone) is one of the document's. No edit touches a file that is not UTF-8, or a place that a
  // gap of the document touches. Never throws.
  Edited Apply(const model::Container* container, std::span<const model::Change> changes);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace cagelint::input
