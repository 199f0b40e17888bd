// A list of strings that is a command (`["docker", "run", …]`) as a text of shell words, so that
// what reads and edits scripts reads and edits it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/embed.h"
#include "linter/input/embed_list.h"

namespace cagelint::input {

// Around a variable in the content of a word: `PWD`, `NAME-default`. No UTF-8 text holds such
// bytes.
inline constexpr char kVariableBegin = '\xF9';
inline constexpr char kVariableEnd = '\xF8';

// Appends `content`, which stands at `place`, as one word of a shell: in single quotes where it
// needs any; these stand for the quotes around it.
void AppendShellWord(EmbeddedText& out, const EmbeddedText& content, const base::Span& place);

class WordList {
 public:
  // `outer` must outlive it.
  explicit WordList(const base::Source& outer) : text_(outer) {}

  // In the content of words a byte of argument.h that stands for something known (kHomeByte) is
  // written as a shell names that, and what stands between kVariableBegin and kVariableEnd as what
  // a shell has between `${` and `}`.
  // The next element: `word` is its content. `element` is all of it, quotes included, and goes with
  // it when it is taken away; not empty. A symbol (argument.h) in `word` stands for what it means.
  // Not `is_rewritable`: the element is not written anew, only bytes of it are changed.
  void Add(const EmbeddedText& word, const base::Span& element, bool is_rewritable = true);
  // The same, of a list that is joined and read by a shell: `text` is what goes there, one word or
  // several. Not `is_element`: it stands elsewhere, and nothing can be written beside it.
  void AddShell(const EmbeddedText& text, const base::Span& element, bool is_element);
  // The same as Add, of whose content something is not known; the elements of another list, where
  // `is_list`. `name` says what it is, for messages.
  void AddUnknown(std::string_view name, const base::Span& element, bool is_list);
  // A word that its author wrote otherwise (a key of its own), or not at all: shown at `place`,
  // which is not empty. `removable`: what goes when the word goes; invalid where it cannot.
  // A flag and its value have the same.
  void AddImplied(std::string_view word, const base::Span& place, const base::Span& removable = {});
  // The same, of which `content` is what its author wrote.
  // `value`: where the content stands, written anew when it changes; invalid where it cannot be.
  // `is_written`: its bytes may be changed where they stand, one by one.
  void AddImplied(std::string_view before, const EmbeddedText& content, const base::Span& place,
                  const base::Span& removable = {}, const base::Span& value = {},
                  bool is_written = false);

  bool IsEmpty() const { return words_.empty(); }
  // Adds the words as one command. What was put together is gone.
  const base::Source& AddTo(base::SourceSet& sources, ListStyle style);

 private:
  void Begin();
  void End(const base::Span& outer, bool is_element, bool is_literal);

  EmbeddedText text_;
  std::vector<ListWord> words_;
};

}  // namespace cagelint::input
