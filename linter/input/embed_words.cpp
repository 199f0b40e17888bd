#include "linter/input/embed_words.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "linter/base/text.h"
#include "linter/syntax/shell.h"

namespace cagelint::input {
namespace {

using base::Edit;
using base::Source;
using Word = WordList::Word;

// The words of a text that holds nothing but literal words; nothing where it holds more.
std::optional<std::vector<std::string>> LiteralWords(std::string_view text) {
  const syntax::ShellTree tree = syntax::ParseShell(text, base::SourceMap::Identity(0));
  if (!tree.gaps.empty() || tree.commands.size() != 1) return std::nullopt;
  const syntax::ShellCommand& command = tree.commands.front();
  if (!command.redirects.empty() || !command.assignments.empty()) return std::nullopt;
  std::vector<std::string> words;
  for (const syntax::Word& word : command.words) {
    if (!word.IsLiteral()) return std::nullopt;
    words.push_back(word.Text());
  }
  return words;
}

bool IsBlank(char byte) { return byte == ' ' || byte == '\t'; }
bool IsSpace(char byte) { return IsBlank(byte) || byte == '\n' || byte == '\r'; }

// The text around, as lists see it.
class Around {
 public:
  explicit Around(std::string_view bytes) : bytes_(bytes) {}

  // The blanks before `at`, where nothing else stands before it on its line.
  std::optional<std::string_view> Indent(std::uint32_t at) const {
    std::uint32_t begin = at;
    while (begin > 0 && IsBlank(bytes_[begin - 1])) --begin;
    if (begin > 0 && bytes_[begin - 1] != '\n') return std::nullopt;
    return bytes_.substr(begin, at - begin);
  }
  std::string LineEnd(std::uint32_t at) const {
    const std::size_t end = bytes_.rfind('\n', at);
    return end != std::string_view::npos && end > 0 && bytes_[end - 1] == '\r' ? "\r\n" : "\n";
  }
  // What goes with [begin, end): a comma, and the line where nothing else is left on it.
  std::pair<std::uint32_t, std::uint32_t> Removal(std::uint32_t begin, std::uint32_t end) const {
    std::size_t comma = end;
    while (comma < bytes_.size() && IsSpace(bytes_[comma])) ++comma;
    if (comma < bytes_.size() && bytes_[comma] == ',') {
      auto behind = static_cast<std::uint32_t>(comma + 1);
      std::uint32_t next = behind;
      while (next < bytes_.size() && IsBlank(bytes_[next])) ++next;
      const bool ends_line = next < bytes_.size() && (bytes_[next] == '\n' || bytes_[next] == '\r');
      if (const auto indent = Indent(begin); indent && ends_line) {
        while (bytes_[next] != '\n') ++next;
        return {begin - static_cast<std::uint32_t>(indent->size()), next + 1};
      }
      if (!ends_line) return {begin, next};
      while (begin > 0 && IsBlank(bytes_[begin - 1])) --begin;
      return {begin, behind};
    }
    std::size_t before = begin;
    while (before > 0 && IsSpace(bytes_[before - 1])) --before;
    if (before > 0 && bytes_[before - 1] == ',')
      return {static_cast<std::uint32_t>(before - 1), end};
    return {begin, end};
  }

 private:
  std::string_view bytes_;
};

class ListWriter : public base::EditWriter {
 public:
  ListWriter(std::vector<Word> words, ListStyle style)
      : words_(std::move(words)), style_(std::move(style)) {}

  std::optional<std::vector<Edit>> Write(const Source& inner, const base::SourceMap&,
                                         const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    Plan plan;
    for (const Edit& edit : edits)
      if (!Add(edit, inner, plan)) return std::nullopt;
    return Make(plan, outer);
  }

 private:
  struct Plan {
    std::set<std::size_t> gone;
    std::map<std::size_t, std::string> replaced;
    std::map<std::size_t, std::vector<std::string>> added;  // before the word of that index
  };

