// What `declare`, `export`, `local` and arithmetic do to variables (bash reference manual, "Bash
// Builtin Commands", "Shell Arithmetic").
#include <algorithm>
#include <array>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/shell_walk.h"

namespace cagelint::input {
namespace {

using syntax::ShellCommand;

using base::IsNameByte;

bool IsName(std::string_view text) {
  return !text.empty() && base::IsNameStart(text.front()) &&
         std::all_of(text.begin(), text.end(), IsNameByte);
}

// Whether what follows a name in an expression sets it: `=`, `+=`, `<<=`, `++`.
bool SetsWhatStandsBefore(std::string_view rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
  if (rest.starts_with("++") || rest.starts_with("--")) return true;
  const std::size_t equals = rest.find('=');
  if (equals == std::string_view::npos || equals > 2) return false;
  const std::string_view before = rest.substr(0, equals);
  if (before.empty()) return !rest.starts_with("==");
  return before == "<<" || before == ">>" ||
         (before.size() == 1 &&
          std::string_view("+-*/%&|^").find(before) != std::string_view::npos);
}

}  // namespace

bool IsDeclaration(std::string_view word) {
  constexpr std::array<std::string_view, 5> kNames = {"declare", "export", "local", "readonly",
                                                      "typeset"};
  return std::find(kNames.begin(), kNames.end(), word) != kNames.end();
}

std::vector<std::string> NamesSetIn(std::string_view expression) {
  constexpr std::size_t kLongest = 4096;
  if (expression.starts_with("[[")) return {};
  expression = expression.substr(0, kLongest);
  std::vector<std::string> names;
  for (std::size_t at = 0; at < expression.size();) {
    const std::size_t begin = at;
    while (at < expression.size() && IsNameByte(expression[at])) ++at;
    if (at == begin) {
      ++at;
      continue;
    }
    const std::string_view name = expression.substr(begin, at - begin);
    const std::string_view before = expression.substr(0, begin);
    if (IsName(name) && (SetsWhatStandsBefore(expression.substr(at)) || before.ends_with("++") ||
                         before.ends_with("--")))
      names.emplace_back(name);
  }
  return names;
}

void ShellWalker::ForgetArithmetic(std::string_view expression) {
  for (const std::string& name : NamesSetIn(expression)) values_.Forget(name);
}

// As values_ does it, but for names with an attribute: another name of a variable, a number, a
// value whose case is changed.
void ShellWalker::Assign(const syntax::Assignment& assignment) {
  if (attributed_.contains(assignment.name)) return values_.Forget(assignment.name);
  const ShellValue* reference = values_.Find(ReferenceOf(assignment.name));
  if (reference == nullptr) return values_.Assign(assignment, *tree_);
  if (!reference->IsScalar()) return values_.ForgetAll();
  syntax::Assignment other = assignment;
  if (!reference->words.front().text.empty()) other.name = reference->words.front().text;
  values_.Assign(other, *tree_);
}

// Remembers what a local variable hides until its function ends.
void ShellWalker::Hide(const std::string& name) {
  const ShellValue* value = values_.Find(name);
  const bool is_reference = name.starts_with(ReferenceOf(""));
  ShellValue hidden = is_reference ? ShellValue::Scalar({}) : ShellValue::Unknown();
  locals_.emplace_back(name, value == nullptr ? std::move(hidden) : *value);
}

// `declare "NAME=VALUE"`: a word that only its quotes keep from being an assignment.
void ShellWalker::DeclareWord(const Argument& word, bool is_local) {
  const std::size_t equals = word.text.find('=');
  std::string name = word.text.substr(0, equals);
  const bool appends = name.ends_with('+');
  if (appends) name.pop_back();
  if (!IsName(name)) return values_.ForgetAll();
  if (is_local) Hide(name);
  Argument value;
  value.span = word.span;
  AppendPart(value, word, equals + 1, word.text.size());
  if (appends || attributed_.contains(name)) return values_.Forget(name);
  if (values_.Find(ReferenceOf(name)) != nullptr) return values_.ForgetAll();
  values_.Set(name, ShellValue::Scalar(std::move(value)));
}

void ShellWalker::DeclareAs(const std::string& name, const std::string& options) {
  const auto has = [&](char letter) { return options.find(letter) != std::string::npos; };
  if (has('x')) values_.Set(ExportOf(name), ShellValue::Scalar({}));
  if (has('i') || has('u') || has('l')) {
    attributed_.insert(name);
    values_.Forget(name);
  }
}

void ShellWalker::RunDeclaration(const ShellCommand& command, const Arguments& words) {
  const std::string& keyword = words.front().text;
  std::string options = keyword == "export" ? "x" : "";
  for (std::size_t i = 1; i < words.size(); ++i)
    if (words[i].text.starts_with('-')) options += words[i].text;
  const auto has = [&](char letter) { return options.find(letter) != std::string::npos; };
  const bool is_local = keyword == "local" ||
                        (calls_ > 0 && !has('g') && (keyword == "declare" || keyword == "typeset"));
  const bool is_array = has('a') || has('A');
  for (std::size_t i = 1; i < words.size(); ++i) {
    const Argument& word = words[i];
    if (word.text.starts_with('-') || word.text.starts_with('+')) continue;
    const std::size_t equals = word.text.find('=');
    const std::string name = word.text.substr(0, word.text.find_first_of("+="));
    if (equals != std::string::npos) {
      DeclareWord(word, is_local);
    } else if (!word.IsLiteral()) {
      values_.ForgetAll();
    } else if (is_local || (is_array && values_.Find(name) == nullptr)) {
      if (is_local) Hide(name);
      Argument empty;
      empty.span = words.front().span;
      values_.Set(name, is_array ? ShellValue::Array({}) : ShellValue::Scalar(std::move(empty)));
    }
    DeclareAs(name, options);
  }
  for (const auto& assignment : command.assignments) {
    if (is_local) Hide(assignment.name);
    if (has('n')) {
      if (is_local) Hide(ReferenceOf(assignment.name));
      const Argument target = values_.ExpandWhole(assignment.value, *tree_);
      values_.Set(ReferenceOf(assignment.name),
                  IsName(target.text) ? ShellValue::Scalar(target) : ShellValue::Unknown());
      values_.Forget(assignment.name);
      continue;
    }
    if (has('A'))
      values_.Forget(assignment.name);
    else
      Assign(assignment);
    DeclareAs(assignment.name, options);
  }
}

}  // namespace cagelint::input
