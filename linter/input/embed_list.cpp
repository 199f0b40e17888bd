#include "linter/input/embed_list.h"

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
using Word = ListWord;

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
  // Whether nothing but blanks stands between the two.
  bool AreBeside(std::uint32_t end, std::uint32_t begin) const {
    while (end < begin && IsBlank(bytes_[end])) ++end;
    return end == begin;
  }
  // What goes with [begin, end), between blanks: those before it.
  std::pair<std::uint32_t, std::uint32_t> RemovalOfBlanks(std::uint32_t begin,
                                                          std::uint32_t end) const {
    if (bytes_.substr(begin, end - begin).ends_with('\n')) return {begin, end};
    std::uint32_t before = begin;
    while (before > 0 && IsBlank(bytes_[before - 1])) --before;
    if (before < begin) return {before, end};
    while (end < bytes_.size() && IsBlank(bytes_[end])) ++end;
    return {begin, end};
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

  std::optional<std::vector<Edit>> Write(const Source& inner, const base::SourceMap& map,
                                         const Source& outer,
                                         const std::vector<Edit>& edits) const override {
    Plan plan;
    for (const Edit& edit : edits)
      if (!Add(edit, inner, plan) && !AddWithin(edit, inner, map, plan) &&
          !AddInside(edit, map, plan))
        return std::nullopt;
    auto made = Make(plan, outer);
    if (made && style_.finish && !style_.finish(*made)) return std::nullopt;
    return made;
  }

 private:
  struct Plan {
    std::set<std::size_t> gone;
    std::map<std::size_t, std::string> replaced;
    std::map<std::size_t, std::string> appended;            // to values
    std::map<std::size_t, std::vector<std::string>> added;  // before the word of that index
    std::vector<std::pair<std::size_t, Edit>> within;       // of a word of which not all is known
  };

  bool Add(const Edit& edit, const Source& inner, Plan& plan) const {
    const auto [begin, end] = std::pair(edit.span.begin, edit.span.end);
    if (begin == end && (edit.text.starts_with(' ') || edit.text.ends_with(' ')) &&
        !IsInside(begin))
      return AddWords(edit, plan);
    // Whole words go with a blank beside them.
    std::size_t first = 0;
    while (first < words_.size() && words_[first].end <= begin) ++first;
    // What is put in at the end of a word belongs to it.
    if (begin == end && first > 0 && words_[first - 1].end == begin) --first;
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
    if (begin == end && Appends(word, inner, edit)) {
      plan.appended[first] += edit.text;
      return true;
    }
    std::string text(inner.Bytes().substr(word.begin, word.end - word.begin));
    text.replace(begin - word.begin, end - begin, edit.text);
    const auto words = LiteralWords(text);
    // Two changes of one word would have to be joined.
    if (!words || words->size() != 1 || !word.is_literal) return false;
    if (!word.is_element && (!word.value.IsValid() || !words->front().starts_with(word.before)))
      return false;
    return plan.replaced.emplace(first, words->front()).second;
  }

  // Whether something is only added to the value of an implied word, whatever else is in it.
  bool Appends(const Word& word, const Source& inner, const Edit& edit) const {
    const std::string_view rest = inner.Bytes().substr(edit.span.end, word.end - edit.span.end);
    return !word.is_element && word.value.IsValid() && (rest.empty() || rest == "'") &&
           style_.escape(edit.text) == edit.text;
  }

  // What stands beside a variable is changed as it stands, where no quotes are in the way.
  bool AddWithin(const Edit& edit, const Source& inner, const base::SourceMap& map,
                 Plan& plan) const {
    const std::uint32_t begin = edit.span.begin;
    const std::uint32_t end = edit.span.end;
    const auto word = std::find_if(words_.begin(), words_.end(), [&](const Word& one) {
      return one.is_element && one.begin < begin && end <= one.end;
    });
    if (word == words_.end() || word->is_literal) return false;
    if (!edit.text.empty() && !IsPlainWord(edit.text)) return false;
    constexpr std::string_view kSpecial = "'\"\\$` ";
    const std::string_view changed = inner.Bytes().substr(begin - 1, end - begin + 1);
    if (changed.find_first_of(kSpecial) != std::string_view::npos) return false;
    if (!map.IsBoundary(begin) || !map.IsBoundary(end)) return false;
    const auto text = style_.escape(edit.text.empty() ? "x" : edit.text);
    if (!text) return false;
    plan.within.push_back({static_cast<std::size_t>(word - words_.begin()),
                           {{word->outer.file, map.EndBefore(begin), map.EndBefore(end)},
                            edit.text.empty() ? "" : *text}});
    return true;
  }

  // Within what the author of an implied word wrote of it: where its bytes stand for themselves,
  // and the new ones do so whatever quotes are around.
  bool AddInside(const Edit& edit, const base::SourceMap& map, Plan& plan) const {
    const std::uint32_t begin = edit.span.begin;
    const std::uint32_t end = edit.span.end;
    const auto word = std::find_if(words_.begin(), words_.end(), [&](const Word& one) {
      return one.written.IsValid() && one.written_begin <= begin && end <= one.end;
    });
    if (word == words_.end() || !map.IsBoundary(begin) || !map.IsBoundary(end)) return false;
    if (!edit.text.empty() && !IsPlainWord(edit.text)) return false;
    const auto text = style_.escape(edit.text);
    if (!text) return false;
    const auto clamp = [&](std::uint32_t at) {
      return std::clamp(at, word->written.begin, word->written.end);
    };
    const std::uint32_t from = clamp(map.BeginOf(begin));
    const std::uint32_t to = begin == end ? from : std::max(from, clamp(map.EndBefore(end)));
    plan.within.push_back(
        {static_cast<std::size_t>(word - words_.begin()), {{word->written.file, from, to}, *text}});
    return true;
  }

  // Inside a word that is a text itself: the argument of `sh -c`.
  bool IsInside(std::uint32_t at) const {
    return std::any_of(words_.begin(), words_.end(),
                       [&](const Word& word) { return word.begin < at && at < word.end; });
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
      const Word& word = words_[index];
      const auto written = word.is_element
                               ? Written(text)
                               : style_.escape(std::string_view(text).substr(word.before.size()));
      if (!written || plan.gone.contains(index)) return std::nullopt;
      out.push_back({word.is_element ? word.outer : word.value, *written});
    }
    for (const auto& [index, text] : plan.appended) {
      const base::Span& value = words_[index].value;
      const bool is_open =
          value.Size() > 0 && outer.Text(value).back() != '"' && outer.Text(value).back() != '\'';
      if (!is_open || plan.gone.contains(index) || plan.replaced.contains(index))
        return std::nullopt;
      out.push_back({{value.file, value.end, value.end}, text});
    }
    for (const auto& [index, edit] : plan.within) {
      if (plan.gone.contains(index) || plan.replaced.contains(index)) return std::nullopt;
      out.push_back(edit);
    }
    if (!MakeRemovals(plan, around, out)) return std::nullopt;
    std::vector<std::string> elsewhere;
    for (const auto& [index, words] : plan.added) {
      if (!HasPlace(index, plan)) {
        elsewhere.insert(elsewhere.end(), words.begin(), words.end());
        continue;
      }
      auto edit = Insertion(index, words, plan, around, outer);
      if (!edit) return std::nullopt;
      out.push_back(std::move(*edit));
    }
    if (elsewhere.empty()) return out;
    auto edit = style_.add ? style_.add(elsewhere) : std::nullopt;
    if (!edit) return std::nullopt;
    out.push_back(std::move(*edit));
    return out;
  }

  bool MakeRemovals(const Plan& plan, const Around& around, std::vector<Edit>& out) const {
    for (auto it = plan.gone.begin(); it != plan.gone.end();) {
      const std::size_t first = *it;
      std::size_t last = first;
      if (!words_[first].outer.IsValid()) return false;
      // Elements that stand together go together, as a flag and its value do.
      while (++it != plan.gone.end() && *it == last + 1 && IsNext(last, *it, around)) last = *it;
      const auto [begin, end] =
          style_.has_commas
              ? around.Removal(words_[first].outer.begin, words_[last].outer.end)
              : around.RemovalOfBlanks(words_[first].outer.begin, words_[last].outer.end);
      if (plan.added.contains(first) || plan.added.contains(last + 1)) return false;
      out.push_back({{words_[first].outer.file, begin, end}, ""});
    }
    return true;
  }
  bool IsNext(std::size_t a, std::size_t b, const Around& around) const {
    if (!words_[a].is_element || !words_[b].is_element) return words_[a].outer == words_[b].outer;
    return style_.has_commas || around.AreBeside(words_[a].outer.end, words_[b].outer.begin);
  }

  std::optional<std::string> Written(std::string_view word) const {
    const auto escaped = style_.escape(word);
    if (!escaped || !style_.has_commas) return escaped;
    return style_.quote + *escaped + style_.quote;
  }

  bool IsThere(std::size_t index, const Plan& plan) const {
    return index < words_.size() && words_[index].is_element && !plan.gone.contains(index);
  }
  // Whether new words can go beside an element; words between blanks rather get a line of theirs.
  bool HasPlace(std::size_t index, const Plan& plan) const {
    if (!style_.has_commas && style_.add) return false;
    return IsThere(index, plan) || (index > 0 && IsThere(index - 1, plan));
  }

  std::optional<Edit> Insertion(std::size_t index, const std::vector<std::string>& words,
                                const Plan& plan, const Around& around, const Source& outer) const {
    const bool before = IsThere(index, plan);
    const base::Span& beside = words_[before ? index : index - 1].outer;
    const auto indent =
        style_.has_commas ? around.Indent(beside.begin) : std::optional<std::string_view>();
    const std::string between = indent ? around.LineEnd(beside.begin) + std::string(*indent) : " ";
    std::string text;
    for (const std::string& word : words) {
      const auto written = Written(word);
      if (!written) return std::nullopt;
      const std::string comma = style_.has_commas ? "," : "";
      text += before ? *written + comma + between : comma + between + *written;
    }
    const std::uint32_t at = before ? beside.begin : beside.end;
    return Edit{{outer.Id(), at, at}, std::move(text)};
  }

  std::vector<Word> words_;
  ListStyle style_;
};

}  // namespace

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

bool IsPlainWord(std::string_view text) {
  return !text.empty() && base::ShellQuote(std::string(text)) == text;
}

std::shared_ptr<const base::EditWriter> ListWriterFor(std::vector<ListWord> words,
                                                      ListStyle style) {
  return std::make_shared<const ListWriter>(std::move(words), std::move(style));
}

}  // namespace cagelint::input
