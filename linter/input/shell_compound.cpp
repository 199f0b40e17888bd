// `&&`, `if`, `case` and loops: ways of which one happens, and bodies that happen several times.
#include <algorithm>
#include <utility>

#include "linter/input/shell_walk.h"

namespace cagelint::input {

using syntax::ShellCommand;
using syntax::ShellTree;
using syntax::Statement;
using syntax::StatementId;
using syntax::StatementKind;

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

// Whether an assignment, which never fails, stands between `&&` and `||`, and another behind it.
bool ShellWalker::IsChoice(const Statement& statement) const {
  const auto assigns = [&](StatementId id) {
    const Statement& child = tree_->At(id);
    if (child.kind != StatementKind::kCommand) return false;
    const ShellCommand& command = tree_->commands[child.command];
    return command.words.empty() && !command.assignments.empty();
  };
  return statement.children.size() == 3 && statement.operators[0] == "&&" &&
         statement.operators[1] == "||" && assigns(statement.children[1]) &&
         assigns(statement.children[2]);
}

// The first step always runs; whether a later one does is not known.
void ShellWalker::RunAndOr(const Statement& statement, const Flow& flow) {
  if (IsChoice(statement)) {  // `test && a=1 || a=2`
    Run(statement.children[0], flow);
    const base::Span span = SpanOfCondition(*tree_, statement.children[0]);
    bool ends = false;
    const ShellValues::Changes first = Try(statement.children[1], flow, ends);
    const ShellValues::Changes second = Try(statement.children[2], flow, ends);
    return values_.Join({first, second}, {Condition(span, true), Condition(span, false)});
  }
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
  if (!statement.name.empty()) {
    ShellValue value;
    for (const syntax::Word& word : statement.words)
      for (const Argument& argument : values_.Expand(word, *tree_))
        value.may_be_options = value.may_be_options || argument.text.starts_with('-');
    values_.Set(statement.name, std::move(value));
  } else if (statement.kind == StatementKind::kFor) {
    ForgetArithmetic(context_.sources.Text(statement.span));
  }
  Generalise(statement);
  const bool ended = ended_;
  RunAll(statement.children, flow);
  ended_ = ended;
  Generalise(statement);
}

// `for x in a b`: the body once for each word, where all are known and nothing leaves the loop.
bool ShellWalker::Unroll(const Statement& statement, const Flow& flow) {
  constexpr std::size_t kMostRounds = 32;
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

}  // namespace cagelint::input
