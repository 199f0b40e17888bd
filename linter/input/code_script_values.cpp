// Values as words of a shell.
#include <algorithm>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/code_script.h"
#include "linter/input/shell_placeholders.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {

using Kind = CodeValue::Kind;

std::string CodeScript::NewVariable() {
  return std::string(kMadeVariable) + "__" + std::to_string(++temporaries_);
}

void CodeScript::PutUnknown(std::string_view name, const base::Span& place, std::string_view dots) {
  std::string word;
  for (const char byte : name) word += base::IsNameByte(byte) || byte == '.' ? byte : '_';
  Put("'{{" + (word.empty() ? "value" : word) + std::string(dots) + "}}'", place);
}

void CodeScript::AssignUnknown(const std::string& variable, std::string_view name,
                               const base::Span& place) {
  Put(variable + "=", place);
  PutUnknown(name, place, "");
  Put("\n" + variable + "__l=(", place);
  PutUnknown(name, place, kMadeList);
  Put(")\n", place);
  unknown_[variable] = name;
}

// Something happened to the list: that it is a command, its first words still say.
void CodeScript::ForgetElements(const std::string& variable, std::string_view name,
                                const base::Span& place) {
  const std::string list = variable + "__l";
  Put(list + "=(\"${" + list + "[0]}\" ", place);
  if (flagged_.contains("!" + variable)) Put("\"${" + list + "[1]}\" ", place);
  PutUnknown(name, place, kMadeList);
  Put(")\n", place);
}

// A part of a text that is not literal.
void CodeScript::PutWord(const CodePart& part) {
  const std::string_view dots = !part.is_words ? "" : part.is_list ? kMadeList : "...";
  const auto unknown = part.is_words && !part.is_list ? unknown_.find(part.name) : unknown_.end();
  if (part.kind == CodePart::Kind::kUnknown)
    PutUnknown(part.name, part.place, dots);
  else if (unknown != unknown_.end())
    PutUnknown(unknown->second, part.place, dots);
  else
    Put("\"${" + part.name + (part.is_list ? "__l[*]}\"" : "}\""), part.place);
}

// The text as one word.
void CodeScript::PutText(const CodeValue& value) {
  if (value.parts.empty()) return Put("''", value.place);
  for (const CodePart& part : value.parts) {
    if (part.kind == CodePart::Kind::kLiteral) {
      if (part.text->Size() > 0 || value.parts.size() == 1)
        AppendShellWord(*out_, *part.text, part.place);
    } else if (part.kind == CodePart::Kind::kSymbol) {
      Put("\"" + part.name + "\"", part.place);
    } else {
      PutWord(part);
    }
  }
}

// Each behind a blank. What needs statements of its own was made a variable by Prepare.
void CodeScript::PutWords(const std::vector<CodeItem>& items) {
  for (const CodeItem& item : items) {
    Put(" ", {item.place.file, item.place.begin, item.place.begin});
    const CodeValue& value = item.value;
    if (value.kind == Kind::kVariable)
      Put(item.is_spread ? "\"${" + value.name + "__l[@]}\"" : "\"${" + value.name + "}\"",
          item.place);
    else if (value.kind == Kind::kText && !item.is_spread)
      PutText(value);
    else
      PutUnknown(value.name, item.place,
                 !item.is_spread ? ""
                 : item.is_part  ? std::string_view("...")
                                 : kMadeList);
  }
}

