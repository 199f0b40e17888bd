#include "linter/input/edit_command_layout.h"

#include <algorithm>
#include <optional>
#include <string_view>

namespace cagelint::input {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t'; }

// The bytes of a file around the words of a row.
class Lines {
 public:
  Lines(const base::Source& source, const Row& row) : bytes_(source.Bytes()), row_(row) {}

  // Where the line begins on which `word` is the first; nothing where other things stand before it.
  std::optional<std::uint32_t> LineOf(std::size_t word) const {
    std::uint32_t at = row_.words[word].span.begin;
    while (at > 0 && IsBlank(bytes_[at - 1])) --at;
    if (at == 0 || bytes_[at - 1] != '\n') return std::nullopt;
    // The first word's own line is where the command begins, not a continued one.
    const bool is_behind_word = word > 0 && at > row_.words[word - 1].span.end;
    return is_behind_word || (row_.is_array && word == 0) ? std::optional(at) : std::nullopt;
  }
  std::string_view IndentOf(std::size_t word) const {
    const std::uint32_t begin = *LineOf(word);
    return bytes_.substr(begin, row_.words[word].span.begin - begin);
  }
  // Behind the line end that follows `offset`, where nothing but blanks and a backslash stand
  // before it. `continues`: the backslash must be there.
  std::optional<std::uint32_t> LineEndBehind(std::uint32_t offset, bool continues) const {
    std::size_t at = SkipBlanks(offset);
    const bool backslash = at < bytes_.size() && bytes_[at] == '\\';
    if (backslash) ++at;
    if (at < bytes_.size() && bytes_[at] == '\r') ++at;
    if (at >= bytes_.size() || bytes_[at] != '\n' || backslash != continues) return std::nullopt;
    return static_cast<std::uint32_t>(at + 1);
  }
  std::size_t SkipBlanks(std::size_t at) const {
    while (at < bytes_.size() && IsBlank(bytes_[at])) ++at;
    return at;
  }
  // The end of what stands on the line before the one that begins at `line`: before its blanks and
  // the backslash.
  std::uint32_t EndBefore(std::uint32_t line) const {
    std::uint32_t at = line - 1;
    if (at > 0 && bytes_[at - 1] == '\r') --at;
    if (at > 0 && bytes_[at - 1] == '\\') --at;
    while (at > 0 && IsBlank(bytes_[at - 1])) --at;
    return at;
  }
  std::string_view LineBreakBefore(std::uint32_t line) const {
    return line > 1 && bytes_[line - 2] == '\r' ? "\r\n" : "\n";
  }
  bool HasComment(std::uint32_t begin, std::uint32_t end) const {
    return bytes_.substr(begin, end - begin).find('#') != std::string_view::npos;
  }
  // Whether no blank stands before the backslash that leads to the line at `line`.
  bool IsGlued(std::uint32_t line) const {
    const std::uint32_t end = EndBefore(line);
    return end < bytes_.size() && bytes_[end] == '\\';
  }
  bool IsBlankAt(std::size_t at) const { return at < bytes_.size() && IsBlank(bytes_[at]); }

