// A list of strings that is a command (`["docker", "run", …]`) as a text of shell words, so that
// what reads and edits scripts reads and edits it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/edit.h"
#include "linter/base/source.h"
#include "linter/input/embed.h"

namespace cagelint::input {

// How an element of the list is written.
struct ListStyle {
  Escape escape = EscapeJson;
  char quote = '"';
  // Where the list has no element beside which new ones could go (there is none, or there is no
  // list): writes `words` somewhere else. Nothing, or null: they cannot be written.
  std::function<std::optional<base::Edit>(const std::vector<std::string>& words)> add = nullptr;
};

// Appends `content`, which stands at `place`, as one word of a shell: in single quotes where it
// needs any; these stand for the quotes around it.
void AppendShellWord(EmbeddedText& out, const EmbeddedText& content, const base::Span& place);

class WordList {
 public:
  // `outer` must outlive it.
  explicit WordList(const base::Source& outer) : text_(outer) {}

  // The next element: `word` is its content. `element` is all of it, quotes included, and goes with
  // it when it is taken away; not empty.
  void Add(const EmbeddedText& word, const base::Span& element);
  // The same, where `word` is a word of a shell with its quotes: parts of it are variables.
  void AddQuoted(const EmbeddedText& word, const base::Span& element);
  // The same, of whose content something is not known; the elements of another list, where
  // `is_list`. `name` says what it is, for messages.
  void AddUnknown(std::string_view name, const base::Span& element, bool is_list);
  // A word that its author wrote otherwise (a key of its own), or not at all: shown at `place`,
  // which is not empty. `removable`: what goes when the word goes; invalid where it cannot.
  // A flag and its value have the same.
  void AddImplied(std::string_view word, const base::Span& place, const base::Span& removable = {});
  // The same, of which `content` is what its author wrote.
  void AddImplied(std::string_view before, const EmbeddedText& content, const base::Span& place,
                  const base::Span& removable = {});

  bool IsEmpty() const { return words_.empty(); }
  // Adds the words as one command. What was put together is gone.
  const base::Source& AddTo(base::SourceSet& sources, ListStyle style);

  struct Word {
    std::uint32_t begin = 0;  // in the text of words
    std::uint32_t end = 0;
    base::Span outer;  // the element, or what goes with the word; may be invalid
    bool is_element = false;
    bool is_literal = false;  // and its content may be replaced
  };

 private:
  void Begin();
  void End(const base::Span& outer, bool is_element, bool is_literal);

  EmbeddedText text_;
  std::vector<Word> words_;
};

}  // namespace cagelint::input
