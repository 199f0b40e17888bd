#include "linter/input/edit_formats.h"
#include "linter/input/edit_plan.h"
#include "linter/syntax/json.h"

namespace cagelint::input {
namespace {

using syntax::kNoNode;
using syntax::NodeId;
using syntax::ScalarStyle;

class JsonEditor {
 public:
  explicit JsonEditor(const EditContext& context) : context_(context) {}

  Edited Do(std::span<const model::Change> changes) {
    for (const model::Change& change : changes) Apply(change);
    for (const auto& [file, plan] : plans_) {
      if (plan == nullptr || !out_.refused.empty()) continue;
      const std::vector<diagnostic::Edit> edits = plan->Take();
      Refuse(plan->Refused());
      out_.edits.insert(out_.edits.end(), edits.begin(), edits.end());
    }
    if (out_.edits.empty()) Refuse("nothing would change");
    if (!out_.refused.empty()) out_.edits.clear();
    return std::move(out_);
  }

 private:
  void Refuse(std::string why) {
    if (out_.refused.empty()) out_.refused = std::move(why);
  }

  EditPlan* PlanOf(base::FileId file) {
    auto& plan = plans_[file];
    if (plan != nullptr) return plan.get();
    auto& tree = (context_.trees == nullptr ? own_trees_ : *context_.trees)[file];
    if (tree == nullptr) {
      tree =
          std::make_shared<const EditTree>(context_.sources.Get(file), EditTree::Language::kJson);
    }
    if (!tree->Refused().empty()) {
      Refuse(tree->Refused());
      return nullptr;
    }
    plan = std::make_unique<EditPlan>(*tree);
    return plan.get();
  }

  void Apply(const model::Change& change) {
    using Kind = model::Change::Kind;
    if (change.kind != Kind::kRemove && change.kind != Kind::kReplace)
      return Refuse("only what is written can be changed here");
    if (!change.at.IsValid()) return Refuse("nothing is written for it");
    EditPlan* plan = PlanOf(change.at.file);
    if (plan == nullptr) return;
    if (change.kind == Kind::kReplace) return Replace(*plan, change);
    const NodeId node = plan->Tree().FindWhole(change.at);
    if (node == kNoNode) return Refuse("it is only a part of what is written there");
    plan->Remove(node);
  }

  // A string stays one, and so does a number that becomes another.
  void Replace(EditPlan& plan, const model::Change& change) {
    const NodeId id = plan.Tree().FindScalar(change.at);
    if (id == kNoNode) return Refuse("no single value stands there");
    if (plan.Tree().KeyOf(id) == id) return Refuse("a key stands there");
    const syntax::Node& node = plan.Tree().At(id);
    const bool string = node.style == ScalarStyle::kDoubleQuoted;
    if (change.at != node.span && !(string && change.at == syntax::InsideQuotes(node)))
      return plan.ReplacePart(id, change.at, change.value);
    plan.Replace(id, string ? NewValue::String(change.value) : NewValue::Plain(change.value));
  }

  const EditContext& context_;
  EditTrees own_trees_;
  std::map<base::FileId, std::unique_ptr<EditPlan>> plans_;
  Edited out_;
};

}  // namespace

Edited EditJson(const EditContext& context, std::span<const model::Change> changes) {
  return JsonEditor(context).Do(changes);
}

}  // namespace cagelint::input
