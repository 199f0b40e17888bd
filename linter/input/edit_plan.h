// What shall change in one YAML or JSON file → edits. Knows indentation, dashes, commas, comments
// and line ends; nothing of what the file says.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/diagnostic/diagnostic.h"
#include "linter/input/edit_tree.h"
#include "linter/input/edit_value.h"

namespace cagelint::input {

class EditPlan {
 public:
  // Whether an empty collection may go with its key; `{}` or `[]` stays where it may not.
  using MayVanish = std::function<bool(syntax::NodeId)>;

  // `tree` has no Refused(), and must outlive the plan.
  explicit EditPlan(const EditTree& tree, MayVanish may_vanish = {});

  const EditTree& Tree() const { return *tree_; }

  // The entry with the value `node`, or the item `node`.
  void Remove(syntax::NodeId node);
  // A scalar, a null or an alias; a scalar keeps its quotes. A new collection stands in brackets.
  void Replace(syntax::NodeId node, const NewValue& value);
  // Part of a scalar, as it is to be written there; quotes are put around the whole where a plain
  // scalar would become something else.
  void ReplacePart(syntax::NodeId scalar, const base::Span& part, std::string text);
  // One more entry, or item (with the key "") behind the others. `node` is a map or a list; or an
  // entry's null or alias of a map, which becomes one.
  void Add(syntax::NodeId node, const std::string& key, NewValue value);

  // Sorted, disjoint; empty where it is refused.
  std::vector<diagnostic::Edit> Take();
  // Why; the first reason.
  const std::string& Refused() const { return refused_; }

 private:
  using Added = std::vector<std::pair<std::string, NewValue>>;
  struct Change {
    std::set<std::size_t> removed;
    Added added;
  };

  void Refuse(std::string_view why);
  void Edit(std::uint32_t begin, std::uint32_t end, std::string text);
  bool Vanishes(syntax::NodeId node, const Change& change) const;
  void Propagate();
  bool IsJsonLike(syntax::NodeId node) const;
  Spelling SpellingIn(syntax::NodeId collection) const;

  // edit_plan_flow.cpp
  void EditFlow(syntax::NodeId node, const Change& change);
  void FillFlow(syntax::NodeId node, const Added& added);
  void AddToFlow(syntax::NodeId node, const Added& added);
  void RemoveBeforeOthers(syntax::NodeId node, std::size_t index);
  void RemoveBehindOthers(syntax::NodeId node, std::size_t index);
  std::string FlowChild(syntax::NodeId node, const std::pair<std::string, NewValue>& child) const;
  std::uint32_t CommaBehind(std::uint32_t at) const;

  // edit_plan_block.cpp
  void EditBlock(syntax::NodeId node, const Change& change);
  void EditLeaf(syntax::NodeId node, const Added& added);
  void EditLeafInFlow(syntax::NodeId node, const Added& added, const std::string& merge);
  void Empty(syntax::NodeId node);
  void RemoveRun(syntax::NodeId node, std::size_t first, std::size_t last);
  void RemoveLines(std::uint32_t begin, std::uint32_t end);
  void AddToBlock(syntax::NodeId node, const Added& added);
  void AddLines(std::uint32_t behind, std::string lines);
  std::string LinesOf(syntax::NodeId node, const Added& added, std::uint32_t column) const;
  std::uint32_t DashOf(syntax::NodeId list, std::size_t index) const;
  std::uint32_t StartOf(syntax::NodeId node, std::size_t index) const;
  std::uint32_t BehindBlock(syntax::NodeId node) const;
  std::uint32_t ColonOf(syntax::NodeId node) const;
  BlockStyle StyleAt(syntax::NodeId node) const;

  const EditTree* tree_;
  MayVanish may_vanish_;
  std::map<syntax::NodeId, Change> changes_;
  std::set<syntax::NodeId> replaced_;
  std::vector<diagnostic::Edit> edits_;
  std::string refused_;
};

}  // namespace cagelint::input
