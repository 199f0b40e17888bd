#include "linter/input/edit_command_flags.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/input/edit_command_layout.h"

namespace cagelint::input {
namespace {

bool IsCluster(const Argument& word) {
  return word.text.size() > 2 && word.text[0] == '-' && word.text[1] != '-';
}

// The letter of a flag in a cluster, with the value that stands behind it in the word.
std::pair<std::size_t, std::size_t> LettersOf(const RowFlags& flags, const FlagUse& use) {
  const Argument& word = flags.row->words[flags.IndexOf(use)];
  if (use.bare) return {use.value.end - 1, use.value.end};
  if (use.value.word != &word) return {word.text.size() - 1, word.text.size()};
  const std::size_t begin = use.value.begin;
  return {begin - (word.text[begin - 1] == '=' ? 2 : 1), word.text.size()};
}

// Whether every letter of the cluster is a flag's: otherwise it may mean anything.
bool IsUnderstood(const RowFlags& flags, std::size_t index) {
  const Argument& word = flags.row->words[index];
  std::size_t letters = 1;
  for (const FlagUse* use : flags.Holding(index)) {
    if (flags.IndexOf(*use) != index) continue;
    const auto [begin, end] = LettersOf(flags, *use);
    letters += end - begin;
  }
  return letters == word.text.size();
}

// Where text offset `at` stands: behind the piece before it (`behind`), or before the one that it
// begins. Nothing in the middle of what is not written byte for byte.
std::optional<std::uint32_t> OffsetOf(const Argument& word, std::size_t at, bool behind) {
  for (const Piece& piece : word.pieces) {
    const std::size_t end = piece.begin + piece.size;
    const bool holds = behind ? piece.begin < at && at <= end : piece.begin <= at && at < end;
    if (!holds) continue;
    if (at == piece.begin) return piece.span.begin;
    if (at == end) return piece.span.end;
    if (piece.span.Size() != piece.size || IsSymbol(word.text[piece.begin])) return std::nullopt;
    return piece.span.begin + static_cast<std::uint32_t>(at - piece.begin);
  }
  return std::nullopt;
}

}  // namespace

std::size_t RowFlags::IndexOf(const FlagUse& use) const {
  const std::size_t index = IndexOf(*use.value.word);
  // A value is a word of its own where it begins with the word and the flag does not.
  const bool is_own = !use.bare && use.value.begin == 0;
  return is_own ? index - 1 : index;
}

const FlagUse* RowFlags::At(const base::Span& whole) const {
  const auto found = by_whole.find(whole);
  const bool is_one = found != by_whole.end() && found->second < words.flags.size();
  return is_one ? &words.flags[found->second] : nullptr;
}

std::vector<const FlagUse*> RowFlags::Holding(std::size_t index) const {
  std::vector<const FlagUse*> out;
  const auto [begin, end] = by_word.equal_range(index);
  for (auto it = begin; it != end; ++it) out.push_back(&words.flags[it->second]);
  return out;
}

bool RowFlags::TakesNext(std::size_t index, const Syntax& syntax) const {
  const Argument& word = row->words[index];
  if (word.text.size() < 2 || word.text[0] != '-') return false;
  // It is the value of the flag before it.
  const std::vector<const FlagUse*> uses = Holding(index);
  if (uses.size() == 1 && !uses[0]->bare && IndexOf(*uses[0]->value.word) == index) return false;
  const std::vector<Argument> alone{word};
  const Words parsed = ParseWords(alone, syntax);
  return !parsed.refusals.empty() || !parsed.unresolved.empty();
}

bool RowFlags::PrefersBlank() const {
  int blanks = 0;
  for (const FlagUse& use : words.flags) {
    if (use.bare || !use.spelling.starts_with("--")) continue;
    blanks += IndexOf(use) != IndexOf(*use.value.word) ? 1 : -1;
  }
  return blanks > 0;
}

RowFlags ReadFlags(const Row& row, std::size_t first, std::size_t end, const Syntax& syntax) {
  RowFlags flags;
  flags.row = &row;
  flags.first = std::min(first, row.words.size());
  end = std::clamp(end, flags.first, row.words.size());
  const std::span<const Argument> words(row.words);
  flags.words = ParseWords(words.subspan(flags.first, end - flags.first), syntax);
  for (std::size_t i = 0; i < flags.words.flags.size(); ++i) {
    const FlagUse& use = flags.words.flags[i];
    const auto [found, added] = flags.by_whole.emplace(use.value.whole, i);
    if (!added) found->second = flags.words.flags.size();
    const std::size_t name = flags.IndexOf(use);
    const std::size_t value = flags.IndexOf(*use.value.word);
    flags.by_word.emplace(name, i);
    if (value != name) flags.by_word.emplace(value, i);
  }
  return flags;
}

void Removals::Add(const RowFlags& flags, const FlagUse& use) {
  const std::size_t index = flags.IndexOf(use);
  const std::size_t value = flags.IndexOf(*use.value.word);
  const Argument& word = flags.row->words[index];
  if (value != index) AddWord(*flags.row, value);
  if (!IsCluster(word)) {
    AddWord(*flags.row, index);
    return;
  }
  Letters& letters = letters_[flags.row][index];
  letters.flags = &flags;
  const auto [begin, end] = LettersOf(flags, use);
  for (std::size_t at = begin; at < end; ++at) letters.gone.insert(at);
}

bool Removals::EditLetters(const base::Source& source, const Row& row, std::size_t index,
                           const std::set<std::size_t>& gone, std::vector<diagnostic::Edit>& out) {
  for (auto it = gone.begin(); it != gone.end();) {
    const std::size_t begin = *it;
    std::size_t end = begin + 1;
    while (++it != gone.end() && *it == end) ++end;
    const auto edit = ReplaceText(source, row, index, 0, begin, end, "");
    if (!edit) return false;
    out.push_back(*edit);
  }
  return true;
}

bool Removals::Edit(const base::Source& source, std::vector<diagnostic::Edit>& out) {
  for (auto& [row, clusters] : letters_) {
    for (const auto& [index, letters] : clusters) {
      const Argument& word = row->words[index];
      if (words_[row].count(index) != 0) continue;
      if (!IsUnderstood(*letters.flags, index)) return false;
      if (letters.gone.size() + 1 == word.text.size()) {
        words_[row].insert(index);
      } else if (!EditLetters(source, *row, index, letters.gone, out)) {
        return false;
      }
    }
  }
  return std::all_of(words_.begin(), words_.end(), [&](const auto& entry) {
    return entry.second.empty() || RemoveWords(source, *entry.first, entry.second, out);
  });
}

std::optional<diagnostic::Edit> ReplaceText(const base::Source& source, const Row& row,
                                            std::size_t index, std::size_t value_begin,
                                            std::size_t from, std::size_t to,
                                            std::string_view text) {
  const Argument& word = row.words[index];
  if (word.text.empty()) {  // `''`
    const auto quoted = QuotedWord(text, row.quoting);
    if (!quoted || from != to) return std::nullopt;
    return diagnostic::Edit{word.span, *quoted};
  }
  const bool inserts = from == to;
  const bool behind = inserts && (from > value_begin || from == word.text.size());
  const auto begin = OffsetOf(word, from, behind);
  const auto end = inserts ? begin : OffsetOf(word, to, true);
  if (!begin || !end || *end < *begin) return std::nullopt;
  const std::string_view bytes = source.Bytes();
  // Between are the ends of quotes, escapes, or a variable.
  if (bytes.substr(*begin, *end - *begin) != std::string_view(word.text).substr(from, to - from))
    return std::nullopt;
  const bool is_behind_symbol = from > 0 && IsSymbol(word.text[from - 1]);
  if (is_behind_symbol && !text.empty() && base::IsNameByte(text[0])) return std::nullopt;
  const Quoting quotes = QuotesAt(bytes, word.span.begin, *begin);
  diagnostic::Edit edit{{source.Id(), *begin, *end}, std::string(text)};
  if (FitsQuotes(text, quotes, row.quoting)) return edit;
  const auto quoted = QuotedWord(text, row.quoting);
  if (quotes != Quoting::kPlain || !quoted) return std::nullopt;
  edit.text = *quoted;
  return edit;
}

}  // namespace cagelint::input
