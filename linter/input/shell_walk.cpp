#include "linter/input/shell_walk.h"

#include <algorithm>
#include <utility>

#include "linter/input/shell_prefixes.h"
#include "linter/input/suppressions.h"

namespace cagelint::input {
namespace {

using syntax::ShellCommand;
using syntax::ShellTree;
using syntax::Statement;
using syntax::StatementId;
using syntax::StatementKind;

// Functions that call functions, on top of the nesting of each.
constexpr int kDeepestWalk = 400;
// `sh -c "sh -c …"`, and `eval` of what an `eval` made.
constexpr int kDeepestText = 3;

}  // namespace

void ShellWalker::Read(std::string_view text, const base::SourceMap& map) {
  sourcing_ = {map.File()};
  ReadEmbedded(text, map, {});
  WalkUncalled();
  if (values_.IsExhausted())
    AddGap("limit-reached", "the variables of this script grow beyond what is followed",
           map.ToOuter(0, static_cast<std::uint32_t>(std::min(text.size(), text.find('\n')))));
}

void ShellWalker::ReadEmbedded(std::string_view text, const base::SourceMap& map,
                               const Flow& flow) {
  if (flow.embedded > kDeepestText) {
    AddGap("limit-reached", "scripts inside scripts are nested too deeply",
           map.ToOuter(0, static_cast<std::uint32_t>(text.size())));
    return;
  }
  trees_.push_back(std::make_unique<ShellTree>(syntax::ParseShell(text, map)));
  const ShellTree* outer = std::exchange(tree_, trees_.back().get());
  for (const diagnostic::Gap& gap : tree_->gaps) document_.gaps.push_back(gap);
  CollectSuppressions(*tree_, context_.sources, document_.suppressions);
  CountNames(*tree_);
  Run(tree_->root, flow);
  tree_ = outer;
}

void ShellWalker::CountNames(const ShellTree& tree) {
  for (const ShellCommand& command : tree.commands) {
    for (const auto& assignment : command.assignments) ++assigned_[assignment.name];
    if (!command.words.empty() && command.words.front().IsLiteral())
      ++called_[command.words.front().Text()];
  }
}

// Functions that no command of the script calls by name, or that are called by a trap.
void ShellWalker::WalkUncalled() {
  is_uncalled_ = true;
  const std::size_t before = values_.Mark();
  RestrictValues();
  std::size_t read = trees_.size();
  for (std::size_t i = 0; i < function_order_.size(); ++i) {
    Function& function = functions_[function_order_[i]];
    if (function.walked) continue;
    function.walked = true;
    if (std::exchange(read, trees_.size()) != trees_.size()) {  // other names have one value now
      values_.RollBack(before);
      RestrictValues();
    }
    const std::size_t mark = values_.Mark();
    const ShellTree* outer = std::exchange(tree_, function.tree);
    ended_ = false;
    Run(function.body, {});
    tree_ = outer;
    values_.RollBack(mark);
  }
  values_.RollBack(before);
}

// What a function sees that may be called from anywhere: variables with one value in the whole
// script.
void ShellWalker::RestrictValues() {
  values_.ForgetIf([&](const std::string& name) { return name == "@" || assigned_[name] != 1; });
}

// What stands behind `exit` or `return` is read all the same, but sets nothing.
void ShellWalker::RunAll(const std::vector<StatementId>& ids, const Flow& flow) {
  for (const StatementId id : ids) {
    if (ended_ || tree_->At(id).in_background)
      RunAside(id, flow);
    else
      Run(id, flow);
  }
}

// In a process of its own: what it sets is gone afterwards.
void ShellWalker::RunAside(StatementId id, const Flow& flow) {
  const std::size_t mark = values_.Mark();
  const bool ended = ended_;
  Run(id, flow);
  values_.RollBack(mark);
  ended_ = ended;
}

// What a way through the script sets, and whether it ends the script.
ShellValues::Changes ShellWalker::Try(StatementId id, const Flow& flow, bool& ends) {
  const std::size_t mark = values_.Mark();
  const bool ended = std::exchange(ended_, false);
  Run(id, flow);
  ends = std::exchange(ended_, ended);
  return values_.TakeBack(mark);
}

void ShellWalker::Run(StatementId id, const Flow& outer_flow) {
  if (id == syntax::kNoStatement) return;
  if (depth_ >= kDeepestWalk)
    return AddGap("limit-reached", "functions call each other too deeply", tree_->At(id).span);
  ++depth_;
  const Statement& statement = tree_->At(id);
  Flow flow = outer_flow;
  for (const syntax::Redirect& redirect : statement.redirects) {
    flow.captured = flow.captured || redirect.TakesOutput();
    RunNestedParts(redirect.target.parts, flow);
  }
  switch (statement.kind) {
    case StatementKind::kCommand:
      RunCommand(statement, flow);
      break;
    case StatementKind::kSequence:
      NoticeBrokenEnds(statement);
      [[fallthrough]];
    case StatementKind::kNot:
      RunAll(statement.children, flow);
      break;
    case StatementKind::kPipeline:
      RunPipeline(statement, flow);
      break;
    case StatementKind::kAndOr:
      RunAndOr(statement, flow);
      break;
    case StatementKind::kIf:
      RunIf(statement, flow);
      break;
    case StatementKind::kWhile:
    case StatementKind::kFor:
      RunLoop(statement, flow);
      break;
    case StatementKind::kCase:
      RunCase(statement, flow);
      break;
    case StatementKind::kFunction:
      if (!statement.children.empty()) {
        functions_[statement.name] = {tree_, statement.children.front(), false};
        function_order_.push_back(statement.name);
      }
      break;
    case StatementKind::kSubshell:
      for (const StatementId child : statement.children) RunAside(child, flow);
      break;
    case StatementKind::kOther:
      ForgetArithmetic(context_.sources.Text(statement.span));
      flow.captured = true;
      for (const StatementId child : statement.children) RunAside(child, flow);
      break;
  }
  --depth_;
}

void ShellWalker::RunPipeline(const Statement& statement, const Flow& flow) {
  const std::vector<StatementId>& steps = statement.children;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    Flow inner = flow;
    if (i + 1 < steps.size()) {
      inner.captured = true;
      inner.handles.clear();
    }
    RunAside(steps[i], inner);
    // `cat <<E | ssh host sh`
    if (i == 0 || tree_->At(steps[i]).kind != StatementKind::kCommand ||
        tree_->At(steps[i - 1]).kind != StatementKind::kCommand)
      continue;
    const ShellCommand& from = tree_->commands[tree_->At(steps[i - 1]).command];
    const ShellCommand& to = tree_->commands[tree_->At(steps[i]).command];
    FeedOutput(from, to, inner);
    if (from.words.empty() || from.words.front().Text() != "cat") continue;
    ShellCommand fed = to;
    for (const syntax::Redirect& redirect : from.redirects)
      if (redirect.document != UINT32_MAX) fed.redirects.push_back(redirect);
    if (fed.redirects.size() == to.redirects.size()) continue;
    Arguments words;
    for (const syntax::Word& word : to.words)
      for (Argument& argument : values_.Expand(word, *tree_)) words.push_back(std::move(argument));
    words.erase(words.begin(),
                words.begin() + static_cast<std::ptrdiff_t>(FindProgram(words).index));
    if (!words.empty() && ProgramName(words.front().text) != "tee") RunText(fed, words, inner);
  }
}

