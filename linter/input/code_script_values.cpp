// Values as words of a shell, and processes that are started with them.
#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/code_script.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

using Kind = CodeValue::Kind;

// Inside single quotes of Python and JavaScript.
std::optional<std::string> EscapeSingle(std::string_view text) {
  const auto escaped = EscapeJson(text);
  if (!escaped) return std::nullopt;
  std::string out;
  for (std::size_t i = 0; i < escaped->size(); ++i) {
    const char byte = (*escaped)[i];
    if (byte == '\\' && i + 1 < escaped->size()) {
      if ((*escaped)[i + 1] != '"') out += byte;
      out += (*escaped)[++i];
    } else {
      if (byte == '\'') out += '\\';
      out += byte;
    }
  }
  return out;
}

// In a text with computed parts: what could be one is refused.
std::optional<std::string> EscapeTemplate(std::string_view text) {
  if (text.find_first_of("{}$`\\\"'\n\r") != std::string_view::npos) return std::nullopt;
  return std::string(text);
}

bool IsKnownPart(const CodePart& part) { return part.kind == CodePart::Kind::kLiteral; }

}  // namespace

void CodeScript::PutUnknown(std::string_view name, const base::Span& place, bool is_list) {
  std::string word;
  for (const char byte : name) word += base::IsNameByte(byte) ? byte : '_';
  Put("'{{" + (word.empty() ? "value" : word) + (is_list ? "...}}'" : "}}'"), place);
}

void CodeScript::AssignUnknown(const std::string& variable, std::string_view name,
                               const base::Span& place) {
  Put(variable + "=", place);
  PutUnknown(name, place, false);
  Put("\n" + variable + "_l=(", place);
  PutUnknown(name, place, true);
  Put(")\n", place);
}

// The text as one word.
void CodeScript::PutText(const CodeValue& value) {
  if (value.parts.empty()) return Put("''", value.place);
  for (const CodePart& part : value.parts) {
    if (part.kind == CodePart::Kind::kLiteral) {
      if (part.text->Size() > 0 || value.parts.size() == 1)
        AppendShellWord(*out_, *part.text, part.place);
    } else if (part.kind == CodePart::Kind::kVariable) {
      Put("\"${" + part.name + "}\"", part.place);
    } else {
      PutUnknown(part.name, part.place, false);
    }
  }
}

// Each behind a blank. What needs statements of its own was made a variable by Prepare.
void CodeScript::PutWords(const std::vector<CodeItem>& items) {
  for (const CodeItem& item : items) {
    Put(" ", {item.place.file, item.place.begin, item.place.begin});
    const CodeValue& value = item.value;
    if (value.kind == Kind::kVariable)
      Put(item.is_spread ? "\"${" + value.name + "_l[@]}\"" : "\"${" + value.name + "}\"",
          item.place);
    else if (value.kind == Kind::kText && !item.is_spread)
      PutText(value);
    else
      PutUnknown(value.name, item.place, item.is_spread);
  }
}

// Choices and calls are made before the command in which they stand.
void CodeScript::Prepare(std::vector<CodeItem>& items, Unit& unit) {
  for (CodeItem& item : items) {
    if (item.value.kind != Kind::kChoice && item.value.kind != Kind::kCall) continue;
    const std::string variable = "v__" + std::to_string(++temporaries_);
    const bool is_choice = item.value.kind == Kind::kChoice;
    if (is_choice && !item.is_spread) {  // one element, or another, or none
      CodeValue list;
      list.kind = Kind::kChoice;
      list.place = item.place;
      list.condition = item.value.condition;
      for (CodeValue& way : item.value.ways) {
        CodeItem one;
        one.place = way.place.IsValid() ? way.place : item.place;
        one.value = std::move(way);
        CodeValue single;
        single.kind = Kind::kList;
        single.place = one.place;
        single.items.push_back(std::move(one));
        list.ways.push_back(std::move(single));
      }
      item.value = std::move(list);
      item.is_spread = true;
    }
    Assign(variable, std::move(item.value), unit);
    CodeValue made;
    made.kind = Kind::kVariable;
    made.name = variable;
    made.place = item.place;
    item.value = std::move(made);
  }
}

