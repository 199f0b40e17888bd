#include "linter/input/shell_placeholders.h"

#include <algorithm>
#include <utility>

#include "linter/base/text.h"

namespace cagelint::input {
namespace {

struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

constexpr std::size_t kLongest = 80;

// The end of what `open` at `begin` begins and `close` ends; 0 where nothing near does.
std::size_t ClosedAt(std::string_view text, std::size_t begin, std::string_view close) {
  const std::size_t end = text.substr(begin, kLongest).find(close, 2);
  return end == std::string_view::npos ? 0 : begin + end + close.size();
}

// The first placeholder from `at` on; empty where there is none.
Stretch NextPlaceholder(std::string_view text, std::size_t at) {
  for (at = text.find_first_of("{%", at); at < text.size(); at = text.find_first_of("{%", at + 1)) {
    const std::string_view two = text.substr(at, 2);
    if (two == "{{" && at + 2 < text.size() && text[at + 2] != '.') {
      const std::size_t end = ClosedAt(text, at, "}}");
      const std::string_view inside = text.substr(at, end > at ? end - at : 0);
      if (end > 0 && inside.find('.') != 2 && inside.find(" .") == std::string_view::npos)
        return {at, end};
    } else if (two == "%%") {
      const std::size_t end = ClosedAt(text, at, "%%");
      if (end > at + 4) return {at, end};
      ++at;
    } else if (two == "%s" || two == "%d") {
      return {at, at + 2};
    }
  }
  return {};
}

void AppendUnknown(Argument& word, const Argument& from, const Stretch& stretch,
                   std::string written) {
  word.pieces.push_back({static_cast<std::uint32_t>(word.text.size()),
                         1,
                         from.SpanOf(stretch.begin, stretch.end),
                         {},
                         std::move(written)});
  word.text += kUnknownByte;
}

// "name" of `{{name}}` and `{{name...}}`.
std::string NameIn(std::string_view placeholder) {
  if (!placeholder.starts_with("{{") || placeholder.size() < 4) return std::string(placeholder);
  placeholder = placeholder.substr(2, placeholder.size() - 4);
  return std::string(placeholder.substr(0, placeholder.find_last_not_of('.') + 1));
}

// Whether the author's text is a name, and another one than the placeholder has: the variable that
// holds the text.
bool IsOtherName(std::string_view written, std::string_view name) {
  const bool is_name = !written.empty() && base::IsNameStart(written.front()) &&
                       std::all_of(written.begin(), written.end(), base::IsNameByte);
  return is_name && !name.empty() && written != name;
}

// "args..." of `${__made_args__2[@]}`.
void NameMade(Argument& word) {
  for (Piece& piece : word.pieces) {
    std::string_view name = piece.written;
    if (!name.starts_with("${") || !name.substr(2).starts_with(kMadeVariable)) continue;
    const bool is_list = name.find("[@]") != std::string_view::npos;
    name.remove_prefix(2 + kMadeVariable.size());
    name = name.substr(0, std::min(name.find("__"), name.find_first_of("[}")));
    piece.written = (name.empty() ? "value" : std::string(name)) + (is_list ? "..." : "");
  }
}

// What [begin, end) of `word` is in the file, where that is other than in the text.
std::string WrittenInFile(const Argument& word, const Stretch& stretch,
                          const base::SourceSet& sources) {
  const base::Span span = word.SpanOf(stretch.begin, stretch.end);
  const base::Span outer = sources.ToFile(span);
  if (outer == span) return word.Written(stretch.begin, stretch.end);
  const std::string name =
      NameIn(std::string_view(word.text).substr(stretch.begin, stretch.end - stretch.begin));
  const std::string_view written = sources.Text(outer);
  const bool is_elsewhere = sources.Text(span).find("{{") == std::string_view::npos;
  if (is_elsewhere || IsOtherName(written, name)) return name;  // it came out of a variable
  return std::string(written.substr(0, kLongest));
}

void Mark(Argument& word, const base::SourceSet& sources) {
  const bool is_rest = word.text == "..." || word.text == "…" ||
                       (word.text.starts_with("{{") && word.text.ends_with("...}}") &&
                        word.text.find("}}") == word.text.size() - 2);
  Stretch found = is_rest ? Stretch{0, word.text.size()} : NextPlaceholder(word.text, 0);
  if (found.end == 0) return;
  Argument marked;
  marked.span = word.span;
  marked.is_list = word.is_list || is_rest;
  marked.may_be_options =
      word.may_be_options || (is_rest && word.text.ends_with(std::string(kMadeList) + "}}"));
  std::size_t done = 0;
  for (; found.end > 0; found = NextPlaceholder(word.text, done)) {
    AppendPart(marked, word, done, found.begin);
    AppendUnknown(marked, word, found, WrittenInFile(word, found, sources));
    done = found.end;
    if (done >= word.text.size()) break;
  }
  AppendPart(marked, word, done, word.text.size());
  word = std::move(marked);
}

}  // namespace

void MarkPlaceholders(std::vector<Argument>& words, const base::SourceSet& sources) {
  for (Argument& word : words) {
    NameMade(word);
    Mark(word, sources);
  }
}

}  // namespace cagelint::input
