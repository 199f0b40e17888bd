// The containers that GitHub's runner starts for a job, as the command lines that it puts together.
#pragma once

#include <cstddef>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/shell_texts.h"
#include "linter/model/document.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

class WorkflowContainers {
 public:
  // All must outlive it; `tree` is that of `source`.
  WorkflowContainers(const base::Source& source, const syntax::Tree& tree, base::SourceSet& sources,
                     ShellTexts& texts, model::Document& document)
      : source_(source), tree_(tree), sources_(sources), texts_(texts), document_(document) {}

  // `container:` of a job.
  void ReadJob(const syntax::Entry& entry);
  // One of its `services:`.
  void ReadService(const syntax::Entry& entry);
  // A step `uses: docker://IMAGE`, with its `with` (null: none).
  void ReadStep(const syntax::Node& uses, const syntax::Entry* with, const syntax::Entry* env);
  // At its end the runner removes what it created for a job. Once, behind all else.
  void AddRemovals();

 private:
  struct Parts;
  void ReadCreate(const syntax::Entry& entry, bool is_job);

  const base::Source& source_;
  const syntax::Tree& tree_;
  base::SourceSet& sources_;
  ShellTexts& texts_;
  model::Document& document_;
  std::vector<std::size_t> created_;  // indices of containers
};

}  // namespace cagelint::input
