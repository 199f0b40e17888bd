// The flags in a row of words, and edits of one of them.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"
#include "linter/input/docker_words.h"
#include "linter/input/edit_command_words.h"

namespace cagelint::input {

struct RowFlags {
  const Row* row = nullptr;
  std::size_t first = 0;
  Words words;
  std::map<base::Span, std::size_t> by_whole;  // in words.flags; its size where there are several
  std::multimap<std::size_t, std::size_t> by_word;  // index in the row → in words.flags

  std::size_t IndexOf(const Argument& word) const {
    return static_cast<std::size_t>(&word - row->words.data());
  }
  // Of the word that names the flag.
  std::size_t IndexOf(const FlagUse& use) const;
  // The flag that is all of `whole`; null without one, or with several.
  const FlagUse* At(const base::Span& whole) const;
  // The flags that have the word `index`, as their name or their value.
  std::vector<const FlagUse*> Holding(std::size_t index) const;
  // Whether the word `index` is a flag that takes the next word for its value, or may be one.
  bool TakesNext(std::size_t index, const Syntax& syntax) const;
  // Whether most flags have their value behind a blank rather than `=`.
  bool PrefersBlank() const;
};

// The flags among the words [first, end) of a row, which must outlive the result.
RowFlags ReadFlags(const Row& row, std::size_t first, std::size_t end, const Syntax& syntax);

// What goes from a row: letters of a cluster, or words.
class Removals {
 public:
  void Add(const RowFlags& flags, const FlagUse& use);
  void AddWord(const Row& row, std::size_t index) { words_[&row].insert(index); }
  // False where a place cannot be edited.
  bool Edit(const base::Source& source, std::vector<diagnostic::Edit>& out);

 private:
  static bool EditLetters(const base::Source& source, const Row& row, std::size_t index,
                          const std::set<std::size_t>& gone, std::vector<diagnostic::Edit>& out);
  // Letters of a cluster, as offsets in its text.
  struct Letters {
    const RowFlags* flags = nullptr;
    std::set<std::size_t> gone;
  };
  std::map<const Row*, std::set<std::size_t>> words_;
  std::map<const Row*, std::map<std::size_t, Letters>> letters_;
};

// Text [from, to) of the word `index`, in a value that begins at `value_begin`, becomes `text`, in
// whatever quotes it stands. Nothing where that is not surely right: a part comes from a variable,
// or would need other quotes.
std::optional<diagnostic::Edit> ReplaceText(const base::Source& source, const Row& row,
                                            std::size_t index, std::size_t value_begin,
                                            std::size_t from, std::size_t to,
                                            std::string_view text);

}  // namespace cagelint::input
