// `options:` of a container of a workflow: flags of docker create, as one text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "linter/base/edit.h"
#include "linter/base/source.h"
#include "linter/input/runner_words.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

class WorkflowOptions {
 public:
  // `entry` is a container, or the name of its image; `source` must outlive it.
  WorkflowOptions(const base::Source& source, const syntax::Tree& tree, const syntax::Entry& entry);

  std::vector<RunnerWord> Words() const;
  // `words` behind those that are there, or as a key of their own.
  std::optional<base::Edit> Add(const std::vector<std::string>& words) const;
  // Where `edits` leave nothing of the options the key goes as well; false where it cannot.
  bool RemoveEmptied(std::vector<base::Edit>& edits) const;

 private:
  std::optional<base::Edit> Append(const std::string& words) const;
  std::optional<base::Edit> AddKey(const std::string& words) const;
  std::optional<base::Edit> MakeMap(const std::string& words) const;

  const base::Source& source_;
  syntax::Node options_;  // null: there are none
  base::Span options_key_;
  syntax::Node image_;
  base::Span image_key_;   // invalid: the container is the name of its image
  bool is_flow_ = false;   // the container is written in braces
  bool is_other_ = false;  // the options are no text
};

}  // namespace cagelint::input
