#include "linter/output/snippet.h"

#include <algorithm>

#include "linter/base/text.h"
#include "linter/diagnostic/excerpt.h"

namespace cagelint::output {
namespace {

constexpr std::size_t kLongestText = 600;

std::uint32_t LastLine(const base::Source& source, const base::Span& span) {
  return source.PositionAt(span.IsEmpty() ? span.begin : span.end - 1).line;
}

}  // namespace

std::string Painter::Paint(std::string_view style, std::string_view text) const {
  if (!color || text.empty()) return std::string(text);
  return "\x1b[" + std::string(style) + "m" + std::string(text) + "\x1b[0m";
}

std::string Printable(std::string_view text) {
  if (text.size() <= kLongestText) return base::Escape(text);
  std::size_t end = kLongestText;
  while (end > 0 && base::IsContinuation(text[end])) --end;
  return base::Escape(text.substr(0, end)) + "...";
}

std::string PlaceText(const base::SourceSet& sources, const base::Span& span) {
  const base::Source& source = sources.Get(span.file);
  const base::Position at = source.PositionAt(span.begin);
  return base::Escape(source.Path()) + ":" + std::to_string(at.line) + ":" +
         std::to_string(at.column);
}

std::uint32_t Digits(const base::SourceSet& sources, const base::Span& span) {
  const std::uint32_t line = LastLine(sources.Get(span.file), span);
  return static_cast<std::uint32_t>(std::to_string(line).size());
}

void Snippet::Primary(const base::Span& span, std::string_view style) {
  Add({span, '^', style, PlaceText(sources_, span), kDim});
}

void Snippet::Label(const diagnostic::Label& label) {
  if (label.span.IsValid()) Add({label.span, '-', kBlue, Printable(label.message), kBlue});
}

void Snippet::Add(Mark mark) {
  if (std::find(files_.begin(), files_.end(), mark.span.file) == files_.end())
    files_.push_back(mark.span.file);
  marks_.push_back(std::move(mark));
}

Snippet::Lines Snippet::MarkedLines() const {
  Lines lines;
  for (const Mark& mark : marks_) {
    const base::Source& source = sources_.Get(mark.span.file);
    const auto file = static_cast<std::size_t>(
        std::find(files_.begin(), files_.end(), mark.span.file) - files_.begin());
    const std::uint32_t first = source.PositionAt(mark.span.begin).line;
    const std::uint32_t last = LastLine(source, mark.span);
    lines[{file, first}].push_back(&mark);
    if (last != first) lines[{file, last}].push_back(&mark);
  }
  return lines;
}

std::string Snippet::Text() const {
  std::string out;
  std::size_t shown_file = 0;
  std::uint32_t shown_line = 0;
  for (const auto& [place, marks] : MarkedLines()) {
    const auto& [file, line] = place;
    if (file != shown_file) {
      out += painter_.Paint(kDim, "  --> ") + PlaceText(sources_, marks[0]->span) + "\n";
    } else if (shown_line != 0 && line > shown_line + 1) {
      out += painter_.Paint(kDim, std::string(gutter_ + 1, ' ') + "...") + "\n";
    }
    out += Line(sources_.Get(files_[file]), line, marks);
    shown_file = file;
    shown_line = line;
  }
  return out;
}

std::string Snippet::Margin(std::string_view number) const {
  const std::size_t pad = gutter_ > number.size() ? gutter_ - number.size() : 0;
  return painter_.Paint(kDim, " " + std::string(pad, ' ') + std::string(number) + " |");
}

std::string Snippet::Line(const base::Source& source, std::uint32_t line,
                          const std::vector<const Mark*>& marks) const {
  std::vector<base::Span> spans;
  for (const Mark* mark : marks) spans.push_back(mark->span);
  const diagnostic::Excerpt excerpt = diagnostic::ExcerptLine(source, line, spans, width_);
  std::string out =
      Margin(std::to_string(line)) + (excerpt.text.empty() ? "" : " ") + excerpt.text + "\n";
  for (std::size_t i = 0; i < marks.size(); ++i) {
    const auto& place = excerpt.marks[i];
    // What was cut away has no place; a label's text is still said.
    if (!place && marks[i]->text.empty()) continue;
    // Over several lines the place stands at the first of them, the text of a label at the last.
    const std::uint32_t last = LastLine(source, marks[i]->span);
    const std::uint32_t first = source.PositionAt(marks[i]->span.begin).line;
    const bool here = line == (marks[i]->character == '^' ? first : last);
    const std::string under = place ? std::string(place->width, marks[i]->character) : "...";
    out += Margin("") + std::string(1 + (place ? place->column : 0), ' ') +
           painter_.Paint(marks[i]->style, under);
    if (here && !marks[i]->text.empty())
      out += " " + painter_.Paint(marks[i]->text_style, marks[i]->text);
    out += '\n';
  }
  return out;
}

}  // namespace cagelint::output
