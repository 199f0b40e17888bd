// What calls in a statement do: start processes, change lists, enter functions.
#include <algorithm>
#include <utility>

#include "linter/input/code_script.h"

namespace cagelint::input {

// A command that is made here, and started by somebody else.
void CodeScript::EmitUnstarted(Unit& unit) {
  for (const auto& [name, one] : unit.names) {
    const std::string variable = CodeEvaluator::VariableOf(name, unit.frame);
    const bool is_given = unit.given.contains(variable) || name.find('.') != std::string::npos;
    if (one.value.IsEmpty() || !is_given || unit.started.contains(variable)) continue;
    CodeValue list;
    if (!one.is_changed && one.assigned == 1) list = evaluator_.Evaluate(one.value, unit.frame);
    if (calls_.IsCommand(list)) {
      CodeLaunch launch;
      launch.words = std::move(list.items);
      Launch(std::move(launch), unit);
    } else if (one.is_set && flagged_.contains("!" + variable)) {
      Launch(LaunchOf(variable, code_.Place(one.value)), unit);
    }
  }
}

CodeLaunch CodeScript::LaunchOf(const std::string& variable, const base::Span& place) {
  CodeLaunch launch;
  CodeItem item;
  item.is_spread = true;
  item.value.kind = CodeValue::Kind::kVariable;
  item.value.name = variable;
  item.place = item.value.place = place;
  launch.words.push_back(std::move(item));
  return launch;
}

// The names that stand alone among the arguments of a call.
void CodeScript::NoteGiven(std::uint32_t open, Unit& unit) {
  const std::uint32_t end = code_.At(open).match;
  for (std::uint32_t at = open + 1; at < end; at = code_.Next(at, end)) {
    const bool begins = at == open + 1 || code_.Is(at - 1, ",") || code_.Is(at - 1, "=");
    const bool ends = at + 1 >= end || code_.Is(at + 1, ",") || code_.Is(at + 1, "...");
    if (begins && ends && code_.IsName(at))
      unit.given.insert(CodeEvaluator::VariableOf(code_.Text(at), unit.frame));
  }
}

void CodeScript::EmitChange(const CodeMutation& change, Unit& unit) {
  const std::string variable = CodeEvaluator::VariableOf(change.name, unit.frame);
  const base::Span place = code_.Place(change.arguments);
  using Change = CodeMutation::Kind;
  std::vector<CodeItem> items;
  if (change.kind == Change::kExtend)
    CodeEvaluator::Spread(evaluator_.Evaluate(change.arguments, unit.frame), place, items);
  else if (change.kind != Change::kOther)
    items = evaluator_.Items(change.arguments, unit.frame);
  else
    return ForgetElements(variable, change.name, place);
  Prepare(items, unit);
  if (std::any_of(items.begin(), items.end(),
                  [](const CodeItem& item) { return IsContainerFlag(item.value.Known()); }))
    flagged_.insert(variable);
  const bool repeats = std::any_of(items.begin(), items.end(), [&](const CodeItem& item) {
    return item.value.kind == CodeValue::Kind::kVariable && item.value.name == variable;
  });
  if (change.kind != Change::kPrepend && !repeats) {
    OpenList(variable, place);
    PutWords(items);
    open_ = variable;
    open_place_ = place;
    return;
  }
  const bool is_before = change.kind == Change::kPrepend;
  Put(variable + (is_before ? "__l=(" : "__l+=("), place);
  PutWords(items);
  if (is_before) Put(" \"${" + variable + "__l[@]}\"", place);
  Put(")\n", place);
}

// Begins to add to a list, or goes on where that was done last: a thousand statements would copy
// what the list holds a thousand times.
void CodeScript::OpenList(const std::string& list, const base::Span& place) {
  if (open_ != list) Put(list + "__l+=(", place);
  open_.clear();
}

void CodeScript::CloseList() {
  if (!std::exchange(open_, "").empty()) Put(")\n", open_place_);
}

void CodeScript::EmitLaunches(CodeRange range, const Statements& functions, Unit& unit) {
  std::size_t next = 0;
  int depth = 0;
  std::uint32_t only_taken = range.begin;  // up to here somebody only looks at what stands there
  for (std::uint32_t at = range.begin; at < range.end; ++at) {
    while (next < functions.size() && functions[next].range.begin < at) ++next;
    if (next < functions.size() && functions[next].range.begin == at &&
        functions[next].range.end > at) {
      EmitFunction(functions[next], unit);
      at = functions[next].range.end - 1;
      continue;
    }
    if (code_.At(at).kind == syntax::CodeToken::Kind::kOpen) ++depth;
    if (code_.At(at).kind == syntax::CodeToken::Kind::kClose) --depth;
    CodeLaunch launch;
    if (!code_.IsOpen(at, '(')) {
      const bool is_list =
          at >= only_taken && depth > 1 && calls_.ListAt(at, range.end, unit.frame, launch);
      if (is_list || calls_.PairAt(at, range.end, unit.frame, launch) ||
          calls_.TemplateAt(at, range.begin, unit.frame, launch))
        Launch(std::move(launch), unit);
      continue;
    }
    if (calls_.OnlyTakesAt(at, range.begin))
      only_taken = std::max(only_taken, code_.At(at).match);
    else
      NoteGiven(at, unit);
    if (const CodeMutation change = MutationAt(code_, at, range.begin); !change.name.empty()) {
      EmitChange(change, unit);
      continue;
    }
    const bool is_looked_at = at < only_taken && at > range.begin && code_.Is(at - 1, "call");
    if (is_looked_at) continue;  // `assert_called_with(call(…))`
    const bool is_named = at > range.begin && code_.IsName(at - 1);
    const auto callee = is_named ? functions_.find(code_.Text(at - 1)) : functions_.end();
    const bool wraps =
        callee != functions_.end() && callee->second != nullptr && WrapsParameters(*callee->second);
    if (calls_.LaunchAt(at, range.begin, unit.frame, launch, wraps))
      Launch(std::move(launch), unit);
    else if (wraps)
      Enter(*callee->second, {at + 1, code_.At(at).match}, false, unit);
  }
}

}  // namespace cagelint::input
