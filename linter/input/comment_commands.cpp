#include "linter/input/comment_commands.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "linter/base/text.h"
#include "linter/input/docker_cli.h"
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

// `docker run --rm x`, behind a prompt or not: the words of the command.
std::string_view CommandOn(std::string_view line) {
  line = base::Trim(line);
  if (line.starts_with("$ ") || line.starts_with("# ")) line = base::Trim(line.substr(2));
  for (std::string_view rest = line; !rest.empty();) {
    const std::string_view word = rest.substr(0, rest.find_first_of(" \t"));
    if (NamesEngine(word)) return line;
    // `sudo docker`, `A=b docker`.
    const bool is_assigned = base::IsNameStart(word.front()) && word.find('=') != rest.npos;
    if (word != "sudo" && word != "time" && word != "exec" && !is_assigned) break;
    rest = base::Trim(rest.substr(word.size()));
  }
  return {};
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
      if (!CommandOn(TextOf(i)).empty()) {
        end = ChunkEnd(i);
        if (IsProse(i, end) || !Read(i, end)) end = i + 1;
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

  // A sentence that begins with a command, or goes on with one: no option, no image that is
  // anything but a word, and a line before it that does not end.
  bool IsProse(std::size_t i, std::size_t end) const {
    const std::string_view text = CommandOn(TextOf(i));
    if (std::count(text.begin(), text.end(), '`') % 2 != 0) return true;
    if (end > i + 1 || text.find(" -") != std::string_view::npos) return false;
    if (text.find_first_of("/:<$") != std::string_view::npos && !text.ends_with(':')) return false;
    const bool is_alone = i == 0 || !IsNext(i) || TextOf(i - 1).empty();
    const bool is_led_to =
        !is_alone && std::string_view(":\\.!").find(TextOf(i - 1).back()) != std::string_view::npos;
    return (!is_alone && !is_led_to) || std::count(text.begin(), text.end(), ' ') > 3;
  }

  bool Read(std::size_t i, std::size_t end) {
    EmbeddedText out(source_);
    for (std::size_t line = i; line < end; ++line) Append(lines_[line], line == i, out);
    const base::Source& text = out.AddTo(context_.sources, LinesWriter());
    if (!StartsContainers(text)) return false;
    texts_.Read(text);
    found_.push_back({source_.Id(), lines_[i].begin, lines_[end - 1].end});
    return true;
  }

  // The line without what a prompt puts before it, and without a comment behind its sign.
  void Append(const base::Span& line, bool is_first, EmbeddedText& out) const {
    const std::string_view text = source_.Text(line);
    std::uint32_t begin = line.begin;
    const std::size_t first = text.find_first_not_of(" \t");
    const std::string_view rest = text.substr(std::min(first, text.size()));
    if (is_first && (rest.starts_with("$ ") || rest.starts_with("# ")))
      begin += static_cast<std::uint32_t>(first + 2);
    const std::size_t sign = SignOf(text);
    if (sign == std::string_view::npos) return out.Copy(begin, line.end);
    out.Copy(begin, line.begin + static_cast<std::uint32_t>(sign + 1));
    const std::uint32_t ending = text.ends_with("\r\n") ? 2 : (text.ends_with('\n') ? 1 : 0);
    out.Copy(line.end - ending, line.end);
  }

  // Whether all of it is what a client takes.
  bool StartsContainers(const base::Source& text) const {
    model::Document scratch;
    ShellTexts(context_, text.Path(), scratch).Read(text);
    const auto is_wrong = [](const diagnostic::Gap& gap) {
      return gap.refused || gap.kind == "syntax-error";
    };
    const auto has_image = [](const model::Container& one) { return !one.image.IsAbsent(); };
    return !scratch.containers.empty() &&
           std::all_of(scratch.containers.begin(), scratch.containers.end(), has_image) &&
           std::none_of(scratch.gaps.begin(), scratch.gaps.end(), is_wrong);
  }

  const base::Source& source_;
  const Context& context_;
  ShellTexts& texts_;
  std::vector<base::Span> lines_;
  std::vector<std::uint32_t> begins_;  // of the comments
  std::vector<base::Span> found_;
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
    return !CommandOn(bytes.substr(inside.begin, inside.Size())).empty();
  });
}

}  // namespace cagelint::input
