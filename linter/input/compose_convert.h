// One YAML document → Value: aliases followed, merge keys merged, variables put in, `!reset` and
// `!override` noted.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/compose_value.h"
#include "linter/input/compose_variables.h"
#include "linter/syntax/node.h"

namespace cagelint::input::compose {

// A place in a project: {"services", "web", "cap_add"}.
using Path = std::vector<std::string>;

struct Converted {
  ValuePtr value;  // null: the root was reset, or the document is beyond the limits
  // What is taken out of the files before (and of an `extends` base): `!reset` and `!override`.
  std::vector<Path> resets;
  std::vector<Problem> problems;
  int visited = 0;  // nodes
};

// `bytes` are of the whole file. compose-go's own limit of 100,000 visited nodes holds (an alias
// counts as what it stands for), and one of 400 levels.
Converted Convert(const syntax::Tree& tree, syntax::NodeId root, std::string_view bytes,
                  const Variables& variables, int folder);

}  // namespace cagelint::input::compose
