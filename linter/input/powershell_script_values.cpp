// What variables of a PowerShell script are set to.
#include <utility>

#include "linter/base/text.h"
#include "linter/input/powershell_script.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {
namespace {

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }
bool IsLineEnd(char byte) { return byte == '\n' || byte == '\r'; }

}  // namespace

// `$name = …`, `[string] $name += …`: true where all of it is read, and otherwise the position is
// that of the value, which may be a command.
bool PowershellScript::Assignment(int depth) {
  std::uint32_t at = at_;
  if (At(at) == '[') {
    const std::size_t close = bytes_.substr(0, at + 100).find(']', at);
    if (close == std::string_view::npos) return false;
    at = static_cast<std::uint32_t>(close + 1);
    while (IsBlank(At(at))) ++at;
  }
  if (At(at) != '$') return false;
  const std::uint32_t end = words_.BehindName(at + 1);
  std::string name = base::ToLower(bytes_.substr(at + 1, end - at - 1));
  at = end;
  while (IsBlank(At(at))) ++at;
  // `foreach ($x in …)` sets it more than once.
  if (base::ToLower(bytes_.substr(at, 3)) == "in ") {
    assigned_[name] += 2;
    NoteEngine(name);
  }
  const bool is_changed = std::string_view("+-*/%").find(At(at)) != std::string_view::npos;
  if (is_changed && At(at + 1) == '=') ++at;
  if (At(at) != '=' || At(at + 1) == '=') return false;
  at_ = at + 1;
  SkipBlanks();
  NoteEngine(name);
  if (counts_) assigned_[name] += is_changed || depth > 0 ? 2 : 1;
  const std::string usable = VariableName(name);
  const bool is_constant =
      !counts_ && assigned_[name] == 1 && !usable.empty() && usable != "pwd" && usable != "home";
  return is_constant && (AssignString(usable) || AssignList(usable));
}

// The value of `name` begins on the rest of this line.
void PowershellScript::NoteEngine(const std::string& name) {
  constexpr std::size_t kLongest = 1000;
  const std::string_view rest = bytes_.substr(at_, kLongest);
  if (NamesEngineAnywhere(rest.substr(0, rest.find('\n')))) engines_.insert(name);
}

bool PowershellScript::NamesEngine(const PowershellWord& word) const {
  const std::string_view written = bytes_.substr(word.begin, word.end - word.begin);
  return !word.is_literal && written.starts_with('$') &&
         engines_.contains(base::ToLower(written.substr(1)));
}

// `"text"`, which may name what is known.
bool PowershellScript::AssignString(const std::string& name) {
  if (At(at_) != '"' && At(at_) != '\'' && At(at_) != '$' && At(at_) != '(') return false;
  CommandText value(source_, true);
  const std::uint32_t begin = at_;
  const PowershellWord word = words_.Read(at_, value);
  at_ = word.end;
  SkipBlanks();
  if (!word.is_known || (!EndsCommand() && At(at_) != '#')) {
    at_ = begin;
    return false;
  }
  text_.Put(name + "=", begin, begin);
  text_.Append(value, 0);
  text_.Put("\n", at_, at_);
  variables_.strings.insert(name);
  return true;
}

// `@("a", 'b')`, `"a", "b"`, `$base + @("c")`: each a text of its own.
bool PowershellScript::AssignList(const std::string& name) {
  const std::uint32_t begin = at_;
  CommandText values(source_, true);
  bool is_known = true;
  while (is_known) {
    const bool has_brackets = bytes_.substr(at_).starts_with("@(");
    if (has_brackets) at_ += 2;
    is_known = ListValues(has_brackets, values);
    SkipBlanks();
    if (At(at_) != '+') break;
    ++at_;
    SkipBlanks();
  }
  if (!is_known || values.Size() == 0 || (!EndsCommand() && At(at_) != '#')) {
    at_ = begin;
    return false;
  }
  const std::uint32_t inner = text_.Size();
  text_.Put(name + "=(", begin, begin);
  text_.Append(values, 0);
  text_.Put(")\n", at_, at_);
  fixed_.push_back({inner, text_.Size() - 1});
  variables_.lists.insert(name);
  return true;
}

// Up to the bracket that closes them, or to what adds further ones; false where one is not known.
bool PowershellScript::ListValues(bool has_brackets, CommandText& values) {
  while (at_ < bytes_.size()) {
    while (IsBlank(At(at_)) || (has_brackets && IsLineEnd(At(at_))) || At(at_) == ',' ||
           words_.GoesOn(at_))
      at_ += words_.GoesOn(at_) ? 2 : 1;
    if (has_brackets && At(at_) == '#' && SkipComment()) continue;
    if (has_brackets && At(at_) == ')') {
      ++at_;
      return true;
    }
    if (EndsCommand() || At(at_) == '+') return !has_brackets;
    if (At(at_) != '"' && At(at_) != '\'' && At(at_) != '$') return false;
    const std::uint32_t place = at_;
    // `"a","b"`: the comma ends the word here.
    values.Put(" ", place, place);
    at_ = words_.ReadElement(at_, values).end;
  }
  return !has_brackets;
}

}  // namespace cagelint::input
