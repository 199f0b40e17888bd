// How the values of a document's containers came to where they stand (model::Step), by their place.
#pragma once

#include <map>
#include <vector>

#include "linter/diagnostic/diagnostic.h"
#include "linter/model/document.h"

namespace cagelint::engine {

class Origins {
 public:
  // `document` must outlive this.
  explicit Origins(const model::Document& document);
  // Of the value that stands at `span`; null where there is none, or where several with different
  // origins stand. Points into the document.
  const std::vector<model::Step>* StepsAt(const base::Span& span) const;

 private:
  template <typename T>
  void Note(const model::Setting<T>& setting);
  void Note(const base::Span& span, const std::vector<model::Step>& steps);

  std::map<base::Span, const std::vector<model::Step>*> steps_;
};

// Adds a label for each of `steps`, which may be null; none for a place that has one.
void AddSteps(const std::vector<model::Step>* steps, const base::Span& span,
              std::vector<diagnostic::Label>& labels);

}  // namespace cagelint::engine
