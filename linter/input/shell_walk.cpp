#include "linter/input/shell_walk.h"

#include <algorithm>
#include <utility>

#include "linter/input/shell_prefixes.h"

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
  for (std::size_t i = 0; i < function_order_.size(); ++i) {
    Function& function = functions_[function_order_[i]];
    if (function.walked) continue;
    function.walked = true;
    const std::size_t mark = values_.Mark();
    const ShellTree* outer = std::exchange(tree_, function.tree);
    RestrictValues();
    Run(function.body, {});
    tree_ = outer;
    values_.RollBack(mark);
  }
}

// What a function sees that may be called from anywhere: variables with one value in the whole
// script.
void ShellWalker::RestrictValues() {
  for (const std::string& name : values_.Names())
    if (name == "@" || assigned_[name] != 1) values_.Forget(name);
}

void ShellWalker::RunAll(const std::vector<StatementId>& ids, const Flow& flow) {
  for (const StatementId id : ids) Run(id, flow);
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
  return values_.RollBack(mark);
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
    if (!words.empty()) RunText(fed, words, inner);
  }
}

// `echo "docker run …" | sh`: what is printed is a script.
void ShellWalker::FeedOutput(const ShellCommand& from, const ShellCommand& to, const Flow& flow) {
  Arguments words;
  for (const syntax::Word& word : from.words)
    for (Argument& argument : values_.Expand(word, *tree_)) words.push_back(std::move(argument));
  const std::string program = words.empty() ? "" : words.front().text;
  if (program != "echo" && program != "printf") return;
  std::size_t first = 1;
  while (first < words.size() &&
         (words[first].text == "-n" || words[first].text == "-e" || words[first].text == "--"))
    ++first;
  if (program == "printf" && first + 1 < words.size() && words[first].text.starts_with("%s"))
    ++first;
  Argument text;
  for (std::size_t i = first; i < words.size(); ++i) {
    if (i > first) {
      text.pieces.push_back(
          {static_cast<std::uint32_t>(text.text.size()), 1, words[i].span, {}, {}});
      text.text += ' ';
    }
    std::size_t end = words[i].text.size();
    if (i + 1 == words.size() && words[i].text.ends_with("\\n")) end -= 2;
    AppendPart(text, words[i], 0, end);
  }
  if (text.pieces.empty()) return;
  text.span = words[first].span;
  Arguments reader;
  for (const syntax::Word& word : to.words)
    for (Argument& argument : values_.Expand(word, *tree_)) reader.push_back(std::move(argument));
  reader.erase(reader.begin(),
               reader.begin() + static_cast<std::ptrdiff_t>(FindProgram(reader).index));
  if (reader.empty() || ProgramName(reader.front().text) == "cat" ||
      ProgramName(reader.front().text) == "tee")
    return;
  const Argument* outer = std::exchange(input_, &text);
  RunText(to, reader, flow);
  input_ = outer;
}

namespace {

// Without the blanks and separators around it.
base::Span SpanOfCondition(const ShellTree& tree, StatementId id) {
  const Statement& statement = tree.At(id);
  if (statement.kind != StatementKind::kSequence || statement.children.empty())
    return statement.span;
  return base::Cover(tree.At(statement.children.front()).span,
                     tree.At(statement.children.back()).span);
}

model::Step Condition(base::Span span, bool holds) {
  return {span, holds ? "only where this is true" : "only where this is not true"};
}

}  // namespace

// The first step always runs; whether a later one does is not known.
void ShellWalker::RunAndOr(const Statement& statement, const Flow& flow) {
  for (std::size_t i = 0; i < statement.children.size(); ++i) {
    if (i == 0) {
      Run(statement.children[i], flow);
      continue;
    }
    bool ends = false;
    const ShellValues::Changes way = Try(statement.children[i], flow, ends);
    if (ends) continue;
    const base::Span before = SpanOfCondition(*tree_, statement.children[i - 1]);
    const bool is_and = statement.operators[i - 1] == "&&";
    values_.Join({way, {}}, {Condition(before, is_and), Condition(before, !is_and)});
  }
}

void ShellWalker::RunIf(const Statement& statement, const Flow& flow) {
  std::vector<ShellValues::Changes> ways;
  std::vector<model::Step> conditions;
  const auto try_way = [&](StatementId id, model::Step condition) {
    bool ends = false;
    ShellValues::Changes way = Try(id, flow, ends);
    if (ends) return;
    ways.push_back(std::move(way));
    conditions.push_back(std::move(condition));
  };
  const std::vector<StatementId>& children = statement.children;
  base::Span last = statement.span;
  for (std::size_t i = 0; i + 1 < children.size(); i += 2) {
    Run(children[i], flow);
    last = SpanOfCondition(*tree_, children[i]);
    try_way(children[i + 1], Condition(last, true));
  }
  if (children.size() % 2 == 1) {
    try_way(children.back(), Condition(last, false));
  } else {
    ways.emplace_back();
    conditions.push_back(Condition(last, false));
  }
  if (ways.empty())
    ended_ = true;
  else
    values_.Join(ways, std::move(conditions));
}

void ShellWalker::RunCase(const Statement& statement, const Flow& flow) {
  for (const syntax::Word& word : statement.words) RunNestedParts(word.parts, flow);
  std::vector<ShellValues::Changes> ways;
  for (const StatementId item : statement.children) {
    bool ends = false;
    ShellValues::Changes way = Try(item, flow, ends);
    if (!ends) ways.push_back(std::move(way));
  }
  if (!statement.has_default) ways.emplace_back();
  const base::Span place = statement.words.empty() ? statement.span : statement.words[0].span;
  if (ways.empty())
    ended_ = true;
  else
    values_.Join(ways, std::vector<model::Step>(ways.size(), {place, "for some values of this"}));
}

// The body runs any number of times: what it sets is unknown in it and behind it.
void ShellWalker::RunLoop(const Statement& statement, const Flow& flow) {
  for (const syntax::Word& word : statement.words) RunNestedParts(word.parts, flow);
  if (Unroll(statement, flow)) return;
  if (!statement.name.empty()) values_.Forget(statement.name);
  Generalise(statement);
  const bool ended = ended_;
  RunAll(statement.children, flow);
  ended_ = ended;
  Generalise(statement);
}

// `for x in a b`: the body once for each word, where all are known and nothing leaves the loop.
bool ShellWalker::Unroll(const Statement& statement, const Flow& flow) {
  constexpr std::size_t kMostRounds = 8;
  if (statement.kind != StatementKind::kFor || statement.name.empty() || statement.words.empty() ||
      called_["break"] + called_["continue"] + called_["select"] > 0)
    return false;
  std::vector<Argument> rounds;
  for (const syntax::Word& word : statement.words)
    for (Argument& argument : values_.Expand(word, *tree_)) rounds.push_back(std::move(argument));
  const bool is_known = std::none_of(rounds.begin(), rounds.end(),
                                     [](const Argument& round) { return !round.IsLiteral(); });
  if (!is_known || rounds.size() > kMostRounds ||
      walks_ + static_cast<int>(rounds.size()) > kMostWalks)
    return false;
  for (Argument& round : rounds) {
    ++walks_;
    values_.Set(statement.name, ShellValue::Scalar(std::move(round)));
    RunAll(statement.children, flow);
  }
  return true;
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
