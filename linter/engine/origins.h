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
  // Adds a label for each step of the value that stands at `span`; none for a place that has one.
  void AddLabels(const base::Span& span, std::vector<diagnostic::Label>& labels) const;

 private:
  template <typename T>
  void Note(const model::Setting<T>& setting);

  std::map<base::Span, const std::vector<model::Step>*> steps_;
};

}  // namespace cagelint::engine
