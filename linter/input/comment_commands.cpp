#include "linter/input/comment_commands.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/comment_prose.h"
#include "linter/input/embed.h"

namespace cagelint::input {
namespace {

// The text of a comment, from behind `#` and one blank to the end of its line.
base::Span Inside(std::string_view bytes, const base::Span& comment) {
  std::uint32_t begin = comment.begin;
  while (begin < comment.end && bytes[begin] != '#') ++begin;
  if (begin < comment.end) ++begin;
  if (begin < comment.end && bytes[begin] == ' ') ++begin;
  return {comment.file, begin, comment.end};
}

// Where a line of a command goes on, its sign: at its end, or before a comment that says what the
// line is for. A shell would not go on there, but its author shows one command.
std::size_t SignOf(std::string_view line) {
  if (const std::size_t note = line.find("\\ #"); note != std::string_view::npos) return note;
  const std::size_t last = line.find_last_not_of(" \t\r\n");
  return last != std::string_view::npos && line[last] == '\\' ? last : std::string_view::npos;
}

std::string_view WithoutEnd(std::string_view line) {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

std::size_t IndentOf(std::string_view line) {
  return std::min(line.find_first_not_of(" \t"), line.size());
}

class Reading {
 public:
  Reading(const base::Source& source, const std::vector<base::Span>& comments,
          const Context& context, ShellTexts& texts)
      : source_(source), context_(context), texts_(texts) {
    for (const base::Span& comment : comments) lines_.push_back(Inside(source.Bytes(), comment));
    for (const base::Span& comment : comments) begins_.push_back(comment.begin);
  }

  std::vector<base::Span> Do() {
    for (std::size_t i = 0; i < lines_.size();) {
      std::size_t end = i + 1;
      shown_ = FindCommand(WithoutEnd(source_.Text(lines_[i])));
      if (shown_.IsFound()) {
        end = shown_.is_quoted ? i + 1 : ChunkEnd(i);
        // Options may be shown on lines of their own, without a sign.
        const std::size_t indented = end == i + 1 ? IndentedEnd(i) : end;
        if (indented > end && Read(i, indented, true))
          end = indented;
        else if (IsProse(i, end) || !Read(i, end, false))
          end = i + 1;
      }
      i = end;
    }
    return std::move(found_);
  }

 private:
  std::string_view TextOf(std::size_t line) const { return base::Trim(source_.Text(lines_[line])); }
  bool IsNext(std::size_t line) const {
    return line < lines_.size() && begins_[line] == lines_[line - 1].end;
  }

  // The line behind the command that begins on line `i`.
  std::size_t ChunkEnd(std::size_t i) const {
    const auto goes_on = [&](std::string_view text) {
      return SignOf(text) != std::string_view::npos || text.ends_with("&&") || text.ends_with('|');
    };
    while (goes_on(TextOf(i)) && IsNext(i + 1)) ++i;
    return i + 1;
  }

  // The same where lines with options stand below a line that ends in one, further to the right.
  std::size_t IndentedEnd(std::size_t i) const {
    const std::string_view first = source_.Text(lines_[i]);
    const std::size_t last_word = base::Trim(first).find_last_of(" \t");
    const bool is_open = last_word != std::string_view::npos && !shown_.is_quoted &&
                         base::Trim(first)[last_word + 1] == '-';
    std::size_t end = i + 1;
    while (is_open && IsNext(end) && IndentOf(source_.Text(lines_[end])) > shown_.begin &&
           !TextOf(end).empty()) {
      const std::string_view text = TextOf(end);
      const bool is_option = text.size() > 1 && text[0] == '-' && text[1] != ' ';
      if (end == i + 1 && !is_option) break;
      ++end;
      if (!is_option) break;  // the image, and what is behind it
    }
    return end;
  }

  // A sentence that begins with a command, or goes on with one: no option, no image that is
  // anything but a word, and a line before it that does not end.
  bool IsProse(std::size_t i, std::size_t end) const {
    const std::string_view text = base::Trim(CommandOf(i));
    if (EndsAsSentence(text) && end == i + 1) return true;
    if (std::count(text.begin(), text.end(), '`') % 2 != 0) return true;
    const bool is_alone =
        shown_.is_led || shown_.is_prompted || i == 0 || !IsNext(i) || TextOf(i - 1).empty();
    const bool is_led_to =
        !is_alone && std::string_view(":\\.!").find(TextOf(i - 1).back()) != std::string_view::npos;
    const bool is_apart = is_alone || is_led_to;
    if (shown_.is_quoted && !is_apart) return true;
    if (end > i + 1 || text.find(" -") != std::string_view::npos) return false;
    if (text.find_first_of("/:<$") != std::string_view::npos && !text.ends_with(':')) return false;
    return !is_apart;
  }

  std::string_view CommandOf(std::size_t i) const {
    return source_.Text(lines_[i]).substr(shown_.begin, shown_.end - shown_.begin);
  }

  // `is_joined`: its lines are one command without a sign that says so.
  bool Read(std::size_t i, std::size_t end, bool is_joined) {
    EmbeddedText out(source_);
    for (std::size_t line = i; line < end; ++line)
      Append(lines_[line], line == i, is_joined && line + 1 < end, out);
    // New lines would get what stands before the first one.
    const bool is_edited = end == i + 1 || (!shown_.is_led && !is_joined);
    const base::Source& text = out.AddTo(context_.sources, is_edited ? LinesWriter() : nullptr);
    if (!StartsContainers(text, end == i + 1)) return false;
    texts_.Read(text);
    found_.push_back({source_.Id(), lines_[i].begin, lines_[end - 1].end});
    return true;
  }

  // The line without what stands before its command, and without a comment behind its sign.
  void Append(const base::Span& line, bool is_first, bool is_joined, EmbeddedText& out) const {
    const std::string_view text = source_.Text(line);
    const auto place = [&](std::size_t at) { return line.begin + static_cast<std::uint32_t>(at); };
    const std::uint32_t begin = is_first ? place(shown_.begin) : line.begin;
    const std::uint32_t line_end = place(WithoutEnd(text).size());
    if (is_joined) {
      out.Copy(begin, line_end);
      out.Put(" \\", line_end, line_end);
      return out.Copy(line_end, line.end);
    }
    const std::size_t sign = SignOf(text);
    if (is_first && shown_.is_quoted)
      out.Copy(begin, place(shown_.end));
    else if (sign != std::string_view::npos)
      out.Copy(begin, place(sign + 1));
    else
      return out.Copy(begin, line.end);
    out.Copy(line_end, line.end);
  }

  // Whether all of it is what a client takes.
  bool StartsContainers(const base::Source& text, bool is_one_line) const {
    model::Document scratch;
    ShellTexts(context_, text.Path(), scratch).Read(text);
    const auto is_wrong = [](const diagnostic::Gap& gap) {
      return gap.refused || gap.kind == "syntax-error";
    };
    const auto is_whole = [&](const model::Container& one) {
      const base::Span& image = one.image.value_span;
      if (one.image.IsAbsent()) return false;
      if (!is_one_line || image.file != text.Id()) return true;
      return !GoesOnAsProse(text.Bytes(), image.begin, image.end);
    };
    return !scratch.containers.empty() &&
           std::all_of(scratch.containers.begin(), scratch.containers.end(), is_whole) &&
           std::none_of(scratch.gaps.begin(), scratch.gaps.end(), is_wrong);
  }

  const base::Source& source_;
  const Context& context_;
  ShellTexts& texts_;
  std::vector<base::Span> lines_;
  std::vector<std::uint32_t> begins_;  // of the comments
  std::vector<base::Span> found_;
  ShownCommand shown_;  // on the line that is read
};

}  // namespace

std::vector<base::Span> ReadCommentCommands(const base::Source& source,
                                            const std::vector<base::Span>& comments,
                                            const Context& context, ShellTexts& texts) {
  return Reading(source, comments, context, texts).Do();
}

bool ShowsCommands(std::string_view bytes, const std::vector<base::Span>& comments) {
  return std::any_of(comments.begin(), comments.end(), [&](const base::Span& comment) {
    const base::Span inside = Inside(bytes, comment);
    return FindCommand(WithoutEnd(bytes.substr(inside.begin, inside.Size()))).IsFound();
  });
}

}  // namespace cagelint::input
