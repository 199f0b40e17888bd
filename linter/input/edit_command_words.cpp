#include "linter/input/edit_command_words.h"

#include <algorithm>
#include <tuple>

#include "linter/base/files.h"
#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
#include "linter/input/edit_command_uses.h"

namespace cagelint::input {
namespace {

using syntax::PartKind;
using syntax::ShellTree;
using syntax::Word;
using syntax::WordPart;

// Texts in texts in texts: nobody edits deeper ones.
constexpr std::size_t kDeepest = 4;

bool IsList(const Word& word) {
  if (word.parts.size() != 1) return false;
  const WordPart& part = word.parts[0];
  if (part.kind != PartKind::kVariable && part.kind != PartKind::kCommand) return false;
  return !part.quoted || part.text == "@" || part.subscript == "@";
}

Argument AsWritten(const Word& word) {
  Argument out;
  out.span = word.span;
  for (const WordPart& part : word.parts) {
    const bool literal = part.kind == PartKind::kLiteral;
    const std::string text = literal ? part.text : std::string(1, kUnknownByte);
    if (text.empty()) continue;
    Piece piece;
    piece.begin = static_cast<std::uint32_t>(out.text.size());
    piece.size = static_cast<std::uint32_t>(text.size());
    piece.span = part.span;
    if (!literal) piece.written = part.written;
    out.pieces.push_back(std::move(piece));
    out.text += text;
  }
  out.is_list = IsList(word);
  return out;
}

// Whether a program before the engine puts the words together to a text that a shell reads again.
bool AreReadAgain(const std::vector<Argument>& words) {
  for (const Argument& word : words) {
    if (NamesEngine(word.text)) return false;
    const std::string_view name = base::NameOf(word.text);
    for (const std::string_view again : {"ssh", "eval", "watch", "parallel", "tmux"})
      if (name == again) return true;
  }
  return false;
}

}  // namespace

struct ScriptWords::Layer {
  static constexpr std::size_t kNoRow = SIZE_MAX;
  struct Entry {
    base::Span span;
    const Word* word = nullptr;
    std::size_t row = kNoRow;
    std::size_t index = 0;
    bool is_document = false;
  };
  ShellTree tree;
  Quoting quoting = Quoting::kPlain;
  std::vector<Entry> entries;  // sorted by begin, the longer first
  struct RowWords {
    const std::vector<Word>* words = nullptr;
    const syntax::Assignment* array = nullptr;  // whose elements they are; null: a command's words
  };
  std::vector<RowWords> row_words;
  std::vector<std::unique_ptr<Row>> rows;
  std::vector<base::Span> decoded;
  std::uint32_t first_error = UINT32_MAX;            // of the syntax
  std::unique_ptr<ArrayUses> uses;                   // once they are asked for
  std::map<const syntax::Assignment*, bool> shared;  // what they say
  // By the word, the place in it from which on it is read, and its quotes there.
  std::map<std::tuple<std::size_t, std::uint32_t, Quoting>, std::unique_ptr<Layer>> inner;
  std::map<std::uint32_t, Quoting> quotes;  // of parts of words, by where they begin

  Quoting QuotesOf(const Entry& entry, const WordPart& part, std::string_view bytes) {
    if (entry.is_document) return Quoting::kDocument;
    const auto [found, added] = quotes.emplace(part.span.begin, Quoting::kOther);
    if (added) found->second = QuotesAt(bytes, entry.span.begin, part.span.begin);
    return found->second;
  }

  void AddWord(const Word& word, std::size_t row, std::size_t index) {
    entries.push_back({word.span, &word, row, index, false});
  }
  void AddRow(const std::vector<Word>& words, const syntax::Assignment* array) {
    for (std::size_t i = 0; i < words.size(); ++i) AddWord(words[i], row_words.size(), i);
    row_words.push_back({&words, array});
  }
  void Index() {
    for (const syntax::ShellCommand& command : tree.commands) {
      AddRow(command.words, nullptr);
      for (const syntax::Assignment& assignment : command.assignments) {
        AddWord(assignment.value, kNoRow, 0);
        AddRow(assignment.elements, &assignment);
      }
      for (const syntax::Redirect& redirect : command.redirects) {
        AddWord(redirect.target, kNoRow, 0);
        if (redirect.document == UINT32_MAX) continue;
        const Word& text = tree.documents[redirect.document];
        base::Span span = text.span;
        for (const WordPart& part : text.parts) span = base::Cover(span, part.span);
        entries.push_back({span, &text, kNoRow, 0, true});
      }
    }
    std::erase_if(entries, [](const Entry& entry) { return !entry.span.IsValid(); });
    std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
      return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
    });
    rows.resize(row_words.size());
    for (const diagnostic::Gap& gap : tree.gaps)
      if (gap.kind == "syntax-error" && gap.span.IsValid())
        first_error = std::min(first_error, gap.span.begin);
  }
  // The innermost word that holds `offset`; entries.size() without one.
  std::size_t Holding(std::uint32_t offset) const {
    auto it = std::upper_bound(
        entries.begin(), entries.end(), offset,
        [](std::uint32_t value, const Entry& entry) { return value < entry.span.begin; });
    while (it != entries.begin())
      if ((--it)->span.end > offset) return static_cast<std::size_t>(it - entries.begin());
    return entries.size();
  }
  RowPlace PlaceOf(const Entry& entry) {
    if (entry.row == kNoRow) return {};
    std::unique_ptr<Row>& row = rows[entry.row];
    if (row == nullptr) {
      row = std::make_unique<Row>();
      row->quoting = quoting;
      row->is_array = row_words[entry.row].array != nullptr;
      for (const Word& word : *row_words[entry.row].words) row->words.push_back(AsWritten(word));
      if (!row->is_array && AreReadAgain(row->words)) row->quoting = Quoting::kOther;
    }
    return {row.get(), entry.index};
  }
  bool IsShared(const syntax::Assignment& array) {
    const auto [found, added] = shared.emplace(&array, false);
    if (!added) return found->second;
    if (uses == nullptr) uses = std::make_unique<ArrayUses>(tree);
    return found->second = uses->IsShared(array);
  }
};

