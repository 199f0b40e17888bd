#include "linter/input/edit_plan.h"

#include <algorithm>

#include "linter/input/compose_value.h"

namespace cagelint::input {

using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;
using syntax::NodeKind;
using syntax::ScalarStyle;

namespace {

bool IsTypedAsString(const std::string& tag) { return tag.empty() || tag == "!!str"; }

bool IsStringText(std::string text) {
  return compose::ResolvePlain(text) == compose::Kind::kString;
}

// Whether an alias stands for a part of what `node` holds, or for all of it.
bool HoldsAliased(const EditTree& tree, NodeId node) {
  for (NodeId id = node; id < tree.EndOf(node); ++id)
    if (tree.IsAliased(id)) return true;
  return false;
}

}  // namespace

EditPlan::EditPlan(const EditTree& tree, MayVanish may_vanish)
    : tree_(&tree), may_vanish_(std::move(may_vanish)) {}

void EditPlan::Refuse(std::string_view why) {
  if (refused_.empty()) refused_ = why;
}

void EditPlan::Edit(std::uint32_t begin, std::uint32_t end, std::string text) {
  if (begin == end && text.empty()) return;
  edits_.push_back({{tree_->Source().Id(), begin, end}, std::move(text)});
}

void EditPlan::Remove(NodeId node) {
  const NodeId parent = tree_->ParentOf(node);
  if (parent == kNoNode) return Refuse("it is the whole file");
  if (HoldsAliased(*tree_, node)) return Refuse("an anchor in it is used elsewhere");
  changes_[parent].removed.insert(tree_->IndexOf(node));
}

Spelling EditPlan::SpellingIn(NodeId collection) const {
  const bool flow = collection != kNoNode && tree_->IsFlow(collection);
  return {.flow = flow, .json = flow && IsJsonLike(collection)};
}

void EditPlan::Replace(NodeId id, const NewValue& value) {
  const Node& node = tree_->At(id);
  if (!replaced_.insert(id).second) return Refuse("two changes meet in one place");
  if (node.IsMap() || node.IsList()) return Refuse("a collection stands there");
  if (!IsTypedAsString(node.tag)) return Refuse("a tag stands there");
  Spelling spelling = SpellingIn(tree_->ParentOf(id));
  const bool quoted =
      node.style == ScalarStyle::kSingleQuoted || node.style == ScalarStyle::kDoubleQuoted;
  if (quoted && node.IsScalar()) spelling.style = node.style;
  std::string text =
      value.IsScalar() ? ScalarText(value, spelling) : FlowText(value, spelling.json);
  if (!node.span.IsEmpty()) return Edit(node.span.begin, node.span.end, std::move(text));
  const std::uint32_t at = tree_->EndAt(id);
  const bool bare = spelling.flow && tree_->KeyOf(id) != kNoNode && at > 0 &&
                    at == tree_->EndAt(tree_->KeyOf(id));  // `{a}`
  Edit(at, at, (bare ? ": " : " ") + text);
}

void EditPlan::ReplacePart(NodeId id, const base::Span& part, std::string text) {
  const Node& node = tree_->At(id);
  if (!node.IsScalar() || !node.span.Contains(part)) return Refuse("no value stands there");
  if (!IsTypedAsString(node.tag)) return Refuse("a tag stands there");
  const std::string_view bytes = tree_->Bytes();
  const auto between = [&](std::uint32_t begin, std::uint32_t end) {
    return std::string(bytes.substr(begin, end - begin));
  };
  const std::string whole =
      between(node.span.begin, part.begin) + text + between(part.end, node.span.end);
  switch (node.style) {
    case ScalarStyle::kSingleQuoted:
      if (text.find('\'') != text.npos) return Refuse("the value needs other quotes");
      break;
    case ScalarStyle::kDoubleQuoted:
      if (text.find_first_of("\"\\") != text.npos) return Refuse("the value needs other quotes");
      break;
    case ScalarStyle::kLiteral:
    case ScalarStyle::kFolded:
      break;
    default: {
      const bool typed = !IsStringText(node.text) && !IsStringText(whole);
      const NewValue value = typed ? NewValue::Plain(whole) : NewValue::String(whole);
      const std::string written = ScalarText(value, SpellingIn(tree_->ParentOf(id)));
      if (written != whole) return Edit(node.span.begin, node.span.end, written);
    }
  }
  Edit(part.begin, part.end, std::move(text));
}

void EditPlan::Add(NodeId id, const std::string& key, NewValue value) {
  const Node& node = tree_->At(id);
  if (node.tag == "!reset" || (node.IsNull() && !node.tag.empty()))
    return Refuse("a tag stands there");
  const bool alias = node.kind == NodeKind::kAlias && !key.empty();
  if (!node.IsMap() && !node.IsList() && !node.IsNull() && !alias)
    return Refuse("no collection stands there");
  Added& added = changes_[id].added;
  const auto twin = std::find_if(added.begin(), added.end(), [&](const auto& child) {
    return !key.empty() && child.first == key;
  });
  if (twin == added.end())
    added.emplace_back(key, std::move(value));
  else if (!twin->second.Join(std::move(value)))
    Refuse("two changes meet in one place");
}

bool EditPlan::Vanishes(NodeId node, const Change& change) const {
  if (!change.added.empty() || change.removed.size() < tree_->ChildCount(node)) return false;
  const NodeId parent = tree_->ParentOf(node);
  if (parent == kNoNode || tree_->KeyOf(node) == kNoNode || tree_->IsAliased(node)) return false;
  // A key that goes lets one of a merge key through.
  if (tree_->Nodes().Find(parent, "<<") != nullptr) return false;
  return may_vanish_ && may_vanish_(node);
}

// Nodes below have greater numbers, so that one walk from the last to the first is enough.
void EditPlan::Propagate() {
  for (auto at = changes_.end(); at != changes_.begin();) {
    --at;
    const NodeId node = at->first;
    if (!Vanishes(node, at->second)) continue;
    changes_[tree_->ParentOf(node)].removed.insert(tree_->IndexOf(node));
    at = changes_.erase(at);
  }
}

bool EditPlan::IsJsonLike(NodeId node) const {
  if (tree_->IsJson() || tree_->Source().Path().ends_with(".json")) return true;
  for (; node != kNoNode && tree_->IsFlow(node); node = tree_->ParentOf(node)) {
    const Node& it = tree_->At(node);
    if (it.IsMap() && !it.entries.empty())
      return tree_->At(it.entries[0].key).style == ScalarStyle::kDoubleQuoted;
  }
  return false;
}

std::vector<diagnostic::Edit> EditPlan::Take() {
  Propagate();
  const auto is_gone = [&](NodeId id) {
    for (NodeId up = tree_->ParentOf(id); up != kNoNode; id = up, up = tree_->ParentOf(up)) {
      const auto found = changes_.find(up);
      if (found != changes_.end() && found->second.removed.contains(tree_->IndexOf(id)))
        return true;
    }
    return false;
  };
  // What is added behind a collection and behind the one that holds it goes to the same place: the
  // inner one first.
  for (auto at = changes_.rbegin(); at != changes_.rend(); ++at) {
    const auto& [node, change] = *at;
    if (is_gone(node)) {
      if (!change.added.empty()) Refuse("two changes meet in one place");
      continue;
    }
    if (tree_->At(node).IsNull() || tree_->At(node).kind == NodeKind::kAlias)
      EditLeaf(node, change.added);
    else if (tree_->IsFlow(node))
      EditFlow(node, change);
    else
      EditBlock(node, change);
  }
  std::stable_sort(edits_.begin(), edits_.end(), [](const auto& a, const auto& b) {
    return std::pair(a.span.begin, a.span.end) < std::pair(b.span.begin, b.span.end);
  });
  // Edits that touch become one, so that nobody need know which of them comes first.
  std::vector<diagnostic::Edit> out;
  for (diagnostic::Edit& edit : edits_) {
    if (!out.empty() && edit.span.begin < out.back().span.end)
      Refuse("two changes meet in one place");
    if (!out.empty() && edit.span.begin == out.back().span.end) {
      out.back().span.end = edit.span.end;
      out.back().text += edit.text;
    } else {
      out.push_back(std::move(edit));
    }
  }
  edits_.clear();
  return refused_.empty() ? std::move(out) : std::vector<diagnostic::Edit>{};
}

}  // namespace cagelint::input