  bool Add(const Edit& edit, const Source& inner, Plan& plan) const {
    const auto [begin, end] = std::pair(edit.span.begin, edit.span.end);
    if (begin == end && (edit.text.starts_with(' ') || edit.text.ends_with(' ')))
      return AddWords(edit, plan);
    // Whole words go with a blank beside them.
    std::size_t first = 0;
    while (first < words_.size() && words_[first].end <= begin) ++first;
    if (edit.text.empty()) {
      std::size_t last = first;
      for (; last < words_.size() && words_[last].begin < end; ++last)
        if (words_[last].begin < begin || words_[last].end > end) break;
      if (last > first && (last == words_.size() || words_[last].begin >= end)) {
        for (; first < last; ++first) plan.gone.insert(first);
        return true;
      }
    }
    if (first >= words_.size() || begin < words_[first].begin || end > words_[first].end)
      return false;
    const Word& word = words_[first];
    std::string text(inner.Bytes().substr(word.begin, word.end - word.begin));
    text.replace(begin - word.begin, end - begin, edit.text);
    const auto words = LiteralWords(text);
    // Two changes of one word would have to be joined.
    return words && words->size() == 1 && word.is_literal && word.is_element &&
           plan.replaced.emplace(first, words->front()).second;
  }

  bool AddWords(const Edit& edit, Plan& plan) const {
    const auto words = LiteralWords(edit.text);
    if (!words || words->empty()) return false;
    for (std::size_t i = 0; i < words_.size(); ++i) {
      const bool behind = edit.text.starts_with(' ') && words_[i].end == edit.span.begin;
      const bool before = edit.text.ends_with(' ') && words_[i].begin == edit.span.begin;
      if (!behind && !before) continue;
      auto& added = plan.added[behind ? i + 1 : i];
      added.insert(added.end(), words->begin(), words->end());
      return true;
    }
    return false;
  }

  std::optional<std::vector<Edit>> Make(const Plan& plan, const Source& outer) const {
    const Around around(outer.Bytes());
    std::vector<Edit> out;
    for (const auto& [index, text] : plan.replaced) {
      const auto written = Written(text);
      if (!written || plan.gone.contains(index)) return std::nullopt;
      out.push_back({words_[index].outer, *written});
    }
    if (!MakeRemovals(plan, around, out)) return std::nullopt;
    for (const auto& [index, words] : plan.added) {
      auto edit = Insertion(index, words, plan, around, outer);
      if (!edit) return std::nullopt;
      out.push_back(std::move(*edit));
    }
    return out;
  }

  bool MakeRemovals(const Plan& plan, const Around& around, std::vector<Edit>& out) const {
    for (auto it = plan.gone.begin(); it != plan.gone.end();) {
      const std::size_t first = *it;
      std::size_t last = first;
      if (!words_[first].outer.IsValid()) return false;
      // Elements that stand together go together, as a flag and its value do.
      while (++it != plan.gone.end() && *it == last + 1 && IsNext(last, *it)) last = *it;
      const auto [begin, end] = around.Removal(words_[first].outer.begin, words_[last].outer.end);
      if (plan.added.contains(first) || plan.added.contains(last + 1)) return false;
      out.push_back({{words_[first].outer.file, begin, end}, ""});
    }
    return true;
  }
  bool IsNext(std::size_t a, std::size_t b) const {
    return (words_[a].is_element && words_[b].is_element) || words_[a].outer == words_[b].outer;
  }

  std::optional<std::string> Written(std::string_view word) const {
    const auto escaped = style_.escape(word);
    if (!escaped) return std::nullopt;
    return style_.quote + *escaped + style_.quote;
  }

