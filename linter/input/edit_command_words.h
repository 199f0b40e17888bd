// The words of a script as rows that stand side by side, for edits: those of a command, the
// elements of an array; also inside the texts that another shell reads (`sh -c '…'`, an alias, a
// here-document).
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/argument.h"
#include "linter/syntax/shell.h"

namespace cagelint::input {

// What a place stands in.
enum class Quoting : std::uint8_t {
  kPlain,
  kSingle,    // '…'
  kDouble,    // "…"
  kDocument,  // a here-document that may expand variables
  kOther,     // quotes in quotes, $'…', words that are read twice: only plain text is right here
};

struct Row {
  // As written: what is expanded is one kUnknownByte each. Not empty.
  std::vector<Argument> words;
  // Of the text that the row stands in; kOther also where the words are read again (ssh).
  Quoting quoting = Quoting::kPlain;
  bool is_array = false;
};

// A word of a row.
struct RowPlace {
  const Row* row = nullptr;  // null: there is none
  std::size_t index = 0;
};

// A shell text and the texts in its words, read when they are asked for.
class ScriptWords {
 public:
  // `source` must outlive it, and be UTF-8.
  explicit ScriptWords(const base::Source& source);
  ~ScriptWords();
  ScriptWords(ScriptWords&&) noexcept;

  // The command's word that begins where `anchor` does, in whatever text that stands.
  RowPlace Command(const base::Span& anchor);
  // The word that holds the beginning of `place`: in the text of `anchor`, or in one around it.
  RowPlace WordAt(const base::Span& place, const base::Span& anchor);
  // Whether the elements of `array`, a row of the texts of `anchor`, get to more than one command.
  bool IsShared(const Row& array, const base::Span& anchor);
  // Whether a syntax error stands before `anchor` in its text, or in one around it: no shell gets
  // further than that, and what stands behind it may belong to what was never closed.
  bool IsBehindError(const base::Span& anchor);
  // Whether the bytes of `place` are written otherwise than they are read in the text of `anchor`
  // (an escape in a string that a shell reads again), or an end of it lies in such bytes.
  bool IsDecoded(const base::Span& place, const base::Span& anchor);

 private:
  struct Layer;
  const std::vector<Layer*>& LayersOf(const base::Span& anchor);
  std::vector<Layer*> FindLayers(const base::Span& anchor);
  Layer* Inner(Layer& layer, std::size_t entry, const base::Span& anchor);
  std::unique_ptr<Layer> Parse(const std::string& text, const base::SourceMap& map,
                               Quoting quoting) const;
  std::unique_ptr<Layer> ParseParts(const std::vector<syntax::WordPart>& parts,
                                    Quoting quoting) const;

  const base::Source& source_;
  std::unique_ptr<Layer> root_;
  base::Span last_anchor_;  // of the last question: one fix asks many times
  std::vector<Layer*> last_layers_;
};

// The quotes in which `offset` stands, which lies in the word that begins at `begin`.
Quoting QuotesAt(std::string_view bytes, std::size_t begin, std::size_t offset);

// `value` as a word, or a part of one, that stands in `quoting`; nothing where that is not surely
// right.
std::optional<std::string> QuotedWord(std::string_view value, Quoting quoting);

// Whether `text` may stand as it is inside the quotes `inner` of a word in a text in `outer`.
bool FitsQuotes(std::string_view text, Quoting inner, Quoting outer);

}  // namespace cagelint::input
