// What the variables of a script can hold at a place of it, and what its words expand to there.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linter/input/argument.h"
#include "linter/model/setting.h"
#include "linter/syntax/shell.h"

namespace cagelint::input {

struct ShellValue {
  enum class State : std::uint8_t { kUnknown, kScalar, kArray };
  State state = State::kUnknown;
  // A scalar has one, not split; it may hold symbols. An element of an array that is_list stands
  // for any number of elements.
  std::vector<Argument> words;
  // Of an unknown value: what it is unless the environment says otherwise (`${V:-docker}`), or on
  // one of the ways that lead here.
  std::string likely;
  // Of an unknown value: on one of the ways it begins with a dash.
  bool may_be_options = false;
  // Of an array that grew beyond the limits: its last element stands for all that was cut off.
  bool is_cut = false;
  // Where ways with different values met: what it is on each of them, in their order. Empty where
  // there is nothing to choose from. All that met at one place has the same `join`, so that a
  // choice is made for all of it at once.
  std::vector<ShellValue> ways;
  int join = 0;

  bool IsScalar() const { return state == State::kScalar; }
  bool IsArray() const { return state == State::kArray; }
  bool SameAs(const ShellValue& other) const;

  static ShellValue Unknown() { return {}; }
  static ShellValue Scalar(Argument word);
  static ShellValue Array(std::vector<Argument> words);
};

// The variables that a script has set so far. One that is not here comes from the environment, and
// is unknown; "@" holds the positional parameters where they are known.
class ShellValues {
 public:
  const ShellValue* Find(const std::string& name) const;
  // A value beyond the limits of size becomes unknown, an array behind its first elements.
  void Set(const std::string& name, ShellValue value);
  void Forget(const std::string& name) { Set(name, ShellValue::Unknown()); }
  void ForgetAll();
  // Forgets what is set under the names for which `forgets` is true; it must set nothing.
  void ForgetIf(const std::function<bool(const std::string&)>& forgets);

  // What may or may not happen is tried out between a Mark and a RollBack.
  using Changes = std::map<std::string, ShellValue>;
  std::size_t Mark() const { return journal_.size(); }
  // Undoes everything since `mark`.
  void RollBack(std::size_t mark);
  // The same, and returns what had been set.
  Changes TakeBack(std::size_t mark);
  // One of `ways` happened, and nobody knows which: what all agree on is known.
  // `conditions` say for each of them what must hold there.
  void Join(const std::vector<Changes>& ways, std::vector<model::Step> conditions);

  // The join on which a variable in `words` depends, the first that is met; 0 where there is none.
  int JoinOf(const std::vector<syntax::Word>& words) const;
  std::size_t WaysOf(int join) const;
  // Makes everything that met at `join` what it is on one way. Undone by RollBack.
  void Choose(int join, std::size_t way);
  const model::Step& ConditionOf(int join, std::size_t way) const;

  // The words that `word` expands to: none, one or several. `tree` is the one that it stands in.
  std::vector<Argument> Expand(const syntax::Word& word, const syntax::ShellTree& tree);
  // What `word` is where nothing is split: behind `=`, a here-document.
  Argument ExpandWhole(const syntax::Word& word, const syntax::ShellTree& tree);
  void Assign(const syntax::Assignment& assignment, const syntax::ShellTree& tree) {
    AssignWays(assignment, tree, kMostWays);
  }

  // Joins that meet multiply their ways: so many of them are told apart, and what goes beyond is
  // what it is on all of them.
  static constexpr std::size_t kMostWays = 8;

  // True once so much was expanded that the rest is taken for unknown.
  bool IsExhausted() const { return expanded_ > kMostExpanded; }

 private:
  friend class ShellExpansion;
  struct Joined {
    std::vector<model::Step> conditions;  // one a way
    std::vector<std::string> names;       // of variables that depend on it, or did
  };
  int JoinIn(const std::vector<syntax::WordPart>& parts) const;
  int JoinIn(const syntax::Assignment& assignment) const;
  void Attach(ShellValue& value, std::vector<ShellValue> ways, int join, const std::string& name);
  void AssignWays(const syntax::Assignment& assignment, const syntax::ShellTree& tree,
                  std::size_t most);
  void AssignOnce(const syntax::Assignment& assignment, const syntax::ShellTree& tree);
  void AssignElement(const syntax::Assignment& assignment, const syntax::ShellTree& tree);
  std::vector<Argument> ExpandUnbraced(const syntax::Word& word, const syntax::ShellTree& tree);
  static constexpr std::size_t kMostExpanded = std::size_t{32} << 20;
  // Braces make many words of few bytes, and a word takes more memory than its text.
  static constexpr std::size_t kCostOfBraced = 1024;

  std::unordered_map<std::string, ShellValue> values_;
  std::vector<std::pair<std::string, std::optional<ShellValue>>> journal_;
  std::size_t expanded_ = 0;
  std::unordered_map<int, Joined> joins_;
  int last_join_ = 0;
};

// The value that two ways with different values leave: the beginning that they share stays known.
ShellValue JoinValues(const ShellValue& a, const ShellValue& b);

// Whether a value begins with a dash, or an element of it, or may do so.
bool MayBeOptions(const ShellValue& value);

// What a command whose words are `words` prints, where that is known: `echo a`, `printf %s a`,
// `command -v docker`. Empty where it is not.
std::string KnownOutput(const std::vector<Argument>& words);
// `word` as brace expansion makes it: itself where it has none that is followed.
std::vector<syntax::Word> Unbrace(const syntax::Word& word);
// A constant after `${v#…}`, `${v:0:3}` and the like; false where the operation is not followed.
bool Transform(std::string_view value, const syntax::WordPart& part, std::string& result);

// The command that all of `id` is; null where it is more.
const syntax::ShellCommand* OnlyCommand(const syntax::ShellTree& tree, syntax::StatementId id);
// Whether a command is `name` with that many arguments.
bool IsCommand(const syntax::ShellCommand& command, std::string_view name, std::size_t arguments);

// The symbol that a variable of the environment stands for: PWD, HOME, UID, EUID; 0 for others.
char SymbolOfVariable(std::string_view name);
// The symbol that the commands of `$(…)` stand for: `pwd`, `id -u`, `dirname "$0"` and the like;
// 0 for others.
char SymbolOfCommands(const syntax::ShellTree& tree, syntax::StatementId body);

}  // namespace cagelint::input
