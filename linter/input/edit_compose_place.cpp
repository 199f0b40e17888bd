// Changes by place: parts of mounts and ports, what goes, what is replaced; and how far an edit
// reaches beyond the service that it is meant for.
#include <algorithm>

#include "linter/input/compose_value.h"
#include "linter/input/edit_compose_service.h"

namespace cagelint::input::compose {

using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;
using syntax::ScalarStyle;
using Shape = Member::Shape;

namespace {

bool IsQuoted(const Node& node) {
  return node.style == ScalarStyle::kSingleQuoted || node.style == ScalarStyle::kDoubleQuoted;
}

// What stands between the quotes; the whole of a plain scalar.
base::Span Inside(const Node& node) {
  base::Span span = node.span;
  if (IsQuoted(node) && span.Size() >= 2) {
    ++span.begin;
    --span.end;
  }
  return span;
}

// Whether what follows `before` stands between `${` and its `}`.
bool IsInVariable(std::string_view before) {
  const std::size_t open = before.rfind("${");
  return open != std::string_view::npos && before.find('}', open) == std::string_view::npos;
}

bool IsString(std::string text) { return ResolvePlain(text) == Kind::kString; }

}  // namespace

void ServiceEditor::ReachOf(const Spot& spot) {
  const EditTree& tree = spot.Tree();
  bool own = false;
  for (NodeId up = spot.node; up != kNoNode; up = tree.ParentOf(up)) {
    own = own || (spot.plan == service_.plan && up == service_.node);
    if (tree.IsAliased(up) && !tree.HasOneRole(up))
      Refuse("the anchor `&" + tree.At(up).anchor + "` stands for other things, too");
    if (tree.IsAliased(up))
      Reach("the value is shared through the anchor `&" + tree.At(up).anchor + "`");
  }
  const Path path = tree.PathOf(spot.node);
  if (container_ == nullptr || path.size() < 2 || path[0] != "services") {
    if (container_ != nullptr && !own && out_.reaches.empty())
      Reach("it stands outside of the service");
    return;
  }
  if (path[1] != container_->service) Reach("the service `" + path[1] + "` changes");
  if (const std::string by = tree.ExtenderOf(path[1]); !by.empty() && by != container_->service)
    Reach("the service `" + by + "` extends this one");
}

// Moves `spot`, which stands at `place`, to the alias through which it came to the service, if it
// did: what others have of the anchor stays. False where several aliases bring it.
bool ServiceEditor::FindOwn(Spot& spot, const base::Span& place, std::string_view member) {
  if (container_ == nullptr || !container_->IsCompose()) return true;
  if (!FindService()) return false;
  const EditTree& tree = spot.Tree();
  if (!tree.IsAliased(spot.node) || spot.plan != service_.plan) return true;
  NodeId own = kNoNode;
  for (const base::Span& way : WaysTo(*container_, place, member)) {
    const NodeId alias = way.file == place.file ? tree.FindAlias(way) : kNoNode;
    const bool brings = alias != kNoNode && tree.At(alias).target == spot.node &&
                        alias > service_.node && alias < tree.EndOf(service_.node);
    if (!brings) continue;
    if (own != kNoNode && own != alias)
      return Refuse("several aliases of `&" + spot.Node().anchor + "` stand in the service");
    own = alias;
  }
  if (own != kNoNode) spot.node = own;
  return true;
}

// What stands at `whole` as something else than an element, and is one where an alias stands.
NodeId ServiceEditor::BroughtFrom(const EditTree& tree, const base::Span& whole) const {
  if (container_ == nullptr) return kNoNode;
  for (const base::Span& way : WaysTo(*container_, whole, {})) {
    const NodeId alias = way.file == whole.file ? tree.FindAlias(way) : kNoNode;
    if (alias != kNoNode && tree.At(tree.At(alias).target).span == whole)
      return tree.At(alias).target;
  }
  return kNoNode;
}

// What the alias stands for, with `text` instead of `part`, in place of the alias.
bool ServiceEditor::WriteOut(const Spot& alias, const base::Span& part, std::string_view text) {
  const Node& node = alias.Tree().At(alias.Node().target);
  const base::Span inside = Inside(node);
  const std::string_view raw = alias.Tree().Source().Text(inside);
  if (!node.IsScalar() || !node.tag.empty() || raw != node.text)
    return Refuse("the value needs other quotes");
  std::string whole(text);
  if (part != node.span) {
    whole = std::string(raw.substr(0, part.begin - inside.begin)) + whole;
    whole += raw.substr(part.end - inside.begin);
  }
  const bool typed = !IsQuoted(node) && !IsString(node.text) && !IsString(whole);
  alias.plan->Replace(alias.node, typed ? NewValue::Plain(whole) : NewValue::String(whole));
  return true;
}

// Whether a restart policy comes from an `extends` base, a merge key or an earlier file: a key of
// the service's own takes it back there alone.
bool ServiceEditor::IsRestartOfOther(const Spot& spot, const base::Span& whole) {
  if (container_ == nullptr || !container_->IsCompose() || whole != container_->restart.whole)
    return false;
  if (!FindService()) return false;
  const bool is_own = spot.plan == service_.plan && spot.node > service_.node &&
                      spot.node < service_.Tree().EndOf(service_.node);
  return !is_own || HidesOther(*container_, whole);
}

bool ServiceEditor::Remove(const base::Span& whole) {
  if (!whole.IsValid()) return Refuse("nothing is written for it");
  EditPlan* plan = PlanOf(whole.file);
  if (plan == nullptr) return false;
  const EditTree& tree = plan->Tree();
  NodeId node = tree.FindWhole(whole);
  const bool is_brought = node == kNoNode;
  if (is_brought) node = BroughtFrom(tree, whole);
  if (node == kNoNode) return Refuse("it is only a part of what is written there");
  if (IsRestartOfOther({plan, node}, whole)) return SetRestart("no");
  const NodeId key = tree.KeyOf(node);
  if (key != kNoNode) {
    const NodeId parent = tree.ParentOf(node);
    bool hides = container_ != nullptr && HidesOther(*container_, whole);
    for (const syntax::Entry& entry : tree.At(parent).entries)
      hides = hides || (tree.At(entry.key).text == "<<" &&
                        Inherited(tree, Target(tree, entry.value), tree.At(key).text) != kNoNode);
    if (hides) return Refuse("what it replaces would hold again");
  }
  Spot spot{plan, node};
  if (!FindOwn(spot, whole, {})) return false;
  if (is_brought && spot.node == node) return Refuse("an alias brings it from elsewhere");
  ReachOf(spot);
  plan->Remove(spot.node);
  return true;
}

bool ServiceEditor::Replace(const base::Span& place, const std::string& value) {
  if (!place.IsValid()) return Refuse("nothing is written for it");
  EditPlan* plan = PlanOf(place.file);
  if (plan == nullptr) return false;
  const EditTree& tree = plan->Tree();
  const NodeId id = tree.FindScalar(place);
  if (id == kNoNode) return Refuse("no single value stands there");
  if (tree.KeyOf(id) == id) return Refuse("a key stands there");
  const Node& node = tree.At(id);
  const std::string_view old = tree.Source().Text(place);
  if (old.find('$') != old.npos && value.find(old) == value.npos)
    return Refuse("the value comes through a variable");
  Spot spot{plan, id};
  if (!FindOwn(spot, place, {})) return false;
  ReachOf(spot);
  if (IsInVariable(tree.Bytes().substr(node.span.begin, place.begin - node.span.begin)))
    Reach("it is only what holds where the variable is not set");
  if (spot.node != id) return WriteOut(spot, place, value);
  if (place == node.span || place == Inside(node)) {
    const bool typed = !IsQuoted(node) && !IsString(node.text) && !IsString(value);
    plan->Replace(id, typed ? NewValue::Plain(value) : NewValue::String(value));
  } else {
    plan->ReplacePart(id, place, value);
  }
  return true;
}

bool ServiceEditor::SetPart(const model::Change& change) {
  EditPlan* plan = PlanOf(change.at.file);
  if (plan == nullptr) return false;
  const EditTree& tree = plan->Tree();
  NodeId node = tree.FindWhole(change.at);
  if (node == kNoNode) node = tree.FindScalar(change.at);
  if (node == kNoNode) return Refuse("no element stands there");
  Spot spot{plan, node};
  // A map is no single value that could be written out.
  const bool is_text = spot.Node().IsScalar();
  if (is_text && !FindOwn(spot, change.at, change.member.substr(0, change.member.find('.'))))
    return false;
  if (container_ != nullptr && container_->IsCompose() && !FindService()) return false;
  ReachOf(spot);
  return spot.Node().IsMap() ? SetPartOfMap(spot, change) : SetPartOfText(spot, change);
}

bool ServiceEditor::SetPartOfText(const Spot& spot, const model::Change& change) {
  const Node& node = spot.Tree().At(Target(spot.Tree(), spot.node));
  const bool block = node.style == ScalarStyle::kLiteral || node.style == ScalarStyle::kFolded;
  if (!node.IsScalar() || block) return Refuse("no single value stands there");
  const base::Span inside = Inside(node);
  const std::string_view raw = spot.Tree().Source().Text(inside);
  if (raw != node.text) return Refuse("the value needs other quotes");
  const Path path = spot.Tree().PathOf(spot.node);
  const bool tmpfs = std::find(path.begin(), path.end(), "tmpfs") != path.end() ||
                     (path[0] != "services" && IsTmpfsValue(raw));
  std::optional<TextEdit> edit;
  if (change.member == "mounts.read_only")
    edit = WithReadOnly(raw, tmpfs, change.value == "true");
  else if (change.member == "mounts.size" && tmpfs)
    edit = WithTmpfsSize(raw, change.value);
  else if (change.member == "ports.host_ip")
    edit = WithHostAddress(raw, change.value);
  if (!edit) return Refuse("it cannot be said there");
  const auto at = [&](std::size_t offset) {
    return inside.begin + static_cast<std::uint32_t>(offset);
  };
  const base::Span part{inside.file, at(edit->begin), at(edit->end)};
  if (&node != &spot.Node()) return WriteOut(spot, part, edit->text);
  spot.plan->ReplacePart(spot.node, part, edit->text);
  return true;
}

bool ServiceEditor::SetPartOfMap(const Spot& spot, const model::Change& change) {
  if (change.member == "mounts.read_only")
    return SetChild(spot, "read_only", NewValue::Plain(change.value));
  if (change.member == "ports.host_ip")
    return SetChild(spot, "host_ip", ScalarOf(change.value, Shape::kString));
  if (change.member != "mounts.size") return Refuse("no element has such a part");
  const EditTree& tree = spot.Tree();
  const NodeId type = Own(tree, spot.node, "type");
  if (type == kNoNode || tree.At(type).text != "tmpfs") return Refuse("it is no tmpfs");
  const NewValue size = ScalarOf(change.value, Shape::kPlain);
  const NodeId options = Own(tree, spot.node, "tmpfs");
  if (options == kNoNode) return SetChild(spot, "tmpfs", NewValue::Map("size", size));
  if (!tree.At(options).IsMap() && !tree.At(options).IsNull())
    return Refuse("`tmpfs` is no mapping");
  return SetChild({spot.plan, options}, "size", size);
}

bool ServiceEditor::SetChild(const Spot& map, const std::string& key, const NewValue& value) {
  const NodeId there = Own(map.Tree(), map.node, key);
  if (there != kNoNode) return SetValue({map.plan, there}, value);
  map.plan->Add(map.node, key, value);
  return true;
}

}  // namespace cagelint::input::compose
