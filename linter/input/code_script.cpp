#include "linter/input/code_script.h"

#include <algorithm>
#include <utility>

#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

using Kind = CodeStatement::Kind;

bool Ends(const std::vector<CodeStatement>& statements) {
  if (statements.empty()) return false;
  const CodeStatement& last = statements.back();
  if (last.kind == Kind::kReturn || last.kind == Kind::kExit) return true;
  return last.kind == Kind::kIf && Ends(last.body) && Ends(last.otherwise);
}

}  // namespace

CodeScript::CodeScript(const base::Source& source, const CodeTree& tree)
    : code_(source, tree),
      tree_(tree),
      evaluator_(code_, module_, functions_),
      calls_(code_, evaluator_),
      out_(std::make_unique<EmbeddedText>(source)) {}

// Those that one name stands for; and which names are set once in the file.
void CodeScript::CollectFunctions(const Statements& statements) {
  for (const CodeStatement& one : statements) {
    if (one.kind == Kind::kFunction && one.name != 0) {
      const auto [found, is_new] = functions_.try_emplace(std::string(code_.Text(one.name)), &one);
      if (!is_new) found->second = nullptr;
    }
    CollectFunctions(one.body);
    CollectFunctions(one.otherwise);
  }
}

// What classes set beside their functions, as these call it: `this.args`, `self.args`.
void CodeScript::CollectFields(const Statements& statements, CodeNames& fields) const {
  for (const CodeStatement& one : statements) {
    if (one.kind == Kind::kClass) {
      CodeNames own;
      CollectNames(code_, one.body, false, own);
      for (auto& [name, field] : own) {
        CodeName& kept = fields[(code_.IsPython() ? "self." : "this.") + name];
        const int assigned = kept.assigned + field.assigned;
        kept = field;
        kept.assigned = assigned;
      }
    }
    CollectFields(one.body, fields);
    CollectFields(one.otherwise, fields);
  }
}

std::vector<CodeText> CodeScript::Read() {
  CollectFunctions(tree_.statements);
  CollectNames(code_, tree_.statements, true, module_);
  CodeNames fields;
  CollectFields(tree_.statements, fields);
  for (auto name = fields.begin(); name != fields.end();)
    name = module_.contains(name->first) ? fields.erase(name) : std::next(name);
  // Only what the file itself sets holds everywhere.
  CodeNames own;
  CollectNames(code_, tree_.statements, false, own);
  for (auto name = module_.begin(); name != module_.end();)
    name = own.contains(name->first) ? std::next(name) : module_.erase(name);
  module_.merge(fields);
  for (std::uint32_t at = 1; at < tree_.code.tokens.size(); ++at)
    if (code_.IsOpen(at, '(') && code_.IsName(at - 1)) ++called_[std::string(code_.Text(at - 1))];
  ReadModule();
  for (const CodeStatement* unit : units_)
    if (!WrapsParameters(*unit)) ReadFunction(*unit);
  for (const CodeStatement* unit : units_)
    if (WrapsParameters(*unit) && !entered_.contains(unit)) ReadFunction(*unit);
  return std::move(texts_);
}

// What stands outside of functions. Those are read on their own.
void CodeScript::ReadModule() {
  Unit unit;
  CollectNames(code_, tree_.statements, false, unit.names);
  unit.frame = {&unit.names, ""};
  InitialiseUnset(code_.Place({0, 1}), unit);
  Emit(tree_.statements, 0, unit);
  Finish(unit);
}

void CodeScript::ReadFunction(const CodeStatement& function) {
  Unit unit;
  CollectNames(code_, function.body, true, unit.names);
  unit.frame = {&unit.names, ""};
  active_.insert(&function);
  unit.is_called = called_[std::string(code_.Text(function.name))] > 1;
  Declare(ParametersOf(code_, function.head), code_.Place({function.name, function.name + 1}),
          unit);
  InitialiseUnset(code_.Place({function.name, function.name + 1}), unit);
  Emit(function.body, 0, unit);
  active_.erase(&function);
  Finish(unit);
}

void CodeScript::Finish(Unit& unit) {
  EmitUnstarted(unit);
  CloseList();
  if (std::exchange(launches_, false) && NamesEngineAnywhere(out_->Text())) {
    texts_.emplace_back();
    texts_.back().text = std::move(out_);
    texts_.back().starts = starts_;
  }
  starts_ = {};
  out_ = std::make_unique<EmbeddedText>(code_.Source());
  flagged_.clear();
  unknown_.clear();
}

void CodeScript::Declare(const std::vector<std::string>& names, const base::Span& place,
                         Unit& unit) {
  for (const std::string& name : names) {
    if (name.empty()) continue;
    CodeName& one = unit.names[name];
    ++one.assigned;
    one.is_set = one.is_parameter = true;
    AssignUnknown(CodeEvaluator::VariableOf(name, unit.frame), name, place);
  }
}

