// Maps and lists in brackets: JSON, and YAML's flow style.
#include <algorithm>

#include "linter/input/edit_plan.h"

namespace cagelint::input {

using syntax::kNoNode;
using syntax::NodeId;
using syntax::ScalarStyle;

// The comma behind an element that ends at `at`; kNoNode where there is none.
std::uint32_t EditPlan::CommaBehind(std::uint32_t at) const {
  const std::uint32_t comma = tree_->SkipSpace(at);
  return comma < tree_->Bytes().size() && tree_->Bytes()[comma] == ',' ? comma : kNoNode;
}

std::string EditPlan::FlowChild(NodeId id, const std::pair<std::string, NewValue>& child) const {
  const syntax::Node& node = tree_->At(id);
  Spelling spelling{.flow = true, .json = IsJsonLike(id)};
  if (node.IsMap()) {
    return FlowText(NewValue::String(child.first), spelling.json) + ": " +
           FlowText(child.second, spelling.json);
  }
  if (!child.second.IsScalar()) return FlowText(child.second, spelling.json);
  if (!node.items.empty() && tree_->At(node.items[0]).IsScalar()) {
    const ScalarStyle style = tree_->At(node.items[0]).style;
    if (style == ScalarStyle::kSingleQuoted || style == ScalarStyle::kDoubleQuoted)
      spelling.style = style;
  }
  return ScalarText(child.second, spelling);
}

void EditPlan::EditFlow(NodeId node, const Change& change) {
  const std::size_t count = tree_->ChildCount(node);
  const base::Span& span = tree_->At(node).span;
  if (count == 0) return FillFlow(node, change.added);
  std::set<std::size_t> removed = change.removed;
  Added added = change.added;
  if (removed.size() == count && added.empty()) return Edit(span.begin + 1, span.end - 1, "");
  // What is added takes the place of a last element that goes.
  if (!added.empty() && removed.erase(count - 1) > 0) {
    Edit(tree_->ChildBegin(node, count - 1), tree_->ChildEnd(node, count - 1),
         FlowChild(node, added.front()));
    added.erase(added.begin());
  }
  std::size_t tail = count;  // from here on, all go
  while (tail > 0 && removed.contains(tail - 1)) --tail;
  for (const std::size_t index : removed)
    if (index < tail) RemoveBeforeOthers(node, index);
  if (tail < count) RemoveBehindOthers(node, tail);
  if (!added.empty()) AddToFlow(node, added);
}

void EditPlan::FillFlow(NodeId node, const Added& added) {
  const base::Span& span = tree_->At(node).span;
  std::string text;
  for (const auto& child : added) text += (text.empty() ? "" : ", ") + FlowChild(node, child);
  if (tree_->IsBlank(span.begin + 1, span.end - 1))
    Edit(span.begin + 1, span.end - 1, text);
  else  // a comment
    Edit(span.begin + 1, span.begin + 1, text + " ");
}

void EditPlan::AddToFlow(NodeId node, const Added& added) {
  const std::size_t last = tree_->ChildCount(node) - 1;
  const std::uint32_t begin = tree_->ChildBegin(node, last);
  const std::uint32_t end = tree_->ChildEnd(node, last);
  const std::uint32_t comma = CommaBehind(end);
  const std::uint32_t behind = comma == kNoNode ? end : comma + 1;
  const bool own_lines =
      tree_->OpensLine(begin) && tree_->ClosesLine(behind) && tree_->Column(begin) < 1000;
  std::string gap = " ";
  if (own_lines) {
    const std::uint32_t line = tree_->LineBegin(begin);
    gap = std::string(tree_->NewLine()) + std::string(tree_->Bytes().substr(line, begin - line));
  }
  std::string text;
  for (const auto& child : added) text += (text.empty() ? "" : ",") + gap + FlowChild(node, child);
  if (!own_lines) return Edit(end, end, "," + text);
  if (comma == kNoNode) Edit(end, end, ",");
  const std::uint32_t line_end = tree_->LineEnd(behind);
  Edit(line_end, line_end, text + (comma == kNoNode ? "" : ","));
}

void EditPlan::RemoveBeforeOthers(NodeId node, std::size_t index) {
  std::uint32_t begin = tree_->ChildBegin(node, index);
  const std::uint32_t comma = CommaBehind(tree_->ChildEnd(node, index));
  if (comma == kNoNode) return Refuse("no comma stands behind it");
  std::uint32_t end = comma + 1;
  if (tree_->OpensLine(begin) && tree_->ClosesLine(end))
    return Edit(tree_->LineBegin(begin), tree_->NextLine(end), "");
  const std::string_view bytes = tree_->Bytes();
  if (tree_->ClosesLine(end)) {
    const auto found = changes_.find(node);
    const bool follows = index > 0 && found->second.removed.contains(index - 1);
    while (!follows && begin > 0 && bytes[begin - 1] == ' ') --begin;
  } else {
    while (bytes[end] == ' ') ++end;
  }
  Edit(begin, end, "");
}

// From element `index` on, which is not the first.
void EditPlan::RemoveBehindOthers(NodeId node, std::size_t index) {
  const std::uint32_t begin = tree_->ChildBegin(node, index);
  const std::uint32_t end = tree_->ChildEnd(node, tree_->ChildCount(node) - 1);
  const std::uint32_t comma = CommaBehind(tree_->ChildEnd(node, index - 1));
  if (comma == kNoNode) return Refuse("no comma stands before it");
  // A comma behind the last element stays if there was one.
  const std::uint32_t trailing = CommaBehind(end);
  const std::uint32_t behind = trailing == kNoNode ? end : trailing + 1;
  const bool near = tree_->IsBlank(comma + 1, begin);
  if (tree_->OpensLine(begin) && tree_->ClosesLine(behind)) {
    if (trailing == kNoNode) Edit(comma, comma + 1, "");
    return Edit(tree_->LineBegin(begin), tree_->NextLine(behind), "");
  }
  if (trailing != kNoNode) return Edit(near ? comma + 1 : begin, behind, "");
  if (near) return Edit(comma, end, "");
  Edit(comma, comma + 1, "");
  Edit(begin, end, "");
}

}  // namespace cagelint::input
