// The editors of the single languages. Each does what editor.h says of Editor::Apply, for changes
// that are made in files of its language; places in other files are refused.
#pragma once

#include <map>
#include <memory>
#include <span>

#include "linter/input/editor.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

class EditTree;

// Trees of files that were asked about, of one language.
using EditTrees = std::map<base::FileId, std::shared_ptr<const EditTree>>;

struct EditContext {
  const model::Document& document;
  const base::SourceSet& sources;
  EditTrees* trees = nullptr;  // where they are kept; null: nowhere
};

// Commands of shell scripts, and the one of `check -- …`: flags before the image, values in quotes,
// elements of arrays that feed the command.
Edited EditCommand(const EditContext& context, const model::Container* container,
                   std::span<const model::Change> changes);

// Compose files: keys of a service in block and flow style, elements of sequences, scalars.
Edited EditCompose(const EditContext& context, const model::Container* container,
                   std::span<const model::Change> changes);

// JSON, with or without comments: members and elements, and the commas around them.
Edited EditJson(const EditContext& context, std::span<const model::Change> changes);

}  // namespace cagelint::input