void CodeScript::Assign(const std::string& variable, CodeValue value, Unit& unit) {
  const base::Span place = value.place;
  switch (value.kind) {
    case Kind::kUnknown:
      return AssignUnknown(variable, value.name, place);
    case Kind::kText:
      Put(variable + "=", place);
      PutText(value);
      return Put("\n", place);
    case Kind::kVariable:
      return Put(variable + "=\"${" + value.name + "}\"\n" + variable + "_l=(\"${" + value.name +
                     "_l[@]}\")\n",
                 place);
    case Kind::kJoined:
      Prepare(value.items, unit);
      Put("v__l=(", place);
      PutWords(value.items);
      Put(")\n" + variable + "=\"${v__l[*]}\"\n", place);
      return;
    case Kind::kCall: {
      const std::string result = Enter(*value.callee, value.arguments, true, unit);
      if (result.empty()) return AssignUnknown(variable, value.name, place);
      value.kind = Kind::kVariable;
      value.name = result;
      return Assign(variable, std::move(value), unit);
    }
    case Kind::kChoice: {
      const base::Span condition = code_.Place(value.condition);
      Put("if ", condition);
      Put(":", condition);
      Put("; then\n", condition);
      Assign(variable, std::move(value.ways.front()), unit);
      Put("else\n", condition);
      if (value.ways.size() > 1)
        Assign(variable, std::move(value.ways[1]), unit);
      else
        Put(variable + "=''\n" + variable + "_l=()\n", condition);
      return Put("fi\n", condition);
    }
    case Kind::kList:
      break;
  }
  if (calls_.IsCommand(value)) flagged_.insert("!" + variable);
  calls_.GuessEngine(value.items, false);
  Prepare(value.items, unit);
  for (const CodeItem& item : value.items)
    if (IsContainerFlag(item.value.Known())) flagged_.insert(variable);
  // What is put behind what it held is added: loops know that.
  const bool adds = !value.items.empty() && value.items.front().is_spread &&
                    value.items.front().value.kind == Kind::kVariable &&
                    value.items.front().value.name == variable;
  if (adds) value.items.erase(value.items.begin());
  Put(variable + (adds ? "_l+=(" : "_l=("), place);
  PutWords(value.items);
  Put(")\n", place);
}

bool CodeScript::AddWordList(const std::vector<CodeItem>& words) {
  WordList list(code_.Source());
  char quote = 0;
  bool names_engine = false;
  for (const CodeItem& item : words) {
    const CodeValue& value = item.value;
    if (value.kind == Kind::kUnknown || (value.kind == Kind::kJoined && value.IsClosed())) {
      list.AddUnknown(value.name.empty() ? "value" : value.name, item.place, item.is_spread);
      continue;
    }
    if (value.kind != Kind::kText || item.is_spread || !value.IsClosed()) return false;
    EmbeddedText word(code_.Source());
    for (const CodePart& part : value.parts) {
      if (part.kind == CodePart::Kind::kLiteral)
        word.Append(*part.text);
      else
        word.Put("{{" + (part.name.empty() ? "value" : part.name) + "}}", part.place.begin,
                 part.place.end);
    }
    names_engine = names_engine || NamesEngineAnywhere(word.Text());
    const std::string_view written = code_.Source().Text(item.place);
    const std::size_t first = written.find_first_of("\"'`");
    const bool is_written = first != std::string_view::npos && first < 3;
    if (quote == 0 && is_written && written[first] != '`') quote = written[first];
    if (item.is_fixed || !is_written)
      list.AddImplied("", word, item.place, item.is_fixed ? base::Span{} : item.place);
    else
      list.Add(word, item.place);
  }
  if (!names_engine) return true;
  CodeText text;
  if (quote != 0) text.style.quote = quote;
  if (quote == '\'') text.style.escape = EscapeSingle;
  text.words.emplace(std::move(list));
  texts_.push_back(std::move(text));
  return true;
}

// A text that needs nothing of what stands around it.
bool CodeScript::AddWholeText(const CodeValue& text) {
  if (text.kind != Kind::kText || !text.IsClosed()) return false;
  CodeText out;
  out.text = std::make_unique<EmbeddedText>(code_.Source());
  for (const CodePart& part : text.parts) {
    if (IsKnownPart(part))
      out.text->Append(*part.text);
    else
      out.text->Put("{{" + (part.name.empty() ? "value" : part.name) + "}}", part.place.begin,
                    part.place.end);
  }
  if (!NamesEngineAnywhere(out.text->Text())) return true;
  const std::string_view written = code_.Source().Text(text.place);
  const bool is_whole = text.parts.size() == 1 && IsKnownPart(text.parts.front());
  if (is_whole && written.starts_with('"'))
    out.writer = StringWriter(EscapeJson);
  else if (is_whole && written.starts_with('\''))
    out.writer = StringWriter(EscapeSingle);
  else
    out.writer = StringWriter(EscapeTemplate);
  texts_.push_back(std::move(out));
  return true;
}

void CodeScript::LaunchText(CodeLaunch launch, Unit& unit) {
  CodeValue& text = launch.text;
  if (text.kind == Kind::kUnknown || AddWholeText(text)) return;
  const base::Span place = text.place;
  launches_ = true;
  if (text.kind == Kind::kJoined && text.is_quoted) {
    Prepare(text.items, unit);
    PutWords(text.items);
    return Put("\n", place);
  }
  if (text.kind != Kind::kText && text.kind != Kind::kVariable) {
    const std::string variable = "v__" + std::to_string(++temporaries_);
    Assign(variable, std::move(text), unit);
    text = CodeValue{};
    text.kind = Kind::kVariable;
    text.name = variable;
    text.place = place;
  }
  Put("eval ", place);
  if (text.kind == Kind::kVariable)
    Put("\"${" + text.name + "}\"", place);
  else
    PutText(text);
  Put("\n", place);
}

