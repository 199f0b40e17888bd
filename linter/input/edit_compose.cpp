#include <algorithm>

#include "linter/input/edit_compose_service.h"

namespace cagelint::input {
namespace compose {

using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;
using syntax::NodeKind;

namespace {

// Control characters, and what YAML takes for the end of a line.
bool IsOneLine(std::string_view value) {
  const bool control = std::any_of(value.begin(), value.end(), [](char byte) {
    return static_cast<unsigned char>(byte) < 0x20 || byte == 0x7F;
  });
  return !control && value.find("\xC2\x85") == value.npos &&
         value.find("\xE2\x80\xA8") == value.npos && value.find("\xE2\x80\xA9") == value.npos;
}

// What says nothing when it is empty: a key of a service, and what stands in `deploy`, `logging`
// and the options of a mount. An empty network or limit is still one.
bool MayVanish(const EditTree& tree, NodeId node) {
  const std::vector<std::string> path = tree.PathOf(node);
  if (path.size() < 3 || path[0] != "services") return false;
  if (path.size() == 3 || path[2] == "deploy" || path[2] == "logging") return true;
  return path.size() == 5 && path[2] == "volumes" && path[3] == "#";
}

// Looks for a key in maps that merge each other. What a hostile file may cost is bounded.
class Search {
 public:
  Search(const EditTree& tree, std::string_view key) : tree_(tree), key_(key) {}

  NodeId In(NodeId id, int depth) {
    if (--left_ < 0 || depth > 20) return kNoNode;
    const Node& node = tree_.At(id);
    if (node.kind == NodeKind::kAlias) return In(node.target, depth + 1);
    if (!node.IsMap()) return kNoNode;
    if (const syntax::Entry* entry = tree_.Nodes().Find(id, key_)) return entry->value;
    for (const syntax::Entry& entry : node.entries) {
      if (tree_.At(entry.key).text != "<<") continue;
      const Node& merged = tree_.At(entry.value);
      std::vector<NodeId> from = merged.items;
      if (!merged.IsList()) from = {entry.value};
      for (const NodeId map : from)
        if (const NodeId found = In(map, depth + 1); found != kNoNode) return found;
    }
    return kNoNode;
  }

 private:
  const EditTree& tree_;
  std::string_view key_;
  int left_ = 1000;
};

}  // namespace

NodeId ServiceEditor::Own(const EditTree& tree, NodeId map, std::string_view key) {
  const syntax::Entry* entry = tree.Nodes().Find(map, key);
  return entry == nullptr ? kNoNode : entry->value;
}

NodeId ServiceEditor::Inherited(const EditTree& tree, NodeId map, std::string_view key) {
  return Search(tree, key).In(map, 0);
}

NodeId ServiceEditor::Target(const EditTree& tree, NodeId node) {
  const Node& it = tree.At(node);
  return it.kind == NodeKind::kAlias ? it.target : node;
}

bool ServiceEditor::HasVariable(const EditTree& tree, NodeId node) {
  const std::string& text = tree.At(node).text;
  for (std::size_t at = text.find('$'); at != text.npos; at = text.find('$', at + 2))
    if (text.substr(at, 2) != "$$") return true;
  return false;
}

bool ServiceEditor::Refuse(std::string why) {
  if (out_.refused.empty()) out_.refused = std::move(why);
  return false;
}

void ServiceEditor::Reach(std::string why) {
  if (out_.reaches.find(why) != std::string::npos) return;
  out_.reaches += (out_.reaches.empty() ? "" : "; ") + why;
}

EditPlan* ServiceEditor::PlanOf(base::FileId file) {
  auto& plan = plans_[file];
  if (plan != nullptr) return plan.get();
  auto& tree = (context_.trees == nullptr ? own_trees_ : *context_.trees)[file];
  if (tree == nullptr) {
    tree = std::make_shared<const EditTree>(context_.sources.Get(file), EditTree::Language::kYaml);
  }
  if (!tree->Refused().empty()) {
    Refuse(tree->Refused());
    return nullptr;
  }
  plan = std::make_unique<EditPlan>(
      *tree, [it = tree.get()](NodeId node) { return MayVanish(*it, node); });
  return plan.get();
}

bool ServiceEditor::FindService() {
  if (service_.plan != nullptr) return true;
  if (container_ == nullptr || !container_->IsCompose() || !container_->anchor.IsValid())
    return Refuse("it is not about a service");
  EditPlan* plan = PlanOf(container_->anchor.file);
  if (plan == nullptr) return false;
  const NodeId node = plan->Tree().FindKey(container_->anchor);
  if (node == kNoNode) return Refuse("the service is not found in its file");
  service_ = {plan, node};
  ReachOf(service_);
  return true;
}

bool ServiceEditor::Apply(const model::Change& change) {
  using Kind = model::Change::Kind;
  if (!IsOneLine(change.value)) return Refuse("a value of several lines");
  switch (change.kind) {
    case Kind::kSet:
      return change.at.IsValid() ? SetPart(change) : Set(change);
    case Kind::kAppend:
      return Append(change);
    case Kind::kRemove:
      return Remove(change.at);
    case Kind::kReplace:
      return Replace(change.at, change.value);
  }
  return Refuse("no such change");
}

Edited ServiceEditor::Do() {
  for (const model::Change& change : changes_)
    if (!Apply(change)) break;
  for (const auto& [file, plan] : plans_) {
    if (plan == nullptr || !out_.refused.empty()) continue;
    std::vector<diagnostic::Edit> edits = plan->Take();
    Refuse(plan->Refused());
    out_.edits.insert(out_.edits.end(), edits.begin(), edits.end());
  }
  if (out_.refused.empty() && out_.edits.empty()) Refuse("nothing would change");
  if (!out_.refused.empty()) out_.edits.clear();
  return std::move(out_);
}

}  // namespace compose

Edited EditCompose(const EditContext& context, const model::Container* container,
                   std::span<const model::Change> changes) {
  return compose::ServiceEditor(context, container, changes).Do();
}

}  // namespace cagelint::input