// Choices and calls are made before the command in which they stand.
void CodeScript::Prepare(std::vector<CodeItem>& items, Unit& unit) {
  for (CodeItem& item : items) {
    if (item.value.kind != Kind::kChoice && item.value.kind != Kind::kCall) continue;
    const std::string variable = NewVariable();
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
  const auto copied = value.kind == Kind::kVariable ? unknown_.find(value.name) : unknown_.end();
  if (copied == unknown_.end())
    unknown_.erase(variable);
  else
    unknown_[variable] = copied->second;
  switch (value.kind) {
    case Kind::kUnknown:
      return AssignUnknown(variable, value.name, place);
    case Kind::kText:
      Put(variable + "=", place);
      PutText(value);
      return Put("\n", place);
    case Kind::kVariable:
      Put(variable + "=\"${" + value.name + "}\"\n", place);
      return Put(variable + "__l=(\"${" + value.name + "__l[@]}\")\n", place);
    case Kind::kJoined:
      return AssignJoined(variable, std::move(value), unit);
    case Kind::kCall:
      value.name = Enter(*value.callee, value.arguments, true, unit);
      if (value.name.empty()) return AssignUnknown(variable, "result", place);
      value.kind = Kind::kVariable;
      return Assign(variable, std::move(value), unit);
    case Kind::kChoice:
      return AssignChoice(variable, std::move(value), unit);
    case Kind::kList:
      return AssignList(variable, std::move(value), unit);
  }
}

// What `variable += value` makes of it.
CodeValue CodeScript::Sum(const std::string& variable, CodeValue value, CodeRange statement,
                          CodeRange added) const {
  CodeValue sum;
  sum.place = code_.Place(statement);
  if (value.kind == Kind::kText) {
    sum.kind = Kind::kText;
    sum.parts.push_back({CodePart::Kind::kVariable, nullptr, variable, sum.place});
    for (CodePart& part : value.parts) sum.parts.push_back(std::move(part));
    return sum;
  }
  CodeValue before;
  before.kind = Kind::kVariable;
  before.name = variable;
  before.place = sum.place;
  sum.kind = Kind::kList;
  CodeEvaluator::Spread(std::move(before), sum.place, sum.items);
  CodeEvaluator::Spread(std::move(value), code_.Place(added), sum.items);
  return sum;
}

void CodeScript::AssignJoined(const std::string& variable, CodeValue value, Unit& unit) {
  Prepare(value.items, unit);
  const std::string list = NewVariable();
  Put(list + "__l=(", value.place);
  PutWords(value.items);
  Put(")\n" + variable + "=\"${" + list + "__l[*]}\"\n", value.place);
}

void CodeScript::AssignChoice(const std::string& variable, CodeValue value, Unit& unit) {
  const base::Span condition = code_.Place(value.condition);
  Put("if ", condition);
  Put(":", condition);
  Put("; then\n", condition);
  Assign(variable, std::move(value.ways.front()), unit);
  Put("else\n", condition);
  if (value.ways.size() > 1)
    Assign(variable, std::move(value.ways[1]), unit);
  else
    Put(variable + "=''\n" + variable + "__l=()\n", condition);
  Put("fi\n", condition);
}

void CodeScript::AssignList(const std::string& variable, CodeValue value, Unit& unit) {
  if (calls_.IsCommand(value)) flagged_.insert("!" + variable);
  if (calls_.IsCommand(value, true)) flagged_.insert("!!" + variable);
  calls_.GuessEngine(value.items, false);
  Prepare(value.items, unit);
  for (const CodeItem& item : value.items)
    if (IsContainerFlag(item.value.Known())) flagged_.insert(variable);
  // What is put behind what it held is added: loops know that.
  const bool adds = !value.items.empty() && value.items.front().is_spread &&
                    value.items.front().value.kind == Kind::kVariable &&
                    value.items.front().value.name == variable;
  if (adds) value.items.erase(value.items.begin());
  const bool repeats = std::any_of(value.items.begin(), value.items.end(), [&](const auto& item) {
    return item.value.kind == Kind::kVariable && item.value.name == variable;
  });
  if (adds && !repeats) {
    OpenList(variable, value.place);
    PutWords(value.items);
    open_ = variable;
    open_place_ = value.place;
    return;
  }
  Put(variable + (adds ? "__l+=(" : "__l=("), value.place);
  PutWords(value.items);
  Put(")\n", value.place);
}

}  // namespace cagelint::input
