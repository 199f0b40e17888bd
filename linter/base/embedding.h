// How a text that was taken out of another one stands in it.
#pragma once

#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "linter/base/edit.h"
#include "linter/base/source_map.h"

namespace cagelint::base {

class Source;

// Writes changes of an embedded text as changes of the text around it: knows its indentation, its
// escapes, its commas.
class EditWriter {
 public:
  virtual ~EditWriter() = default;
  // `edits` are of `inner`, sorted and disjoint; `map` says where `inner` stands in `outer`. Either
  // all of them as edits of `outer`, or nothing where one cannot be written for sure.
  virtual std::optional<std::vector<Edit>> Write(const Source& inner, const SourceMap& map,
                                                 const Source& outer,
                                                 const std::vector<Edit>& edits) const = 0;
};

struct Embedding {
  SourceMap map;                             // its file is the text around
  std::shared_ptr<const EditWriter> writer;  // null: it is not edited there
};

}  // namespace cagelint::base