void CodeScript::Launch(CodeLaunch launch, Unit& unit) {
  for (const CodeItem& item : launch.words)
    if (item.value.kind == Kind::kVariable) unit.started.insert(item.value.name);
  if (launch.is_text && launch.text.kind == Kind::kVariable) {
    unit.started.insert(launch.text.name);
    // Whether it is a list or a text is not known here.
    CodeItem item;
    item.value = launch.text;
    item.is_spread = true;
    item.place = launch.text.place;
    CodeLaunch words;
    words.words.push_back(std::move(item));
    Launch(std::move(words), unit);
  }
  if (launch.is_text) return LaunchText(std::move(launch), unit);
  bool is_flagged = false;
  for (const CodeItem& item : launch.words)
    is_flagged =
        is_flagged || (item.value.kind == Kind::kVariable && flagged_.contains(item.value.name));
  calls_.GuessEngine(launch.words, is_flagged);
  if (launch.words.empty() || AddWordList(launch.words)) return;
  Prepare(launch.words, unit);
  PutWords(launch.words);
  Put("\n", launch.words.back().place);
  launches_ = true;
}

bool CodeScript::DependsOn(const CodeLaunch& launch, const std::set<std::string>& variables) const {
  if (launch.is_text)
    return launch.text.kind == Kind::kVariable && variables.contains(launch.text.name);
  for (std::size_t i = 0; i < launch.words.size(); ++i) {
    const CodeItem& item = launch.words[i];
    if ((item.is_spread || i == 0) && item.value.kind == Kind::kVariable &&
        variables.contains(item.value.name))
      return true;
  }
  return false;
}

// Whether the function starts a process with words that its callers give it.
bool CodeScript::WrapsParameters(const CodeStatement& function) {
  if (const auto found = wraps_.find(&function); found != wraps_.end()) return found->second;
  wraps_[&function] = false;
  CodeNames names;
  CollectNames(code_, function.body, true, names);
  std::set<std::string> variables;
  const CodeFrame frame{&names, ""};
  for (const std::string& name : ParametersOf(code_, function.head)) {
    ++names[name].assigned;
    if (name != "self" && name != "cls") variables.insert(CodeEvaluator::VariableOf(name, frame));
  }
  const std::uint32_t begin = function.range.begin;
  for (std::uint32_t at = begin; at < function.range.end && !variables.empty(); ++at) {
    CodeLaunch launch;
    if (!code_.IsOpen(at, '(') || !calls_.LaunchAt(at, begin, frame, launch)) continue;
    if (DependsOn(launch, variables)) return wraps_[&function] = true;
  }
  return false;
}

// Puts the statements of a function in the place where it is called. The variable that holds what
// it returns; "" where it was not entered.
std::string CodeScript::Enter(const CodeStatement& callee, CodeRange arguments, bool wants_result,
                              Unit& unit) {
  constexpr int kMostEntries = 128;
  constexpr std::size_t kDeepest = 3;
  if (active_.size() > kDeepest || active_.contains(&callee) || ++entries_ > kMostEntries)
    return "";
  active_.insert(&callee);
  if (!wants_result) entered_.insert(&callee);
  Unit inner;
  const std::string number = std::to_string(++temporaries_);
  CollectNames(code_, callee.body, true, inner.names);
  inner.frame = {&inner.names, "_" + number};
  if (wants_result) inner.result = "v__" + number;
  const base::Span place = code_.Place(arguments);
  std::vector<CodeRange> given = code_.Split(",", arguments);
  std::vector<std::string> names = ParametersOf(code_, callee.head);
  if (!names.empty() && (names.front() == "self" || names.front() == "cls"))
    names.erase(names.begin());
  const std::vector<CodeRange> parameters = code_.Split(",", callee.head);
  const bool is_variadic =
      !parameters.empty() &&
      code_.Text(parameters.back()).find(code_.IsPython() ? "*" : "...") != std::string_view::npos;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string variable = CodeEvaluator::VariableOf(names[i], inner.frame);
    CodeValue value = evaluator_.Unknown({callee.name, callee.name + 1});
    value.name = names[i];
    value.likely.clear();
    value.place = place;
    if (i + 1 == names.size() && is_variadic) {
      value.kind = Kind::kList;
      if (i < given.size())
        value.items = evaluator_.Items({given[i].begin, arguments.end}, unit.frame);
    } else if (i < given.size()) {
      value = evaluator_.Evaluate(given[i], unit.frame);
    }
    CodeName& one = inner.names[names[i]];
    ++one.assigned;
    one.is_set = true;
    Assign(variable, std::move(value), unit);
  }
  InitialiseUnset(place, inner);
  if (wants_result) AssignUnknown(inner.result, "result", place);
  Emit(callee.body, 0, inner);
  active_.erase(&callee);
  return inner.result;
}

}  // namespace cagelint::input
