// Where the arrays of a script are expanded: an edit of an array is one of every command that gets
// its elements.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "linter/syntax/shell.h"

namespace cagelint::input {

class ArrayUses {
 public:
  // `tree` must outlive it.
  explicit ArrayUses(const syntax::ShellTree& tree);

  // Whether more than one command may get what `assignment`, one of the tree's, gives its variable:
  // directly, or through a variable that takes it over. What a later assignment replaces is not
  // got any more; where that is not sure, it is.
  bool IsShared(const syntax::Assignment& assignment) const;

 private:
  // Commands that are run together or not at all, and in this order: the body of a loop, a branch.
  struct Region {
    base::Span span;
    std::size_t parent = SIZE_MAX;
    bool is_loop = false;
    bool is_function = false;
  };
  struct Use {
    std::uint32_t at = 0;
    std::size_t user = 0;                      // the command, or what else has the words
    const syntax::Assignment* into = nullptr;  // the variable that takes it over; null: none does
  };
  struct Variable {
    std::vector<const syntax::Assignment*> given;  // anew: not those that append
    std::vector<Use> uses;
  };

  void AddRegions();
  void AddUses(const syntax::Word& word, std::size_t user, const syntax::Assignment* into);
  void AddUses(const std::vector<syntax::WordPart>& parts, const Use& use);
  std::size_t RegionAt(std::uint32_t at) const;
  std::size_t FunctionAt(std::uint32_t at) const;
  bool Holds(std::size_t region, std::uint32_t at) const;
  bool IsReplaced(const Variable& variable, const syntax::Assignment& assignment,
                  std::uint32_t at) const;
  void Follow(const syntax::Assignment& assignment, std::set<const syntax::Assignment*>& seen,
              std::set<std::size_t>& users) const;

  const syntax::ShellTree& tree_;
  std::vector<Region> regions_;  // by where they begin, the longer first
  std::unordered_map<std::string_view, Variable> variables_;
  std::set<const syntax::Assignment*> local_;
};

}  // namespace cagelint::input