  std::optional<Edit> Insertion(std::size_t index, const std::vector<std::string>& words,
                                const Plan& plan, const Around& around, const Source& outer) const {
    const auto is_there = [&](std::size_t i) {
      return i < words_.size() && words_[i].is_element && !plan.gone.contains(i);
    };
    const bool before = is_there(index);
    const bool behind = !before && index > 0 && is_there(index - 1);
    if (!before && !behind) return style_.add ? style_.add(words) : std::nullopt;
    const base::Span& beside = words_[before ? index : index - 1].outer;
    const auto indent = around.Indent(beside.begin);
    const std::string between = indent ? around.LineEnd(beside.begin) + std::string(*indent) : " ";
    std::string text;
    for (const std::string& word : words) {
      const auto written = Written(word);
      if (!written) return std::nullopt;
      text += before ? *written + "," + between : "," + between + *written;
    }
    const std::uint32_t at = before ? beside.begin : beside.end;
    return Edit{{outer.Id(), at, at}, std::move(text)};
  }

  std::vector<Word> words_;
  ListStyle style_;
};

// Whether a shell reads `text` as one word as it stands.
bool IsPlain(std::string_view text) {
  return !text.empty() && base::ShellQuote(std::string(text)) == text;
}

}  // namespace

void AppendShellWord(EmbeddedText& out, const EmbeddedText& content, const base::Span& place) {
  if (IsPlain(content.Text())) return out.Append(content);
  const base::Span inside = content.Size() == 0 ? base::Span{place.file, place.begin, place.end}
                                                : content.Map().ToOuter(0, content.Size());
  const std::uint32_t open = std::min(place.begin, inside.begin);
  out.Put("'", open, std::max(open, content.Size() == 0 ? place.end : inside.begin));
  std::uint32_t done = 0;
  for (std::uint32_t i = 0; i < content.Size(); ++i) {
    if (content.Text()[i] != '\'') continue;
    out.Append(content, done, i);
    const base::Span apostrophe = content.Map().ToOuter(i, i + 1);
    out.Put("'\\''", apostrophe.begin, apostrophe.end);
    done = i + 1;
  }
  out.Append(content, done, content.Size());
  out.Put("'", std::min(inside.end, place.end), std::max(inside.end, place.end));
}

void WordList::Begin() {
  const std::uint32_t at = words_.empty() ? 0 : text_.Map().EndBefore(text_.Size());
  if (!words_.empty()) text_.Put(" ", at, at);
  words_.push_back({text_.Size(), 0, {}, false, false});
}

void WordList::End(const base::Span& outer, bool is_element, bool is_literal) {
  Word& word = words_.back();
  word.end = text_.Size();
  word.outer = outer;
  word.is_element = is_element;
  word.is_literal = is_literal;
}

void WordList::Add(const EmbeddedText& word, const base::Span& element) {
  Begin();
  AppendShellWord(text_, word, element);
  End(element, true, word.Text().find("{{") == std::string::npos);
}

void WordList::AddQuoted(const EmbeddedText& word, const base::Span& element) {
  Begin();
  text_.Append(word);
  End(element, true, false);
}

void WordList::AddUnknown(std::string_view name, const base::Span& element, bool is_list) {
  Begin();
  text_.Put("'{{" + std::string(name) + (is_list ? "...}}'" : "}}'"), element.begin, element.end);
  End(element, true, false);
}

void WordList::AddImplied(std::string_view word, const base::Span& place,
                          const base::Span& removable) {
  Begin();
  text_.Put(base::ShellQuote(std::string(word)), place.begin, place.end);
  End(removable, false, false);
}

void WordList::AddImplied(std::string_view before, const EmbeddedText& content,
                          const base::Span& place, const base::Span& removable) {
  Begin();
  const std::string quoted = base::ShellQuote(std::string(before));
  if (!before.empty()) text_.Put(quoted, place.begin, place.end);
  if (content.Size() > 0 || before.empty()) AppendShellWord(text_, content, place);
  End(removable, false, false);
}

const Source& WordList::AddTo(base::SourceSet& sources, ListStyle style) {
  return text_.AddTo(sources,
                     std::make_shared<const ListWriter>(std::move(words_), std::move(style)));
}

}  // namespace cagelint::input
