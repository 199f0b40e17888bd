#include "linter/syntax/node.h"

namespace cagelint::syntax {

const Entry* Tree::Find(NodeId id, std::string_view key) const {
  if (id == kNoNode || !nodes[id].IsMap()) return nullptr;
  for (const Entry& entry : nodes[id].entries) {
    const Node& name = nodes[entry.key];
    if (name.IsScalar() && name.text == key) return &entry;
  }
  return nullptr;
}

}  // namespace cagelint::syntax
