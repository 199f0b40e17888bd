// What the parts of the reader of engines' output share: `docker inspect`, `podman inspect`,
// `nerdctl inspect`. Facts: the output of Docker Engine 20.10.24 for containers that were made for
// it; moby, api/types/container and daemon/container_operations; podman 4, libpod/
// container_inspect.go and container_inspect_linux.go; nerdctl 2, pkg/inspecttypes/dockercompat.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/model/document.h"
#include "linter/syntax/node.h"

namespace cagelint::input::inspect {

// A tree of JSON, asked by keys.
class Tree {
 public:
  Tree(const base::Source& source, const syntax::Tree& tree) : source_(source), tree_(tree) {}

  // The entry of `map` with that key; null where there is none, or its value is `null`.
  const syntax::Entry* Find(syntax::NodeId map, std::string_view key) const;
  // The value of that entry; kNoNode for none.
  syntax::NodeId Value(syntax::NodeId map, std::string_view key) const;
  // Whether the key is there at all.
  bool Has(syntax::NodeId map, std::string_view key) const {
    return map != syntax::kNoNode && tree_.Find(map, key) != nullptr;
  }
  // The text of a scalar; "" for anything else.
  std::string_view Text(syntax::NodeId map, std::string_view key) const;
  bool IsTrue(syntax::NodeId map, std::string_view key) const { return Text(map, key) == "true"; }

  const syntax::Node& At(syntax::NodeId id) const { return tree_.At(id); }
  const base::Source& Source() const { return source_; }

 private:
  const base::Source& source_;
  const syntax::Tree& tree_;
};

// Whether `node` is what an engine says of a container.
bool IsContainer(const Tree& tree, syntax::NodeId node);

// Whether this is the output of an engine that does not say all (nerdctl).
bool IsIncomplete(const Tree& tree, syntax::NodeId container);

// The names of the containers of one output by their ids, by which they join each other.
using Names = std::map<std::string, std::string, std::less<>>;

// The name of a container without its slash.
std::string_view NameOf(const Tree& tree, syntax::NodeId container);

// Adds the command line that gives this container, as one command of shell words with no edits.
const base::Source& AddCommand(const Tree& tree, syntax::NodeId container, const Names& names,
                               const Context& context);

}  // namespace cagelint::input::inspect
