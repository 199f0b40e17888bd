// What the variables of a Makefile are, as far as the file says.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/recipes.h"
#include "linter/syntax/makefile.h"

namespace cagelint::input {

class MakeVariables {
 public:
  // Both must outlive it.
  MakeVariables(const base::Source& source, const syntax::MakeTree& tree);

  // The shell's text for the reference `written` (`$(NAME)`, `$@`), behind text that leaves
  // `quotes` open. `alone`: it stands between blanks. A variable that the file sets to one value is
  // that,
  // `?=` included: what is judged is the file. Others are unknown, but where one of their values
  // runs an engine it is that one: it may be run.
  std::string Expand(std::string_view written, OpenQuotes quotes, bool alone);

  // What has been expanded since it was last asked: whether one of several values was chosen, so
  // that a change of the text would not be right for the others; and whether something that runs an
  // engine was left out ("": no; otherwise why).
  bool TakeChoice() { return std::exchange(chose_, false); }
  std::string TakeProblem() { return std::exchange(problem_, std::string()); }

  // The names of blocks that run an engine and that nothing has expanded.
  bool IsUnreadBlock(const std::string& name);

  // What `text`, which is no recipe, is for a shell.
  std::string ExpandAll(std::string_view text) { return ExpandText(text, {}, 0); }

  // Whether a recipe is run by a shell that can be read.
  bool HasKnownShell() const;

 private:
  struct Variable {
    std::vector<std::string_view> values;             // joined by blanks
    std::vector<std::vector<std::string_view>> ways;  // all values that it is given, the same way
    bool known = true;
    bool is_block = false;
    bool is_extended = false;  // maybe: by a `+=` that a condition has
    bool active = false;       // being expanded
    bool is_used = false;
    int runs_engine = -1;  // -1: not asked yet
    std::string likely;    // of an unknown one: a word that it may be
  };

  void Add(const syntax::MakeAssignment& assignment, std::string_view value);
  std::string ExpandText(std::string_view text, OpenQuotes quotes, int depth);
  std::string ExpandReference(std::string_view written, const OpenQuotes& quotes, bool alone,
                              int depth);
  std::string ExpandName(const std::string& name, const OpenQuotes& quotes, bool alone, int depth);
  std::string ExpandValues(Variable& variable, const std::vector<std::string_view>& values,
                           const OpenQuotes& quotes, int depth);
  std::string ExpandBlock(std::string_view body, const OpenQuotes& quotes, int depth);
  std::string ExpandCall(std::string_view call, const OpenQuotes& quotes, bool alone, int depth);
  std::optional<std::string> ExpandFunction(std::string_view call, const OpenQuotes& quotes,
                                            int depth);
  bool RunsEngine(std::string_view text, int depth);
  bool ReferenceRunsEngine(std::string_view reference, int depth);
  bool MayBeEngine(std::string_view word) const;
  static std::string Symbol(std::string_view name);

  std::unordered_map<std::string, Variable> variables_;
  // What parameters and variables of loops are at the moment; nothing: not known.
  std::vector<std::pair<std::string, std::optional<std::string>>> locals_;
  std::size_t expanded_ = 0;  // bytes
  std::size_t searched_ = 0;  // bytes
  bool chose_ = false;
  std::string problem_;
};

// Whether `text` runs an engine in a `$(shell …)`.
bool RunsEngineInShell(std::string_view text);
// What stands in the brackets of the reference `written`.
std::string_view InsideReference(std::string_view written);

}  // namespace cagelint::input