ScriptWords::ScriptWords(const base::Source& source)
    : source_(source),
      root_(Parse(std::string(source.Bytes()), base::SourceMap::Identity(source.Id()),
                  Quoting::kPlain)) {}
ScriptWords::~ScriptWords() = default;
ScriptWords::ScriptWords(ScriptWords&&) noexcept = default;

std::unique_ptr<ScriptWords::Layer> ScriptWords::Parse(const std::string& text,
                                                       const base::SourceMap& map,
                                                       Quoting quoting) const {
  auto layer = std::make_unique<Layer>();
  layer->quoting = quoting;
  layer->tree = syntax::ParseShell(text, map);
  layer->Index();
  return layer;
}

std::unique_ptr<ScriptWords::Layer> ScriptWords::ParseParts(const std::vector<WordPart>& parts,
                                                            Quoting quoting) const {
  base::SourceMap map(source_.Id());
  std::string text;
  std::vector<base::Span> decoded;
  for (const WordPart& part : parts) {
    const std::string_view written = source_.Text(part.span);
    const std::string_view read = part.kind == PartKind::kLiteral ? part.text : written;
    if (read != written) decoded.push_back(part.span);
    map.Append(static_cast<std::uint32_t>(read.size()), part.span.begin, part.span.end);
    text += read;
  }
  std::unique_ptr<Layer> layer = Parse(text, map, quoting);
  layer->decoded = std::move(decoded);
  return layer;
}

// The text in a word: all of it, or the part that holds the anchor (`dr='docker run'` of an alias);
// null where neither has a command that begins there.
ScriptWords::Layer* ScriptWords::Inner(Layer& layer, std::size_t index, const base::Span& anchor) {
  const Layer::Entry& entry = layer.entries[index];
  const auto& parts = entry.word->parts;
  auto holding = std::partition_point(parts.begin(), parts.end(), [&](const WordPart& part) {
    return part.span.end <= anchor.begin;
  });
  if (holding == parts.end()) return nullptr;
  const Quoting quotes = layer.QuotesOf(entry, *holding, source_.Bytes());
  const Quoting quoting = layer.quoting == Quoting::kPlain ? quotes : Quoting::kOther;
  Layer* deeper = nullptr;
  for (const auto first : {parts.begin(), holding}) {
    std::unique_ptr<Layer>& inner = layer.inner[{index, first->span.begin, quoting}];
    if (inner == nullptr) inner = ParseParts({first, parts.end()}, quoting);
    const std::size_t found = inner->Holding(anchor.begin);
    if (found == inner->entries.size()) continue;
    const Layer::Entry& word = inner->entries[found];
    if (word.span.begin == anchor.begin && word.row != Layer::kNoRow) return inner.get();
    if (word.span.begin < anchor.begin && word.span != entry.span) deeper = inner.get();
  }
  return deeper;
}

// From the outermost to the one in which a command's word begins at the anchor; empty without one.
std::vector<ScriptWords::Layer*> ScriptWords::FindLayers(const base::Span& anchor) {
  std::vector<Layer*> layers{root_.get()};
  while (layers.size() <= kDeepest) {
    Layer& layer = *layers.back();
    const std::size_t found = layer.Holding(anchor.begin);
    if (found == layer.entries.size()) return {};
    const Layer::Entry& entry = layer.entries[found];
    if (entry.span.begin == anchor.begin && entry.row != Layer::kNoRow) return layers;
    Layer* inner = Inner(layer, found, anchor);
    if (inner == nullptr) return {};
    layers.push_back(inner);
  }
  return {};
}