void ShellWalker::Generalise(const Statement& statement) {
  Assigned assigned;
  for (const StatementId child : statement.children) CollectAssigned(*tree_, child, assigned);
  Generalise(assigned, statement.span);
}

void ShellWalker::Generalise(const Assigned& assigned, base::Span place) {
  for (const auto& [name, only_appends] : assigned.names) {
    const ShellValue* value = values_.Find(name);
    if (only_appends && value != nullptr && value->IsArray()) {
      ShellValue longer = *value;
      longer.words.emplace_back().span = place;
      values_.Set(name, JoinValues(*value, longer));
    } else {
      values_.Forget(name);
    }
  }
}

void ShellWalker::CollectAssigned(const ShellTree& tree, StatementId id, Assigned& assigned) const {
  if (id == syntax::kNoStatement) return;
  const Statement& statement = tree.At(id);
  if (!statement.name.empty() && statement.kind == StatementKind::kFor)
    assigned.names[statement.name] = false;
  if (statement.kind == StatementKind::kOther)
    for (const std::string& name : NamesSetIn(context_.sources.Text(statement.span)))
      assigned.names[name] = false;
  if (statement.kind == StatementKind::kCommand)
    CollectAssignedBy(tree.commands[statement.command], assigned);
  for (const StatementId child : statement.children) CollectAssigned(tree, child, assigned);
}

void ShellWalker::CollectAssignedBy(const ShellCommand& command, Assigned& assigned) const {
  for (const auto& assignment : command.assignments) {
    const bool appends = assignment.is_array && assignment.append;
    const auto [found, added] = assigned.names.try_emplace(assignment.name, appends);
    if (!added) found->second = found->second && appends;
  }
  if (command.words.empty() || !command.words.front().IsLiteral()) return;
  const std::string name = command.words.front().Text();
  if (name == "cd" || name == "pushd" || name == "popd") assigned.names["PWD"] = false;
  if (name == "shift" || name == "set") assigned.names["@"] = false;
  for (std::size_t i = 1; i < command.words.size(); ++i)
    if (name == "read" || name == "mapfile" || name == "readarray" || name == "unset")
      assigned.names[command.words[i].Text()] = false;
  const auto function = functions_.find(name);
  if (function == functions_.end() || !assigned.functions.insert(name).second) return;
  if (assigned.functions.size() < 64)
    CollectAssigned(*function->second.tree, function->second.body, assigned);
}

void ShellWalker::AddGap(std::string kind, std::string message, base::Span span) {
  const auto& gaps = document_.gaps;
  if (!gaps.empty() && gaps.back().kind == kind && gaps.back().span == span) return;
  document_.gaps.push_back(
      {.kind = std::move(kind), .message = std::move(message), .span = span, .path = ""});
}

}  // namespace cagelint::input
