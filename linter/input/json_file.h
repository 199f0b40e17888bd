// JSON files as editors and clients read them, and as documents show them.
#pragma once

#include <string_view>

#include "linter/base/source.h"
#include "linter/model/document.h"
#include "linter/syntax/node.h"

namespace cagelint::input {

struct JsonFile {
  const base::Source* source = nullptr;  // of which `tree` is
  syntax::Tree tree;

  // kNoNode where there is nothing.
  syntax::NodeId Root() const {
    return tree.documents.empty() ? syntax::kNoNode : tree.documents.front();
  }
  // What is open where the text breaks is not.
  bool IsWhole(syntax::NodeId id) const;
};

// `source` as JSON with comments. A text in a document may be a piece without the braces around it
// (`"github": {…}`), and `...` may stand in it for what is left out: these are put in, which makes
// it a text in that one.
JsonFile ParseJsonFile(const base::Source& source, base::SourceSet& sources);

// What a reader that decides by content looks at. `is_fence`: `bytes` are of a document.
class JsonSample {
 public:
  JsonSample(std::string_view bytes, bool is_fence);
  const JsonFile& File() const { return file_; }

 private:
  base::SourceSet sources_;
  JsonFile file_;
};

// Whether `bytes` can be JSON, by their first bytes; with `is_fence` a piece of it, too.
bool BeginsLikeJson(std::string_view bytes, bool is_fence);

// Whether a fence of this language may hold JSON.
bool IsJsonFence(std::string_view language);

// Says in `document` what is wrong with the file.
void AddJsonGaps(const JsonFile& file, model::Document& document);

}  // namespace cagelint::input
