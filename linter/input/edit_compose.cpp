#include <algorithm>
#include <unordered_set>

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

// What a map takes from others by merge keys, the nearest first.
std::vector<NodeId> MergedInto(const EditTree& tree, const Node& map) {
  std::vector<NodeId> from;
  for (const syntax::Entry& entry : map.entries) {
    if (tree.At(entry.key).text != "<<") continue;
    const Node& merged = tree.At(entry.value);
    if (merged.IsList())
      from.insert(from.end(), merged.items.begin(), merged.items.end());
    else
      from.push_back(entry.value);
  }
  return from;
}

}  // namespace

NodeId ServiceEditor::Own(const EditTree& tree, NodeId map, std::string_view key) {
  const syntax::Entry* entry = tree.Nodes().Find(map, key);
  return entry == nullptr ? kNoNode : entry->value;
}

// Each map is looked at once, however often it is merged.
NodeId ServiceEditor::Inherited(const EditTree& tree, NodeId map, std::string_view key) {
  std::vector<NodeId> open{map};
  std::unordered_set<NodeId> seen;
  while (!open.empty()) {
    const NodeId id = Target(tree, open.back());
    open.pop_back();
    if (!tree.At(id).IsMap() || !seen.insert(id).second) continue;
    if (const NodeId own = Own(tree, id, key); own != kNoNode) return own;
    const std::vector<NodeId> from = MergedInto(tree, tree.At(id));
    open.insert(open.end(), from.rbegin(), from.rend());
  }
  return kNoNode;
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