// What others set and the function only adds to.
void CodeScript::InitialiseUnset(const base::Span& place, Unit& unit) {
  for (const auto& [name, one] : unit.names)
    if (!one.is_set && (one.is_changed || one.assigned > 0))
      AssignUnknown(CodeEvaluator::VariableOf(name, unit.frame), name, place);
}

void CodeScript::Emit(const Statements& statements, std::size_t first, Unit& unit) {
  for (std::size_t i = first; i < statements.size(); ++i) {
    const CodeStatement& one = statements[i];
    if (!unit.result.empty() && one.kind == Kind::kIf && EmitGuard(one, statements, i + 1, unit))
      return;
    EmitStatement(one, unit);
    if (one.kind == Kind::kReturn || one.kind == Kind::kExit) return;
  }
}

// `if x: return a` and what follows: two ways with a result each.
bool CodeScript::EmitGuard(const CodeStatement& one, const Statements& rest, std::size_t next,
                           Unit& unit) {
  constexpr int kMostGuards = 12;
  const bool body_ends = Ends(one.body);
  const bool other_ends = Ends(one.otherwise);
  if (body_ends == other_ends || unit.guards >= kMostGuards) return false;
  ++unit.guards;
  const base::Span place = code_.Place(one.head);
  EmitLaunches(one.head, {}, unit);
  Put("if ", place);
  Put(":", place);
  Put("; then\n", place);
  Put(":\n", place);
  Emit(one.body, 0, unit);
  if (!body_ends) Emit(rest, next, unit);
  Put("else\n:\n", place);
  Emit(one.otherwise, 0, unit);
  if (!other_ends) Emit(rest, next, unit);
  Put("fi\n", place);
  --unit.guards;
  return true;
}

void CodeScript::EmitStatement(const CodeStatement& one, Unit& unit) {
  switch (one.kind) {
    case Kind::kSimple:
      return EmitSimple(one.head, one.body, unit);
    case Kind::kReturn:
      return EmitReturn(one, unit);
    case Kind::kExit:
      EmitSimple(one.head, one.body, unit);
      return Put("exit\n", code_.Place(one.range));
    case Kind::kIf:
      return EmitIf(one, unit);
    case Kind::kSwitch:
      return EmitSwitch(one, unit);
    case Kind::kLoop:
      return EmitLoop(one, unit);
    case Kind::kBlock:
      EmitSimple(one.head, {}, unit);
      return Emit(one.body, 0, unit);
    case Kind::kMaybe:
      return EmitMaybe(one.body, code_.Place({one.range.begin, one.range.begin + 1}), unit);
    case Kind::kFunction:
      return EmitFunction(one, unit);
    case Kind::kClass:
      return Emit(one.body, 0, unit);
  }
}

void CodeScript::EmitReturn(const CodeStatement& one, Unit& unit) {
  EmitSimple(one.head, one.body, unit);
  const base::Span place = code_.Place(one.range);
  const std::vector<CodeRange> values = code_.Split(",", one.head);
  if (unit.result.empty() || values.empty()) {
    if (!values.empty() && !unit.is_called) {
      CodeValue value = evaluator_.Evaluate(values.front(), unit.frame);
      const bool is_variable = value.kind == CodeValue::Kind::kVariable &&
                               flagged_.contains("!" + value.name) &&
                               !unit.started.contains(value.name);
      CodeLaunch launch;
      if (is_variable) launch = LaunchOf(value.name, value.place);
      if (calls_.IsCommand(value)) launch.words = std::move(value.items);
      if (!launch.words.empty()) {  // whoever gets it may add to it
        CodeItem more;
        more.is_spread = true;
        more.place = launch.words.back().place;
        more.value.name = "more";
        more.value.place = more.place;
        launch.words.push_back(std::move(more));
        Launch(std::move(launch), unit);
      }
    }
    return Put("exit\n", place);
  }
  const std::string_view text = code_.Text(values.front());
  if (text == "nil" || text == "None" || text == "null" || text == "undefined" || text == "\"\"")
    return Put("exit\n", place);
  Assign(unit.result, evaluator_.Evaluate(values.front(), unit.frame), unit);
}

void CodeScript::EmitBody(const Statements& body, Unit& unit) {
  const int guards = std::exchange(unit.guards, 1000);
  Emit(body, 0, unit);
  unit.guards = guards;
}

