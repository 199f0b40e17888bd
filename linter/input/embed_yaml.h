// Scalars of YAML as texts of their own.
#pragma once

#include <memory>
#include <vector>

#include "linter/base/embedding.h"
#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/embed.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

struct YamlText {
  EmbeddedText text;
  std::shared_ptr<const base::EditWriter> writer;  // null: it is not edited
};

// The content of `scalar`, a scalar (or a null) of a YAML tree of `source`: what node.text holds,
// with places. A writer makes changes only where the scalar is then read as the changed text.
YamlText ReadYamlText(const base::Source& source, const syntax::Node& scalar);

// The tree of as much of a file with a syntax error as stands whole before it: up to a line that
// begins an item of a list, or a key at the top or right below it. No documents where there is
// nothing. Parses 4 MiB in all at the most, and finds less where that is not enough.
syntax::Tree YamlBefore(const base::Source& source);
// The tree of a file, or of what stands before its error, which goes to `gaps`.
syntax::Tree ParseWhatStands(const base::Source& source, std::vector<diagnostic::Gap>& gaps);

}  // namespace cagelint::input
