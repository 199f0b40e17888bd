// Elements of lists. Compose appends lists of an override or an `extends` base; a merge key is no
// such thing: a list beside it replaces the one that it brings, which therefore is copied.
#include <algorithm>

#include "linter/input/edit_compose_service.h"

namespace cagelint::input::compose {

using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;
using syntax::ScalarStyle;
using Shape = Member::Shape;

namespace {

// An element as a map's entry: `KEY=VALUE`, `HOST:ADDRESS`, a name alone.
std::pair<std::string, NewValue> EntryOf(std::string_view key, const std::string& value,
                                         Shape shape) {
  if (key == "depends_on")
    return {value, NewValue::Map("condition", NewValue::String("service_started"))};
  const bool pairs = shape == Shape::kPairs || shape == Shape::kUlimits || key == "extra_hosts";
  if (!pairs) return {value, {NewValue::Kind::kMap}};
  const std::size_t split = value.find_first_of(key == "extra_hosts" ? "=:" : "=");
  const std::string name = value.substr(0, split);
  const std::string rest = split == value.npos ? "" : value.substr(split + 1);
  if (shape != Shape::kUlimits) return {name, ScalarOf(rest, Shape::kString)};
  const std::size_t colon = rest.find(':');
  if (colon == rest.npos) return {name, NewValue::Plain(rest)};
  NewValue both = NewValue::Map("soft", NewValue::Plain(rest.substr(0, colon)));
  both.Join(NewValue::Map("hard", NewValue::Plain(rest.substr(colon + 1))));
  return {name, std::move(both)};
}

// What one copy may hold: a hostile file has thousands of services that share one list.
constexpr std::size_t kMostCopied = 100;

// Keys that are maps, whatever else Compose takes there.
bool IsMapKey(std::string_view key) {
  return key == "ulimits" || key == "sysctls" || key == "storage_opt" || key == "options";
}

bool TakesMap(std::string_view key, Shape shape) {
  return shape == Shape::kPairs || shape == Shape::kUlimits || key == "extra_hosts" ||
         key == "networks" || key == "depends_on";
}

}  // namespace

bool ServiceEditor::Append(const model::Change& change) {
  const Member* member = FindMember(change.member);
  if (member == nullptr || member->key.empty()) return Refuse("compose files have no such key");
  const bool list = member->shape == Shape::kStrings || member->shape == Shape::kPairs ||
                    member->shape == Shape::kUlimits || member->shape == Shape::kMounts;
  if (!list || member->name == "command" || member->name == "entrypoint" || member->name == "gpus")
    return Refuse("it is no list of single elements");
  if (!FindService()) return false;
  if (member->name == "mounts") return AppendMount(change.value);
  if (member->name == "log_options") return AppendOption(change.value);
  if (member->name == "networks" && !container_->network_mode.IsAbsent())
    return Refuse("`network_mode` says otherwise, and both together are refused");
  return AppendTo(member->key, change.value, member->shape);
}

bool ServiceEditor::AppendMount(const std::string& value) {
  const bool tmpfs = IsTmpfsValue(value);
  const std::size_t first = value.find(':');
  const std::string target = tmpfs ? value.substr(0, first)
                             : first == value.npos
                                 ? value
                                 : value.substr(first + 1, value.find(':', first + 1) - first - 1);
  for (const auto& mount : container_->mounts.items)
    if (mount.IsKnown() && mount.value.target.Is(target))
      return Refuse("something is mounted there already");
  return AppendTo(tmpfs ? "tmpfs" : "volumes", value, Shape::kStrings);
}

// Options of the log stand in a map of their own.
bool ServiceEditor::AppendOption(const std::string& value) {
  const auto [key, text] = EntryOf("options", value, Shape::kPairs);
  return SetAt({"logging", "options", key}, text);
}

bool ServiceEditor::AppendTo(std::string_view key, const std::string& value, Shape shape) {
  const EditTree& tree = service_.Tree();
  const NodeId own = Own(tree, service_.node, key);
  if (own == kNoNode) {
    const NodeId inherited = Inherited(tree, service_.node, key);
    if (inherited != kNoNode && !tree.At(Target(tree, inherited)).IsNull())
      return AddCopy(key, Target(tree, inherited), {}, value, shape);
    if (IsMapKey(key)) {
      auto [name, text] = EntryOf(key, value, shape);
      service_.plan->Add(service_.node, std::string(key), NewValue::Map(name, std::move(text)));
    } else {
      service_.plan->Add(service_.node, std::string(key),
                         NewValue::List({ScalarOf(value, Shape::kString)}));
    }
    return true;
  }
  const Spot spot{service_.plan, own};
  const Node& node = spot.Node();
  if (node.tag == "!reset") return Refuse("a tag stands there");
  if (node.kind == syntax::NodeKind::kAlias) return AddCopy(key, node.target, spot, value, shape);
  if (node.IsScalar()) return AddCopy(key, own, spot, value, shape);
  if (node.IsNull() && IsMapKey(key)) return AddPair(spot, key, value, shape);
  if (node.IsMap()) {
    if (!TakesMap(key, shape)) return Refuse("a mapping stands there");
    return AddPair(spot, key, value, shape);
  }
  return AddItem(spot, value);
}

bool ServiceEditor::AddItem(const Spot& list, const std::string& value) {
  for (const NodeId item : list.Node().items)
    if (list.Tree().At(item).text == value) return Refuse("it stands there already");
  ReachOf(list);
  list.plan->Add(list.node, "", ScalarOf(value, Shape::kString));
  return true;
}

bool ServiceEditor::AddPair(const Spot& map, std::string_view key, const std::string& value,
                            Shape shape) {
  auto [name, text] = EntryOf(key, value, shape);
  const NodeId there = Own(map.Tree(), map.node, name);
  if (there != kNoNode) {
    if (!text.IsScalar()) return Refuse("it stands there already");
    return SetValue({map.plan, there}, text);
  }
  ReachOf(map);
  map.plan->Add(map.node, name, std::move(text));
  return true;
}

// A key of the service's own with all that `from` holds and the value; instead of `into`, or as a
// new one.
bool ServiceEditor::AddCopy(std::string_view key, NodeId from, const Spot& into,
                            const std::string& value, Shape shape) {
  const EditTree& tree = service_.Tree();
  const Node& node = tree.At(from);
  const auto copy = [&](NodeId id, NewValue& to) {
    const Node& it = tree.At(Target(tree, id));
    if (!it.tag.empty() || (!it.IsScalar() && !it.IsNull())) return false;
    to = it.style == ScalarStyle::kPlain ? NewValue::Plain(it.text) : NewValue::String(it.text);
    if (it.IsNull()) to = NewValue::Plain("null");
    return it.text.find_first_of("\n\r\t") == it.text.npos;
  };
  if (tree.ChildCount(from) > kMostCopied) return Refuse("the list is too long to be copied");
  NewValue all{node.IsMap() ? NewValue::Kind::kMap : NewValue::Kind::kList};
  NewValue one;
  const bool scalar = node.IsScalar();
  if (scalar && copy(from, one)) all.children.emplace_back("", one);
  if (scalar && all.children.empty()) return Refuse("what stands there cannot be copied");
  for (const NodeId item : node.items) {
    if (!copy(item, one)) return Refuse("the list is shared through an anchor");
    all.children.emplace_back("", one);
  }
  for (const syntax::Entry& entry : node.entries) {
    if (!copy(entry.value, one) || tree.At(entry.key).text == "<<")
      return Refuse("the mapping is shared through an anchor");
    all.children.emplace_back(tree.At(entry.key).text, one);
  }
  if (node.IsMap() && !TakesMap(key, shape)) return Refuse("a mapping stands there");
  NewValue more{all.kind};
  if (node.IsMap())
    more.children.push_back(EntryOf(key, value, shape));
  else
    more.children.emplace_back("", ScalarOf(value, Shape::kString));
  all.Join(std::move(more));
  if (into.plan != nullptr)
    into.plan->Replace(into.node, all);
  else
    service_.plan->Add(service_.node, std::string(key), std::move(all));
  return true;
}

}  // namespace cagelint::input::compose