void CodeScript::EmitIf(const CodeStatement& one, Unit& unit) {
  CodeRange condition = one.head;
  if (code_.IsGo()) {  // `if err := f(); err != nil`
    const std::uint32_t stop = code_.Find(";", condition);
    if (stop < condition.end) {
      EmitSimple({condition.begin, stop}, {}, unit);
      condition.begin = stop + 1;
    }
  }
  EmitLaunches(condition, {}, unit);
  const base::Span place = code_.Place(condition);
  Put("if ", place);
  Put(":", place);
  Put("; then\n:\n", place);
  EmitBody(one.body, unit);
  if (!one.otherwise.empty()) {
    Put("else\n:\n", place);
    EmitBody(one.otherwise, unit);
  }
  Put("fi\n", place);
}

void CodeScript::EmitSwitch(const CodeStatement& one, Unit& unit) {
  const base::Span place = code_.Place({one.range.begin, one.range.begin + 1});
  EmitLaunches(one.head, {}, unit);
  const CodeStatement* last = nullptr;
  int open = 0;
  for (const CodeStatement& way : one.body) {
    const bool is_default = way.has_default || code_.Is(way.range.begin, "default");
    if (is_default) {
      last = &way;
      continue;
    }
    const base::Span at =
        code_.Place({way.range.begin, std::min(way.range.begin + 2, way.range.end)});
    Put(open++ == 0 ? "if " : "elif ", at);
    Put(":", at);
    Put("; then\n:\n", at);
    EmitBody(way.body, unit);
  }
  if (open == 0) {
    if (last != nullptr) Emit(last->body, 0, unit);
    return;
  }
  if (last != nullptr) {
    Put("else\n:\n", place);
    EmitBody(last->body, unit);
  }
  Put("fi\n", place);
}

void CodeScript::EmitMaybe(const Statements& body, const base::Span& place, Unit& unit) {
  Put("if ", place);
  Put(":", place);
  Put("; then\n:\n", place);
  EmitBody(body, unit);
  Put("fi\n", place);
}

void CodeScript::EmitLoop(const CodeStatement& one, Unit& unit) {
  const base::Span place = code_.Place({one.range.begin, one.range.begin + 1});
  EmitLaunches(one.head, {}, unit);
  const CodeLoop loop = LoopOf(code_, one.head);
  CodeValue values;
  if (!loop.values.IsEmpty() && !loop.targets.empty() && loop.targets.size() <= 2)
    values = evaluator_.Evaluate(loop.values, unit.frame);
  const bool is_known =
      values.kind == CodeValue::Kind::kList && values.items.size() <= 16 &&
      std::all_of(values.items.begin(), values.items.end(), [](const CodeItem& item) {
        return !item.is_spread && !item.value.Known().empty();
      });
  const bool names_last = is_known && (loop.targets.size() == 1 || code_.IsGo());
  if (names_last) {
    Put("for " + CodeEvaluator::VariableOf(loop.targets.back(), unit.frame) + " in", place);
    PutWords(values.items);
    Put("; do\n:\n", place);
  } else {
    Put("while :; do\n:\n", place);
    for (const std::string& target : loop.targets)
      if (!target.empty())
        AssignUnknown(CodeEvaluator::VariableOf(target, unit.frame), target, place);
  }
  EmitBody(one.body, unit);
  Put("done\n", place);
}

// One that stands in another runs any number of times, where it stands or later.
void CodeScript::EmitFunction(const CodeStatement& function, Unit& unit) {
  const base::Span place = code_.Place({function.range.begin, function.range.begin + 1});
  const bool is_own = active_.empty();
  if (is_own && function.name != 0) return units_.push_back(&function);
  const std::string result = std::exchange(unit.result, "");
  Put("while :; do\n:\n", place);
  Declare(ParametersOf(code_, function.head), place, unit);
  EmitBody(function.body, unit);
  Put("done\n", place);
  unit.result = result;
}

void CodeScript::EmitSimple(CodeRange head, const Statements& functions, Unit& unit) {
  if (head.IsEmpty()) return;
  EmitLaunches(head, functions, unit);
  for (const CodeAssignment& one : AssignmentsOf(code_, head)) {
    for (const std::string& target : one.targets) {
      if (target.empty()) continue;
      const std::string variable = CodeEvaluator::VariableOf(target, unit.frame);
      if (one.value.IsEmpty()) {
        CodeValue value;
        value.kind = one.is_list ? CodeValue::Kind::kList : CodeValue::Kind::kUnknown;
        value.name = target;
        value.place = code_.Place(head);
        Assign(variable, std::move(value), unit);
        continue;
      }
      // Of several results the first is followed: `args, err := f()`.
      const bool is_first = &target == &one.targets.front() || code_.IsPython();
      CodeValue value = one.targets.size() > 1 && !is_first
                            ? evaluator_.Unknown(one.value)
                            : evaluator_.Evaluate(one.value, unit.frame);
      if (one.operation == "+=") value = Sum(variable, std::move(value), head, one.value);
      if (value.kind == CodeValue::Kind::kUnknown) value.name = target;
      Assign(variable, std::move(value), unit);
    }
  }
}

}  // namespace cagelint::input
