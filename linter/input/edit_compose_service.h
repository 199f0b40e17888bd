// One batch of changes to the services of a compose project, on its way to edits.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/edit_compose_members.h"
#include "linter/input/edit_formats.h"
#include "linter/input/edit_plan.h"

namespace cagelint::input::compose {

class ServiceEditor {
 public:
  ServiceEditor(const EditContext& context, const model::Container* container,
                std::span<const model::Change> changes)
      : context_(context), container_(container), changes_(changes) {}

  Edited Do();

 private:
  using Path = std::vector<std::string>;
  // A place in a tree; without a plan there is none.
  struct Spot {
    EditPlan* plan = nullptr;
    syntax::NodeId node = syntax::kNoNode;
    const EditTree& Tree() const { return plan->Tree(); }
    const syntax::Node& Node() const { return Tree().At(node); }
  };

  bool Refuse(std::string why);  // false
  void Reach(std::string why);
  bool Apply(const model::Change& change);
  EditPlan* PlanOf(base::FileId file);
  bool FindService();

  // edit_compose_set.cpp
  bool Set(const model::Change& change);
  bool SetSwitch(const Member& member, bool on);
  bool SetLimit(const Member& member, const std::string& value);
  bool SetRestart(const std::string& value);
  bool SetNetworkMode(const std::string& value);
  bool SetAt(const Path& path, const NewValue& value);
  bool SetValue(const Spot& spot, const NewValue& value);
  bool IsLimitedInDeploy();
  bool IsInDeploy(const base::Span& place);

  // edit_compose_append.cpp
  bool Append(const model::Change& change);
  bool AppendMount(const std::string& value);
  bool AppendOption(const std::string& value);
  bool AppendTo(std::string_view key, const std::string& value, Member::Shape shape);
  bool AddItem(const Spot& list, const std::string& value);
  bool AddPair(const Spot& map, std::string_view key, const std::string& value,
               Member::Shape shape);
  bool AddCopy(std::string_view key, syntax::NodeId from, const Spot& into,
               const std::string& value, Member::Shape shape);

  // edit_compose_place.cpp
  bool SetPart(const model::Change& change);
  bool SetPartOfText(const Spot& spot, const model::Change& change);
  bool SetPartOfMap(const Spot& spot, const model::Change& change);
  bool SetChild(const Spot& map, const std::string& key, const NewValue& value);
  bool IsRestartOfOther(const Spot& spot, const base::Span& whole);
  bool Remove(const base::Span& whole);
  bool Replace(const base::Span& place, const std::string& value);
  void ReachOf(const Spot& spot);
  bool FindOwn(Spot& spot, const base::Span& place, std::string_view member);
  syntax::NodeId BroughtFrom(const EditTree& tree, const base::Span& whole) const;
  bool WriteOut(const Spot& alias, const base::Span& part, std::string_view text);

  // The value of `key` in the map itself; kNoNode where it has none.
  static syntax::NodeId Own(const EditTree& tree, syntax::NodeId map, std::string_view key);
  // The same, or through aliases and merge keys.
  static syntax::NodeId Inherited(const EditTree& tree, syntax::NodeId map, std::string_view key);
  static syntax::NodeId Target(const EditTree& tree, syntax::NodeId node);
  static bool HasVariable(const EditTree& tree, syntax::NodeId node);

  const EditContext& context_;
  const model::Container* container_;
  std::span<const model::Change> changes_;
  EditTrees own_trees_;
  std::map<base::FileId, std::unique_ptr<EditPlan>> plans_;
  Spot service_;
  Edited out_;
};

// As a scalar of the value's shape; `$` becomes `$$`, for what is written stands for itself.
NewValue ScalarOf(const std::string& value, Member::Shape shape);

}  // namespace cagelint::input::compose