const std::vector<ScriptWords::Layer*>& ScriptWords::LayersOf(const base::Span& anchor) {
  if (anchor != last_anchor_) {
    last_layers_ = FindLayers(anchor);
    last_anchor_ = anchor;
  }
  return last_layers_;
}

RowPlace ScriptWords::Command(const base::Span& anchor) {
  const std::vector<Layer*>& layers = LayersOf(anchor);
  if (anchor.file != source_.Id() || layers.empty()) return {};
  Layer& layer = *layers.back();
  return layer.PlaceOf(layer.entries[layer.Holding(anchor.begin)]);
}

RowPlace ScriptWords::WordAt(const base::Span& place, const base::Span& anchor) {
  if (place.file != source_.Id()) return {};
  const std::vector<Layer*>& layers = LayersOf(anchor);
  for (auto it = layers.rbegin(); it != layers.rend(); ++it) {
    const std::size_t found = (*it)->Holding(place.begin);
    if (found == (*it)->entries.size()) continue;
    const Layer::Entry& entry = (*it)->entries[found];
    if (entry.row != Layer::kNoRow) return (*it)->PlaceOf(entry);
  }
  return {};
}

bool ScriptWords::IsShared(const Row& array, const base::Span& anchor) {
  const base::Span& first = array.words.front().span;
  for (Layer* layer : LayersOf(anchor)) {
    const std::size_t found = layer->Holding(first.begin);
    if (found == layer->entries.size()) continue;
    const Layer::Entry& entry = layer->entries[found];
    if (entry.row == Layer::kNoRow || layer->rows[entry.row].get() != &array) continue;
    const syntax::Assignment* assignment = layer->row_words[entry.row].array;
    return assignment != nullptr && layer->IsShared(*assignment);
  }
  return false;
}

bool ScriptWords::IsBehindError(const base::Span& anchor) {
  const std::vector<Layer*>& layers = LayersOf(anchor);
  return std::any_of(layers.begin(), layers.end(),
                     [&](const Layer* layer) { return layer->first_error <= anchor.begin; });
}

bool ScriptWords::IsDecoded(const base::Span& place, const base::Span& anchor) {
  for (const Layer* layer : LayersOf(anchor)) {
    const auto it =
        std::partition_point(layer->decoded.begin(), layer->decoded.end(),
                             [&](const base::Span& span) { return span.end <= place.begin; });
    if (it != layer->decoded.end() && it->begin < place.end) return true;
  }
  return false;
}

Quoting QuotesAt(std::string_view bytes, std::size_t begin, std::size_t offset) {
  Quoting quotes = Quoting::kPlain;
  for (std::size_t at = begin; at < offset && at < bytes.size(); ++at) {
    const char c = bytes[at];
    if (quotes == Quoting::kSingle) {
      if (c == '\'') quotes = Quoting::kPlain;
      continue;
    }
    const char next = at + 1 < bytes.size() ? bytes[at + 1] : '\0';
    // What is nested in a word has quotes of its own; `$'` has escapes.
    if (c == '`' || (c == '$' && (next == '(' || next == '{'))) return Quoting::kOther;
    if (c == '$' && next == '\'' && quotes == Quoting::kPlain) return Quoting::kOther;
    if (c == '\\')
      ++at;
    else if (c == '"')
      quotes = quotes == Quoting::kDouble ? Quoting::kPlain : Quoting::kDouble;
    else if (c == '\'' && quotes == Quoting::kPlain)
      quotes = Quoting::kSingle;
  }
  return quotes;
}

std::optional<std::string> QuotedWord(std::string_view value, Quoting quoting) {
  std::string quoted = base::ShellQuote(value);
  if (quoted == value) return quoted;
  // A backslash or a backquote means something else where backquotes are around.
  const auto has = [&](std::string_view bytes) {
    return value.find_first_of(bytes) != std::string_view::npos;
  };
  if (has("\\`!\r\n") || (quoting != Quoting::kPlain && has("'$\""))) return std::nullopt;
  if (quoting == Quoting::kSingle) return "\"" + std::string(value) + "\"";
  if (quoting == Quoting::kOther) return std::nullopt;
  return quoted;
}

bool FitsQuotes(std::string_view text, Quoting inner, Quoting outer) {
  if (text.empty() || base::ShellQuote(text) == text) return true;
  const auto fits = [&](Quoting quoting) {
    if (quoting == Quoting::kSingle) return text.find_first_of("'\r\n") == std::string_view::npos;
    if (quoting == Quoting::kOther) return false;
    return text.find_first_of("'\"$`\\!\r\n") == std::string_view::npos;
  };
  return inner != Quoting::kPlain && fits(inner) && (outer == Quoting::kPlain || fits(outer));
}

}  // namespace cagelint::input
