// The position layer of YAML: what tree-sitter-yaml sees, as a Tree whose scalars have no text yet.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/syntax/node.h"

namespace cagelint::syntax {

// What the join needs to know of each node besides the node itself.
struct YamlPlace {
  std::uint32_t mark = 0;  // where the node begins, tag and anchor included
  bool written = true;     // false: nothing stands there, and yaml-cpp's mark is of what follows
};

struct YamlPositions {
  Tree tree;
  std::vector<YamlPlace> places;  // one a node
};

// `bytes` without a byte order mark; `shift` is added to every offset. Scalars, aliases and absent
// values have their spans and styles; kinds of scalars are settled by the join. Errors as in
// ParseYaml.
YamlPositions ReadYamlPositions(std::string_view bytes, base::FileId file, std::uint32_t shift);

}  // namespace cagelint::syntax