 private:
  std::string_view bytes_;
  const Row& row_;
};

// What goes with the words [first, last], which stand together.
base::Span Extent(const Lines& lines, const Row& row, std::size_t first, std::size_t last) {
  base::Span span = base::Cover(row.words[first].span, row.words[last].span);
  const auto line = lines.LineOf(first);
  if (line) {
    if (const auto end = lines.LineEndBehind(span.end, !row.is_array)) {
      // Without a blank anywhere, the lines around would be one word.
      const bool glues = !row.is_array && lines.IsGlued(*line) && !lines.IsBlankAt(*end);
      return {span.file, glues ? span.begin : *line, *end};
    }
    const bool is_last = last + 1 == row.words.size();
    const std::uint32_t before = lines.EndBefore(*line);
    const bool joins = first > 0 && before == row.words[first - 1].span.end;
    if (is_last && !row.is_array) return {span.file, before, span.end};
    if (is_last && joins) return {span.file, before, span.end};
  }
  if (!line && span.begin > 0 && lines.IsBlankAt(span.begin - 1))
    --span.begin;
  else if (lines.IsBlankAt(span.end))
    ++span.end;
  return span;
}

bool IsFlag(const FlagPlace& place, std::size_t word) {
  return place.row->words[word].text.starts_with('-') && place.values.count(word) == 0;
}

// The words that begin a line with a flag, among those up to `end`; none where most of these lines
// have several flags.
std::vector<std::size_t> FlagLines(const Lines& lines, const FlagPlace& place, std::size_t end) {
  std::vector<std::size_t> found;
  std::size_t single = 0;
  for (std::size_t i = place.first; i < end; ++i) {
    if (!IsFlag(place, i) || !lines.LineOf(i)) continue;
    found.push_back(i);
    std::size_t next = i + 1;
    while (next < end && !IsFlag(place, next) && !lines.LineOf(next)) ++next;
    if (next == end || lines.LineOf(next)) ++single;
  }
  return single * 2 >= found.size() ? found : std::vector<std::size_t>{};
}

// The word before whose line flags get lines of their own, and the word whose indentation they
// take; nothing where they go between the words of a line.
struct OwnLine {
  std::size_t before = 0;
  std::size_t like = 0;
};

std::optional<OwnLine> OwnLineAt(const Lines& lines, const FlagPlace& place) {
  const Row& row = *place.row;
  const bool at_end = place.before == row.words.size();
  if (place.is_inline || at_end) return std::nullopt;
  const bool is_directly_behind = place.before == place.first;
  const auto flags = FlagLines(lines, place, is_directly_behind ? row.words.size() : place.before);
  if (lines.LineOf(place.before)) {
    if (is_directly_behind) return OwnLine{place.before, place.before};
    if (!flags.empty()) return OwnLine{place.before, flags.back()};
    // Elements of an array, a line each.
    if (row.is_array && lines.LineOf(place.before - 1)) return OwnLine{place.before, place.before};
    return std::nullopt;
  }
  if (is_directly_behind || place.is_last || flags.empty()) return std::nullopt;
  // `  -it alpine`: before the last line of flags, unless the line only goes on.
  for (std::size_t i = flags.back() + 1; i < place.before; ++i)
    if (lines.LineOf(i)) return std::nullopt;
  return OwnLine{flags.back(), flags.back()};
}

std::string Joined(const std::vector<std::string>& flags) {
  std::string out;
  for (const std::string& flag : flags) out += (out.empty() ? "" : " ") + flag;
  return out;
}

}  // namespace

bool RemoveWords(const base::Source& source, const Row& row, const std::set<std::size_t>& gone,
                 std::vector<diagnostic::Edit>& out) {
  const Lines lines(source, row);
  std::vector<diagnostic::Edit> edits;
  for (auto it = gone.begin(); it != gone.end();) {
    const std::size_t first = *it;
    std::size_t last = first;
    while (++it != gone.end() && *it == last + 1) {
      if (lines.HasComment(row.words[last].span.end, row.words[*it].span.begin)) return false;
      last = *it;
    }
    edits.push_back({Extent(lines, row, first, last), ""});
  }
  out.insert(out.end(), edits.begin(), edits.end());
  return true;
}

diagnostic::Edit InsertFlags(const base::Source& source, const FlagPlace& place,
                             const std::vector<std::string>& flags) {
  const Row& row = *place.row;
  const Lines lines(source, row);
  const base::FileId file = source.Id();
  if (const auto own = OwnLineAt(lines, place)) {
    const std::uint32_t line = *lines.LineOf(own->before);
    const bool glues = !row.is_array && lines.IsGlued(line) && lines.IndentOf(own->like).empty();
    const std::string indent(lines.IndentOf(glues ? own->before : own->like));
    std::string text;
    for (const std::string& flag : flags) {
      text += indent + flag;
      text += row.is_array ? "" : " \\";
      text += lines.LineBreakBefore(line);
    }
    return {{file, line, line}, text};
  }
  const bool at_end = place.before == row.words.size();
  const bool behind =
      at_end || (!place.is_inline && place.before > 0 && lines.LineOf(place.before));
  if (behind && place.before > 0) {
    const std::uint32_t end = row.words[place.before - 1].span.end;
    return {{file, end, end}, " " + Joined(flags)};
  }
  const std::uint32_t begin = row.words[place.before].span.begin;
  return {{file, begin, begin}, Joined(flags) + " "};
}

}  // namespace cagelint::input
