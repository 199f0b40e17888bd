// What the variables of a Makefile are, as far as the file says.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <unordered_map>
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
  // `?=` included: what is judged is the file. Others are unknown.
  std::string Expand(std::string_view written, OpenQuotes quotes, bool alone);

  // What `text`, which is no recipe, is for a shell.
  std::string ExpandAll(std::string_view text) { return ExpandText(text, {}, 0); }

  // Whether a recipe is run by a shell that can be read.
  bool HasKnownShell() const;

 private:
  struct Variable {
    std::vector<std::string_view> values;  // joined by blanks
    bool known = true;
    bool active = false;  // being expanded
    std::string likely;   // of an unknown one: a word that it may be
  };

  void Add(const syntax::MakeAssignment& assignment, std::string_view value);
  std::string ExpandText(std::string_view text, OpenQuotes quotes, int depth);
  std::string ExpandReference(std::string_view written, const OpenQuotes& quotes, bool alone,
                              int depth);
  std::string ExpandName(const std::string& name, const OpenQuotes& quotes, bool alone, int depth);
  static std::string Symbol(std::string_view name);

  std::unordered_map<std::string, Variable> variables_;
  std::size_t expanded_ = 0;  // bytes
};

// Whether `text` runs an engine in a `$(shell …)`.
bool RunsEngineInShell(std::string_view text);
// What stands in the brackets of the reference `written`.
std::string_view InsideReference(std::string_view written);

}  // namespace cagelint::input
