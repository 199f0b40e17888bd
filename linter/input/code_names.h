// The names of a function of source code: what is assigned to them, and how often.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "linter/input/code_tree.h"

namespace cagelint::input {

// Tokens as texts, and where expressions end.
class CodeReader {
 public:
  CodeReader(const base::Source& source, const CodeTree& tree) : source_(source), tree_(tree) {}

  const base::Source& Source() const { return source_; }
  const CodeTree& Tree() const { return tree_; }
  syntax::CodeLanguage Language() const { return tree_.code.language; }
  bool IsPython() const { return Language() == syntax::CodeLanguage::kPython; }
  bool IsGo() const { return Language() == syntax::CodeLanguage::kGo; }
  const syntax::CodeToken& At(std::uint32_t index) const { return tree_.At(index); }
  std::string_view Text(std::uint32_t index) const;
  std::string_view Text(CodeRange range) const;
  base::Span Place(CodeRange range) const;
  bool Is(std::uint32_t index, std::string_view text) const;
  bool IsOpen(std::uint32_t index, char bracket) const;
  bool IsName(std::uint32_t index) const;
  std::uint32_t Next(std::uint32_t index, std::uint32_t end) const;
  // The first token of the range, outside of brackets, that is `text`; range.end where none is.
  std::uint32_t Find(std::string_view text, CodeRange range) const;
  std::vector<CodeRange> Split(std::string_view separator, CodeRange range) const;
  // "self.args" where the range is such a name and nothing else; "" otherwise.
  std::string NameOf(CodeRange range) const;
  // What the range says, as a word for messages.
  std::string WordFor(CodeRange range) const;

 private:
  const base::Source& source_;
  const CodeTree& tree_;
};

struct CodeAssignment {
  std::vector<std::string> targets;  // "" for what is no name
  std::string operation;             // "=", ":=", "+="
  CodeRange value;                   // empty: the name is only declared
  bool is_list = false;              // declared as a list
};

// Of a statement that assigns nothing: nothing.
std::vector<CodeAssignment> AssignmentsOf(const CodeReader& code, CodeRange statement);

// The names that the head of a loop sets, and what they take in turn (may be empty).
struct CodeLoop {
  std::vector<std::string> targets;
  CodeRange values;
};
CodeLoop LoopOf(const CodeReader& code, CodeRange head);

// The names of parameters.
std::vector<std::string> ParametersOf(const CodeReader& code, CodeRange head);

// `args.append(…)` and the like.
struct CodeMutation {
  enum class Kind : std::uint8_t { kAppend, kExtend, kPrepend, kOther };
  std::string name;
  Kind kind = Kind::kOther;
  CodeRange arguments;
};
// The one whose brackets open at `open`; without a name where there is none.
CodeMutation MutationAt(const CodeReader& code, std::uint32_t open, std::uint32_t begin);

struct CodeName {
  int assigned = 0;
  bool is_set = false;  // other than by `+=`
  bool is_parameter = false;
  bool is_changed = false;  // its value, where that is a list
  CodeRange value;          // of the last assignment
  std::uint32_t at = 0;
};
using CodeNames = std::map<std::string, CodeName, std::less<>>;

// Adds what `statements` assign, in functions that stand in them as well where `is_deep`.
void CollectNames(const CodeReader& code, const std::vector<CodeStatement>& statements,
                  bool is_deep, CodeNames& names);

}  // namespace cagelint::input
