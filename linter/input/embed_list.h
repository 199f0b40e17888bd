// Lists of words as their authors wrote them, and changes of them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
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
  // Between elements stand blanks, and `escape` writes all of an element: `PodmanArgs=a "b c"`.
  bool has_commas = true;
  // Where the list has no element beside which new ones could go (there is none, or there is no
  // list): writes `words` somewhere else. Nothing, or null: they cannot be written.
  std::function<std::optional<base::Edit>(const std::vector<std::string>& words)> add = nullptr;
  // Changes all edits that are made together, last; false: they cannot be made. May be null.
  std::function<bool(std::vector<base::Edit>& edits)> finish = nullptr;
};

// A word of a text of shell words, and how it is written outside.
struct ListWord {
  std::uint32_t begin = 0;  // in the text of words
  std::uint32_t end = 0;
  base::Span outer;  // the element, or what goes with the word; may be invalid
  bool is_element = false;
  bool is_literal = false;  // and its content may be replaced
  base::Span value = {};    // of an implied word: where all behind `before` is written
  std::string before = {};
  // What its author wrote of it, without quotes, and where that begins in the text of words: there
  // it can be changed byte by byte. Invalid where it cannot.
  base::Span written = {};
  std::uint32_t written_begin = 0;
};

// Writes words that are taken away, put in or changed in the text of `words`.
std::shared_ptr<const base::EditWriter> ListWriterFor(std::vector<ListWord> words, ListStyle style);

// The words of a shell text that holds nothing but literal words; nothing where it holds more.
std::optional<std::vector<std::string>> LiteralWords(std::string_view text);
// Whether a shell reads `text` as one word as it stands.
bool IsPlainWord(std::string_view text);

}  // namespace cagelint::input
