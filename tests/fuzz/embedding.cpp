#include "tests/fuzz/embedding.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "linter/base/text.h"
#include "linter/diagnostic/edits.h"
#include "linter/input/embed.h"
#include "linter/input/embed_json.h"
#include "linter/input/embed_words.h"
#include "linter/syntax/json.h"

namespace cagelint::test {
namespace {

using base::Edit;
using base::Source;
using base::SourceSet;
using input::EmbeddedText;

// Takes decisions off the front of the input.
class Feed {
 public:
  explicit Feed(std::string_view bytes) : bytes_(bytes) {}
  std::size_t Number(std::size_t below) {
    if (bytes_.empty() || below == 0) return 0;
    const auto first = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return first % below;
  }
  // Up to `longest` bytes of `letters`.
  std::string Text(std::size_t longest, std::string_view letters) {
    std::string out;
    for (std::size_t n = Number(longest + 1); n > 0; --n) out += letters[Number(letters.size())];
    return out;
  }
  bool IsEmpty() const { return bytes_.empty(); }

 private:
  std::string_view bytes_;
};

void Promise(bool kept, const char* what, std::string_view a, std::string_view b) {
  if (kept) return;
  std::fprintf(stderr, "%s\n<<%.*s>>\n<<%.*s>>\n", what, static_cast<int>(a.size()), a.data(),
               static_cast<int>(b.size()), b.data());
  std::abort();
}

// Disjoint edits of `text`; `letters`: of what they put in.
std::vector<Edit> SomeEdits(Feed& feed, const Source& text, std::string_view letters) {
  std::vector<Edit> edits;
  std::uint32_t from = 0;
  const auto size = static_cast<std::uint32_t>(text.Bytes().size());
  for (std::size_t n = 1 + feed.Number(3); n > 0 && from <= size; --n) {
    const auto begin = from + static_cast<std::uint32_t>(feed.Number(size - from + 1));
    const auto end = begin + static_cast<std::uint32_t>(feed.Number(size - begin + 1));
    edits.push_back({{text.Id(), begin, end}, feed.Text(6, letters)});
    from = end + 1;
  }
  return edits;
}

// A byte that stands for itself outside is there.
void CheckPlaces(const Source& text, const SourceSet& sources) {
  for (std::uint32_t i = 0; i < text.Bytes().size(); ++i) {
    const base::Span outer = sources.ToFile({text.Id(), i, i + 1});
    // The quotes of a word, and what stands in for an apostrophe, are a shell's.
    const char byte = text.Bytes()[i];
    if (outer.Size() != 1 || byte == '\'' || byte == '\\') continue;
    const std::string_view there = sources.Text(outer);
    Promise(there == text.Bytes().substr(i, 1), "a byte stands somewhere else", there,
            text.Bytes().substr(i, 1));
  }
}

// The file after `edits`; nothing where they are not written.
std::optional<std::string> Changed(const SourceSet& sources, base::FileId file,
                                   const std::vector<Edit>& edits) {
  auto outer = sources.ToFile(edits);
  if (!outer || !diagnostic::Tidy(*outer)) return std::nullopt;
  return diagnostic::ApplyEdits(sources.Get(file).Bytes(), file, *outer);
}

constexpr std::string_view kHead = "head\n";
constexpr std::string_view kTail = "~tail\n";

// Lines behind a prefix, between a head and a tail that are not theirs.
const Source& TakeLines(SourceSet& sources, std::string bytes, std::string_view prefix) {
  const Source& outer = sources.Add("x", std::move(bytes));
  EmbeddedText text(outer);
  std::size_t at = kHead.size();
  const std::string_view all = outer.Bytes();
  while (at < all.size() && all.substr(at) != kTail) {
    const std::size_t end = all.find('\n', at) + 1;
    const bool has = all.substr(at).starts_with(prefix);
    text.Copy(static_cast<std::uint32_t>(at + (has ? prefix.size() : 0)),
              static_cast<std::uint32_t>(end));
    at = end;
  }
  return text.AddTo(sources, input::LinesWriter());
}

void CheckLines(Feed& feed) {
  constexpr std::string_view kPrefixes[] = {"", "    ", "> ", "\t", "# ", " * "};
  const std::string_view prefix = kPrefixes[feed.Number(std::size(kPrefixes))];
  std::string bytes(kHead);
  for (std::size_t n = 1 + feed.Number(5); n > 0; --n) {
    const std::string line = feed.Text(8, "abc \\\r");
    bytes += (line.empty() ? "" : std::string(prefix)) + line + "\n";
  }
  bytes += kTail;
  SourceSet sources;
  const Source& text = TakeLines(sources, bytes, prefix);
  CheckPlaces(text, sources);
  const std::vector<Edit> edits = SomeEdits(feed, text, "xy \n");
  const std::string expected = diagnostic::ApplyEdits(text.Bytes(), text.Id(), edits);
  const auto changed = Changed(sources, 0, edits);
  if (!changed) return;
  Promise(changed->starts_with(kHead), "what stands before was changed", *changed, bytes);
  Promise(changed->ends_with(kTail), "what stands behind was changed", *changed, bytes);
  // A last line that lost its end stands before the tail, as it would before any text.
  if (!expected.empty() && !expected.ends_with('\n')) return;
  SourceSet after;
  const Source& again = TakeLines(after, *changed, prefix);
  Promise(again.Bytes() == expected, "the lines are others", again.Bytes(), expected);
}

void CheckString(Feed& feed) {
  constexpr std::string_view kParts[] = {
      "a", "\\\"", "\\n", "\\\\", "\xC3\xA4", "\\u00e4", "\\ud83d\\ude00", "\xF0\x9F\x98\x80",
      " ", "\\/",  "{",   "\\t"};
  std::string bytes = "{\"k\": \"";
  for (std::size_t n = feed.Number(12); n > 0; --n) bytes += kParts[feed.Number(std::size(kParts))];
  bytes += "\"}";
  const auto take = [](SourceSet& sources, std::string json) -> const Source& {
    const Source& outer = sources.Add("x", std::move(json));
    const syntax::Tree tree = syntax::ParseJson(outer);
    const syntax::Entry* entry = tree.Find(tree.documents.at(0), "k");
    EmbeddedText text = input::JsonText(outer, tree.At(entry->value));
    Promise(text.Text() == tree.At(entry->value).text, "the string is another one", text.Text(),
            tree.At(entry->value).text);
    return text.AddTo(sources, input::StringWriter(input::EscapeJson));
  };
  SourceSet sources;
  const Source& text = take(sources, bytes);
  CheckPlaces(text, sources);
  const std::vector<Edit> edits = SomeEdits(feed, text, "x\"\\\n\t");
  const std::string expected = diagnostic::ApplyEdits(text.Bytes(), text.Id(), edits);
  const auto changed = Changed(sources, 0, edits);
  // Half a character cannot be written.
  if (!changed || base::FindInvalidUtf8(expected)) return;
  const auto parsed = nlohmann::json::parse(*changed, nullptr, false);
  Promise(!parsed.is_discarded(), "the JSON is broken", *changed, bytes);
  Promise(parsed["k"] == expected, "the string is another one", *changed, expected);
}

// Words taken away and put in, as the editor of commands does.
void CheckWords(Feed& feed) {
  constexpr std::string_view kWords[] = {"run", "-v", "a b", "it's", "", "\"q\"", "$x", "-e"};
  const bool on_lines = feed.Number(2) == 1;
  const bool last_comma = on_lines && feed.Number(2) == 1;
  std::vector<std::string> words;
  std::string bytes = on_lines ? "{\"args\": [\n" : "{\"args\": [";
  for (std::size_t n = 1 + feed.Number(6), i = 0; i < n; ++i) {
    words.emplace_back(kWords[feed.Number(std::size(kWords))]);
    const bool comma = i + 1 < n || last_comma;
    bytes += (on_lines ? "    " : "") + nlohmann::json(words.back()).dump() + (comma ? "," : "") +
             (on_lines ? "\n" : (comma ? " " : ""));
  }
  bytes += "]}";
  SourceSet sources;
  const Source& outer = sources.Add("x", bytes);
  const syntax::Tree tree = syntax::ParseJson(outer, {.comments = true});
  const syntax::Entry* entry = tree.Find(tree.documents.at(0), "args");
  input::WordList list(outer);
  for (const syntax::NodeId id : tree.At(entry->value).items)
    list.Add(input::JsonText(outer, tree.At(id)), tree.At(id).span);
  const Source& text = list.AddTo(sources, {});
  CheckPlaces(text, sources);
  // The words' places in the text, which is the words as a shell would have them.
  std::vector<Edit> edits;
  std::vector<std::string> expected;
  std::uint32_t at = 0;
  bool free = true;  // the last word was left alone
  for (const std::string& word : words) {
    const auto end = at + static_cast<std::uint32_t>(base::ShellQuote(word).size());
    const std::size_t what = free ? feed.Number(5) : 4;
    free = what >= 3;
    if (what == 0) {
      edits.push_back({{text.Id(), at, at}, "--new=1 'x y' "});
      expected.insert(expected.end(), {"--new=1", "x y", word});
    } else if (what == 1 && at > 0) {
      edits.push_back({{text.Id(), at - 1, end}, ""});
    } else if (what == 2) {
      edits.push_back({{text.Id(), at, end}, "other"});
      expected.emplace_back("other");
    } else {
      expected.push_back(word);
    }
    at = end + 1;
  }
  const auto changed = Changed(sources, 0, edits);
  if (!changed) return;
  SourceSet again;
  const Source& after = again.Add("x", *changed);
  const syntax::Tree now = syntax::ParseJson(after, {.comments = true});
  Promise(now.errors.empty(), "the JSON is broken", *changed, bytes);
  std::vector<std::string> found;
  for (const syntax::NodeId id : now.At(now.Find(now.documents.at(0), "args")->value).items)
    found.push_back(now.At(id).text);
  Promise(found == expected, "the words are others", *changed, bytes);
}

}  // namespace

void FuzzEmbedding(std::string_view bytes) {
  Feed feed(bytes);
  const std::size_t kind = feed.Number(3);
  if (kind == 0) CheckLines(feed);
  if (kind == 1) CheckString(feed);
  if (kind == 2) CheckWords(feed);
}

}  // namespace cagelint::test
