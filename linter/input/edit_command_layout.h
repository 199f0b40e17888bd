// How flags stand in a command: on one line, or a line each. Edits of rows that keep that.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/edit_command_words.h"

namespace cagelint::input {

// Adds to `out` what takes the words `gone` (indices) of `row` away: with the line where nothing
// else is left on it, otherwise with one blank. False, and nothing added, where a comment stands
// between two of them.
bool RemoveWords(const base::Source& source, const Row& row, const std::set<std::size_t>& gone,
                 std::vector<diagnostic::Edit>& out);

// Where flags are added.
struct FlagPlace {
  const Row* row = nullptr;
  std::size_t first = 0;   // where flags may stand: behind `run`, or the begin of an array
  std::size_t before = 0;  // the word that they are to stand before; the size: at the end
  bool is_last = false;    // none of the flags there now may stand behind them
  bool is_inline = false;  // never on a line of their own
  std::set<std::size_t> values = {};  // words that are values of flags, whatever they look like
};

// An insertion of `flags`, which are words of the shell, in the style of the flags that are there.
diagnostic::Edit InsertFlags(const base::Source& source, const FlagPlace& place,
                             const std::vector<std::string>& flags);

}  // namespace cagelint::input
