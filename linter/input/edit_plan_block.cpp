// Maps and lists of YAML without brackets: a line, or several, for each entry.
#include <algorithm>

#include "linter/input/edit_plan.h"

namespace cagelint::input {

using syntax::kNoNode;
using syntax::Node;
using syntax::NodeId;
using syntax::ScalarStyle;

namespace {

// Deeper than any real file: every line that is added is that long at least.
constexpr std::uint32_t kDeepestColumn = 1000;

constexpr std::string_view kOtherInLine = "something else stands in the same line";

// Whether blank lines behind a scalar belong to it.
bool KeepsBlankLines(const EditTree& tree, NodeId id) {
  const Node& node = tree.At(id);
  if (!node.IsScalar() ||
      (node.style != ScalarStyle::kLiteral && node.style != ScalarStyle::kFolded))
    return false;
  return tree.Bytes().substr(node.span.begin, 3).find('+') != std::string_view::npos;
}

// The last scalar, or whatever stands last, in the entry.
NodeId LastOf(const EditTree& tree, NodeId id) { return tree.EndOf(id) - 1; }

}  // namespace

std::uint32_t EditPlan::DashOf(NodeId list, std::size_t index) const {
  const std::string_view bytes = tree_->Bytes();
  const std::uint32_t first = tree_->At(list).span.begin;
  if (index == 0) return first;
  // Between its dash and an item there may be lines with comments, but no other dash there.
  std::uint32_t line = tree_->LineBegin(tree_->BeginOf(tree_->Child(list, index)));
  const std::uint32_t column = tree_->Column(first);
  const std::uint32_t limit = tree_->ChildEnd(list, index - 1);
  while (line > limit) {
    const std::uint32_t at = line + column;
    if (at < bytes.size() && bytes[at] == '-' && tree_->OpensLine(at)) return at;
    line = tree_->LineBegin(line - 1);
  }
  return kNoNode;
}

std::uint32_t EditPlan::StartOf(NodeId node, std::size_t index) const {
  return tree_->At(node).IsList() ? DashOf(node, index) : tree_->ChildBegin(node, index);
}

std::uint32_t EditPlan::ColonOf(NodeId node) const {
  const NodeId key = tree_->KeyOf(node);
  if (key == kNoNode) return kNoNode;
  std::uint32_t at = tree_->EndAt(key);
  while (at < tree_->Bytes().size() && tree_->Bytes()[at] == ' ') ++at;
  return at < tree_->Bytes().size() && tree_->Bytes()[at] == ':' ? at : kNoNode;
}

BlockStyle EditPlan::StyleAt(NodeId node) const {
  BlockStyle style;
  style.new_line = tree_->NewLine();
  const NodeId parent = tree_->ParentOf(node);
  if (tree_->At(node).IsMap() && !tree_->IsFlow(node) && parent != kNoNode) {
    const std::uint32_t own = tree_->Column(tree_->ChildBegin(node, 0));
    const std::uint32_t outer = tree_->Column(tree_->ChildBegin(parent, 0));
    if (own > outer && own - outer <= 16) style.step = own - outer;
  }
  int offset = tree_->ListOffset(node, 1000);
  if (offset < 0) offset = tree_->ListOffset();
  style.list_offset = offset < 0 || offset > 16 ? style.step : static_cast<std::uint32_t>(offset);
  return style;
}

void EditPlan::EditBlock(NodeId node, const Change& change) {
  const std::size_t count = tree_->ChildCount(node);
  if (count == 0) return Refuse("nothing is written there");
  if (change.removed.size() == count && change.added.empty()) return Empty(node);
  for (auto first = change.removed.begin(); first != change.removed.end();) {
    auto last = first;
    auto next = std::next(first);
    while (next != change.removed.end() && *next == *last + 1) last = next++;
    RemoveRun(node, *first, *last);
    first = next;
  }
  if (!change.added.empty()) AddToBlock(node, change.added);
}

void EditPlan::RemoveRun(NodeId node, std::size_t first, std::size_t last) {
  const std::uint32_t begin = StartOf(node, first);
  const std::uint32_t end = tree_->ChildEnd(node, last);
  if (begin == kNoNode || !tree_->ClosesLine(end)) return Refuse(kOtherInLine);
  if (tree_->OpensLine(begin)) return RemoveLines(tree_->LineBegin(begin), tree_->NextLine(end));
  // The first keys of a map behind a dash: what follows moves up to it.
  const std::string_view bytes = tree_->Bytes();
  const bool behind_dash =
      bytes.substr(tree_->LineBegin(begin), tree_->Column(begin)).find_first_not_of("- ") ==
      std::string_view::npos;
  if (first != 0 || last + 1 == tree_->ChildCount(node) || !behind_dash)
    return Refuse(kOtherInLine);
  std::uint32_t next = tree_->NextLine(end);
  while (tree_->IsBlank(next, next + 1)) ++next;
  Edit(begin, next, "");
}

// Whole lines; a file without a line end at its end stays so.
void EditPlan::RemoveLines(std::uint32_t begin, std::uint32_t end) {
  const std::string_view bytes = tree_->Bytes();
  if (end == bytes.size() && bytes[end - 1] != '\n' && begin > 0 && bytes[begin - 1] == '\n')
    begin = tree_->LineEnd(tree_->LineBegin(begin - 1));
  Edit(begin, end, "");
}

// `{}` or `[]` stays.
void EditPlan::Empty(NodeId node) {
  const Node& it = tree_->At(node);
  const std::string brackets = it.IsMap() ? "{}" : "[]";
  const std::uint32_t begin = StartOf(node, 0);
  const std::uint32_t end = tree_->ChildEnd(node, tree_->ChildCount(node) - 1);
  const std::uint32_t colon = ColonOf(node);
  if (!tree_->ClosesLine(end)) return Refuse(kOtherInLine);
  if (colon == kNoNode) {
    if (tree_->ParentOf(node) == kNoNode) return Refuse("it is the whole file");
    return Edit(begin, end, brackets);
  }
  if (!tree_->OpensLine(begin)) return Refuse(kOtherInLine);
  std::uint32_t at = colon + 1;
  if (it.anchor_span.IsValid()) at = std::max(at, it.anchor_span.end);
  if (it.tag_span.IsValid()) at = std::max(at, it.tag_span.end);
  Edit(at, at, " " + brackets);
  RemoveLines(tree_->LineBegin(begin), tree_->NextLine(end));
}

// Behind the last entry, and behind comments in the lines next to it that stand as deep as the
// entries: what an author commented out belongs to what is above it.
std::uint32_t EditPlan::BehindBlock(NodeId node) const {
  const std::uint32_t column = tree_->Column(tree_->ChildBegin(node, 0));
  std::uint32_t at = tree_->NextLine(tree_->ChildEnd(node, tree_->ChildCount(node) - 1));
  if (!tree_->At(node).IsMap()) return at;
  const std::string_view bytes = tree_->Bytes();
  while (at < bytes.size()) {
    const std::size_t text = bytes.find_first_not_of(' ', at);
    if (text == std::string_view::npos || bytes[text] != '#' || text - at < column) break;
    at = tree_->NextLine(at);
  }
  return at;
}

void EditPlan::AddToBlock(NodeId node, const Added& added) {
  const std::size_t last = tree_->ChildCount(node) - 1;
  const std::uint32_t begin = StartOf(node, last);
  const std::uint32_t first = StartOf(node, 0);
  if (begin == kNoNode || !tree_->ClosesLine(tree_->ChildEnd(node, last)))
    return Refuse(kOtherInLine);
  const std::uint32_t line = tree_->LineBegin(first);
  const std::string_view before = tree_->Bytes().substr(line, first - line);
  if (before.find_first_not_of("- ") != std::string_view::npos) return Refuse(kOtherInLine);
  if (before.size() > kDeepestColumn) return Refuse("it stands too deep");
  std::string lines = LinesOf(node, added, tree_->Column(first));
  if (KeepsBlankLines(*tree_, LastOf(*tree_, tree_->Child(node, last)))) {
    if (!tree_->OpensLine(begin)) return Refuse(kOtherInLine);
    const std::uint32_t at = tree_->LineBegin(begin);
    return Edit(at, at, lines + std::string(tree_->NewLine()));
  }
  AddLines(BehindBlock(node), std::move(lines));
}

void EditPlan::AddLines(std::uint32_t behind, std::string lines) {
  const std::string_view bytes = tree_->Bytes();
  const std::string new_line(tree_->NewLine());
  const bool open = behind == bytes.size() && (bytes.empty() || bytes.back() != '\n');
  Edit(behind, behind, open ? new_line + lines : lines + new_line);
}

// The entries or items as lines at `column`.
std::string EditPlan::LinesOf(NodeId id, const Added& added, std::uint32_t column) const {
  const Node& node = tree_->At(id);
  const BlockStyle style = StyleAt(node.IsMap() || node.IsList() ? id : tree_->ParentOf(id));
  std::string gap = " ";
  Spelling spelling;
  if (node.IsList()) {
    const std::uint32_t item = tree_->BeginOf(node.items[0]);
    const std::string_view written =
        tree_->Bytes().substr(node.span.begin + 1, item - node.span.begin - 1);
    if (!written.empty() && written.find_first_not_of(' ') == std::string_view::npos) gap = written;
    const Node& first = tree_->At(node.items[0]);
    const bool quoted =
        first.style == ScalarStyle::kSingleQuoted || first.style == ScalarStyle::kDoubleQuoted;
    if (first.IsScalar() && quoted) spelling.style = first.style;
  }
  std::string out;
  for (const auto& [key, value] : added) {
    if (!out.empty()) out += style.new_line;
    if (!key.empty()) {
      out += BlockText(key, value, column, style);
    } else {
      out += std::string(column, ' ') + "-" + gap +
             (value.IsScalar() ? ScalarText(value, spelling) : FlowText(value, false));
    }
  }
  return out;
}

// An entry without a value becomes a collection; one that is an alias, a map that takes its keys
// from there.
void EditPlan::EditLeaf(NodeId id, const Added& added) {
  const Node& node = tree_->At(id);
  const NodeId parent = tree_->ParentOf(id);
  if (parent == kNoNode || tree_->KeyOf(id) == kNoNode) return Refuse("no key stands before it");
  const bool list = added[0].first.empty();
  std::string merge;
  if (node.kind == syntax::NodeKind::kAlias)
    merge = "<<: " + std::string(tree_->Source().Text(node.span));
  if (tree_->IsFlow(parent)) return EditLeafInFlow(id, added, merge);
  const BlockStyle style = StyleAt(parent);
  const std::uint32_t end = tree_->EndAt(id);
  if (ColonOf(id) == kNoNode || !tree_->ClosesLine(end)) return Refuse(kOtherInLine);
  const std::uint32_t column =
      tree_->Column(tree_->BeginOf(tree_->KeyOf(id))) + (list ? style.list_offset : style.step);
  if (column > kDeepestColumn) return Refuse("it stands too deep");
  std::uint32_t begin = node.span.begin;
  while (!node.span.IsEmpty() && tree_->Bytes()[begin - 1] == ' ') --begin;
  Edit(begin, node.span.end, "");
  const std::uint32_t at = tree_->LineEnd(end);
  const std::string new_line(style.new_line);
  if (!merge.empty()) merge = new_line + std::string(column, ' ') + merge;
  Edit(at, at, merge + new_line + LinesOf(id, added, column));
}

void EditPlan::EditLeafInFlow(NodeId id, const Added& added, const std::string& merge) {
  const Node& node = tree_->At(id);
  const bool list = added[0].first.empty();
  const NewValue value{list ? NewValue::Kind::kList : NewValue::Kind::kMap, {}, added};
  std::string text = FlowText(value, IsJsonLike(tree_->ParentOf(id)));
  if (!merge.empty()) text.insert(1, merge + ", ");
  if (!node.span.IsEmpty()) return Edit(node.span.begin, node.span.end, text);
  const std::uint32_t at = tree_->EndAt(id);
  const bool bare = at == tree_->EndAt(tree_->KeyOf(id));  // `{a}`
  Edit(at, at, (bare ? ": " : " ") + text);
}

}  // namespace cagelint::input
