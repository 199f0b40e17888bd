// Single settings: where they stand already, or as a key of the service.
#include <algorithm>

#include "linter/input/edit_compose_service.h"

namespace cagelint::input::compose {

using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;
using syntax::NodeKind;
using Shape = Member::Shape;

namespace {

// What `deploy.resources` calls the limits that a service has keys for.
struct Limit {
  std::string_view member;
  std::string_view group;
  std::string_view key;
  Shape shape;  // the schema takes no number for bytes
};
constexpr Limit kLimits[] = {
    {"memory", "limits", "memory", Shape::kString},
    {"cpus", "limits", "cpus", Shape::kString},
    {"pids_limit", "limits", "pids", Shape::kPlain},
    {"memory_reservation", "reservations", "memory", Shape::kString},
};

}  // namespace

NewValue ScalarOf(const std::string& value, Shape shape) {
  std::string text;
  for (const char byte : value) text += byte == '$' ? "$$" : std::string(1, byte);
  const bool plain = shape == Shape::kPlain || shape == Shape::kSwitch;
  return plain ? NewValue::Plain(std::move(text)) : NewValue::String(std::move(text));
}

bool ServiceEditor::Set(const model::Change& change) {
  const Member* member = FindMember(change.member);
  if (member == nullptr || member->key.empty() || member->shape == Shape::kNone)
    return Refuse("compose files have no such key");
  if (member->shape == Shape::kPairs || member->shape == Shape::kStrings ||
      member->shape == Shape::kMounts || member->shape == Shape::kUlimits)
    return Refuse("a list is set element by element");
  if (!FindService()) return false;
  if (member->shape == Shape::kSwitch) return SetSwitch(*member, change.value == "true");
  if (member->name == "restart") return SetRestart(change.value);
  if (member->name == "network_mode") return SetNetworkMode(change.value);
  if (member->name == "log_driver")
    return SetAt({"logging", "driver"}, ScalarOf(change.value, Shape::kString));
  for (const Limit& limit : kLimits)
    if (limit.member == member->name) return SetLimit(*member, change.value);
  std::string value = change.value;
  const bool seconds =
      member->name == "stop_timeout" && value.find_first_not_of("0123456789") == std::string::npos;
  if (seconds) value += 's';
  return SetAt({std::string(member->key)},
               ScalarOf(value, member->name == "stop_timeout" ? Shape::kString : member->shape));
}

bool ServiceEditor::SetSwitch(const Member& member, bool on) {
  const Path path{std::string(member.key)};
  if (on) return SetAt(path, NewValue::Plain("true"));
  const WrittenSetting written = WrittenOf(*container_, member.name);
  if (written.state == model::State::kAbsent) return Refuse("it is not switched on");
  const EditTree& tree = service_.Tree();
  const NodeId own = Own(tree, service_.node, member.key);
  // Without the key, what it hides would hold again.
  const bool alone =
      context_.document.project.size() <= 1 && Own(tree, service_.node, "extends") == kNoNode &&
      Own(tree, service_.node, "<<") == kNoNode && !HidesOther(*container_, written.whole);
  if (own == kNoNode || !alone) return SetAt(path, NewValue::Plain("false"));
  ReachOf({service_.plan, own});
  service_.plan->Remove(own);
  return true;
}

bool ServiceEditor::IsInDeploy(const base::Span& place) {
  if (!place.IsValid()) return false;
  EditPlan* plan = PlanOf(place.file);
  const NodeId node = plan == nullptr ? kNoNode : plan->Tree().FindWhole(place);
  if (node == kNoNode) return false;
  const Path path = plan->Tree().PathOf(node);
  return std::find(path.begin(), path.end(), "deploy") != path.end();
}

// Where `deploy` limits anything, what it does not limit counts as zero, and must not be said
// elsewhere.
bool ServiceEditor::IsLimitedInDeploy() {
  for (const Limit& limit : kLimits)
    if (limit.group == "limits" && IsInDeploy(WrittenOf(*container_, limit.member).whole))
      return true;
  NodeId node = service_.node;
  for (const char* key : {"deploy", "resources", "limits"})
    if (node != kNoNode) node = Inherited(service_.Tree(), node, key);
  return node != kNoNode && !service_.Tree().At(node).IsNull();
}

bool ServiceEditor::SetLimit(const Member& member, const std::string& value) {
  const Limit& limit = *std::find_if(std::begin(kLimits), std::end(kLimits),
                                     [&](const Limit& it) { return it.member == member.name; });
  const bool in_deploy = IsInDeploy(WrittenOf(*container_, member.name).whole) ||
                         (limit.group == "limits" && IsLimitedInDeploy());
  const bool own = Own(service_.Tree(), service_.node, member.key) != kNoNode;
  if (own || !in_deploy) {
    if (!SetAt({std::string(member.key)}, ScalarOf(value, Shape::kPlain))) return false;
  }
  if (!in_deploy) return true;
  return SetAt({"deploy", "resources", std::string(limit.group), std::string(limit.key)},
               ScalarOf(value, limit.shape));
}

// `deploy` wins over the service's own key.
bool ServiceEditor::SetRestart(const std::string& value) {
  const EditTree& tree = service_.Tree();
  const NodeId deploy = Inherited(tree, service_.node, "deploy");
  const bool in_deploy =
      IsInDeploy(container_->restart.whole) ||
      (deploy != kNoNode && Inherited(tree, deploy, "restart_policy") != kNoNode);
  if (!in_deploy) return SetAt({"restart"}, ScalarOf(value, Shape::kString));
  const std::size_t colon = std::min(value.find(':'), value.size());
  const std::string policy = value.substr(0, colon);
  const std::string condition = policy == "no" ? "none" : policy == "on-failure" ? policy : "any";
  if (!SetAt({"deploy", "restart_policy", "condition"}, NewValue::String(condition))) return false;
  if (colon == value.size()) return true;
  return SetAt({"deploy", "restart_policy", "max_attempts"},
               ScalarOf(value.substr(colon + 1), Shape::kPlain));
}

bool ServiceEditor::SetNetworkMode(const std::string& value) {
  const base::Span& networks = container_->networks.whole;
  const bool removed = std::any_of(changes_.begin(), changes_.end(), [&](const auto& change) {
    return change.kind == model::Change::Kind::kRemove && change.at == networks;
  });
  if (!container_->networks.IsAbsent() && !removed)
    return Refuse("`networks` says otherwise, and both together are refused");
  return SetAt({"network_mode"}, ScalarOf(value, Shape::kString));
}

// Sets what stands at `path` below the service, and writes the maps that are missing.
bool ServiceEditor::SetAt(const Path& path, const NewValue& value) {
  const EditTree& tree = service_.Tree();
  NodeId node = service_.node;
  for (std::size_t i = 0; i < path.size(); ++i) {
    const bool last = i + 1 == path.size();
    const NodeId own = Own(tree, node, path[i]);
    if (own != kNoNode && last) return SetValue({service_.plan, own}, value);
    const bool is_null = own != kNoNode && tree.At(own).IsNull();
    if (own != kNoNode && !is_null) {
      const Node& next = tree.At(Target(tree, own));
      if (!next.IsMap()) return Refuse("`" + path[i] + "` is no mapping");
      node = own;
      continue;
    }
    // A map here would replace the whole one that a merge key or an alias brings.
    if (!last && own == kNoNode && Inherited(tree, node, path[i]) != kNoNode)
      return Refuse("`" + path[i] + "` is shared through an anchor");
    NewValue nested = value;
    const std::size_t top = is_null ? i + 1 : i;
    for (std::size_t at = path.size() - 1; at > top; --at)
      nested = NewValue::Map(path[at], std::move(nested));
    const NodeId into = is_null ? own : node;
    ReachOf({service_.plan, into});
    service_.plan->Add(into, path[top], std::move(nested));
    return true;
  }
  return true;
}

// An alias is replaced here alone: what it stands for stays.
bool ServiceEditor::SetValue(const Spot& spot, const NewValue& value) {
  const EditTree& tree = spot.Tree();
  if (spot.Node().kind == NodeKind::kAlias && !tree.At(spot.Node().target).IsScalar() &&
      !tree.At(spot.Node().target).IsNull())
    return Refuse("a collection stands there");
  if (HasVariable(tree, spot.node)) Reach("the variable that is written there decides no longer");
  ReachOf(spot);
  spot.plan->Replace(spot.node, value);
  return true;
}

}  // namespace cagelint::input::compose
