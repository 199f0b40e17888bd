#include "linter/diagnostic/excerpt.h"

#include <algorithm>
#include <string_view>

#include "linter/base/text.h"

namespace cagelint::diagnostic {
namespace {

constexpr std::string_view kEllipsis = "...";
// Of a line of combining marks, which take no cells, no more is looked at than this many code
// points a cell.
constexpr std::size_t kPointsPerCell = 4;

// One code point as it is printed.
struct Glyph {
  std::string text;
  std::uint32_t bytes = 1;  // in the source
  std::uint32_t cells = 1;
};

Glyph GlyphAt(std::string_view rest) {
  // Nearly all there is.
  if (rest.front() >= ' ' && rest.front() <= '~') return {std::string(1, rest.front()), 1, 1};
  if (rest.front() == '\t') return {std::string(kTabWidth, ' '), 1, kTabWidth};
  const base::CodePoint point = base::DecodeUtf8(rest);
  const std::string_view raw = rest.substr(0, point.size);
  std::string text = base::Escape(raw);
  const bool escaped = text != raw;
  const auto cells = static_cast<std::uint32_t>(
      escaped ? text.size() : static_cast<std::size_t>(base::DisplayWidth(point.value)));
  return {std::move(text), point.size, cells};
}

// The code point that ends before `at`; bytes that are not UTF-8 count one by one.
std::uint32_t PreviousPoint(std::string_view bytes, std::uint32_t first, std::uint32_t at) {
  for (std::uint32_t size = 1; size <= 4 && size <= at - first; ++size) {
    const base::CodePoint point = base::DecodeUtf8(bytes.substr(at - size, size));
    if (point.valid && point.size == size) return at - size;
  }
  return at - 1;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\f'; }

class Cutter {
 public:
  Cutter(const base::Source& source, const base::Span& line, std::uint32_t width)
      : bytes_(source.Bytes()), begin_(line.begin), end_(line.end), width_(width) {
    if (begin_ == 0 && bytes_.starts_with("\xEF\xBB\xBF")) begin_ = std::min(end_, 3u);
    limit_ = kPointsPerCell * width_;
  }

  // The part of `mark` on this line without the blanks at its ends.
  base::Span Clip(const base::Span& mark) const {
    base::Span part = mark;
    part.begin = std::clamp(mark.begin, begin_, end_);
    part.end = std::clamp(mark.end, part.begin, end_);
    std::uint32_t first = part.begin;
    std::uint32_t last = part.end;
    for (std::size_t n = 0; first < last && n < limit_ && IsBlank(bytes_[first]); ++n) ++first;
    for (std::size_t n = 0; last > first && n < limit_ && IsBlank(bytes_[last - 1]); ++n) --last;
    if (first < last) part.begin = first, part.end = last;
    return part;
  }

  void Draw(const base::Span& focus, std::span<const std::optional<base::Span>> parts,
            Excerpt& out) {
    const std::uint32_t reach = Reach(begin_);
    const bool whole = reach == end_;
    const bool shown = whole || std::max(focus.end, focus.begin + 1) <= reach;
    const std::uint32_t start = shown ? begin_ : Back(focus.begin);
    const std::uint32_t stop = shown ? reach : Reach(start);
    if (start > begin_) out.text += kEllipsis;
    std::vector<Stretch> stretches(parts.size());
    std::uint32_t column = start > begin_ ? static_cast<std::uint32_t>(kEllipsis.size()) : 0;
    for (std::uint32_t at = start; at < stop;) {
      const Glyph glyph = GlyphAt(bytes_.substr(at, end_ - at));
      for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!parts[i] || parts[i]->end <= at || parts[i]->begin >= at + glyph.bytes) continue;
        stretches[i].Grow(column, column + glyph.cells);
      }
      out.text += glyph.text;
      column += glyph.cells;
      at += glyph.bytes;
    }
    if (stop < end_) out.text += kEllipsis;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const bool at_end =
          parts[i] && parts[i]->IsEmpty() && start <= parts[i]->begin && parts[i]->begin == stop;
      if (at_end) stretches[i].Grow(column, column + 1);
      out.marks.push_back(stretches[i].Take());
    }
  }

 private:
  struct Stretch {
    std::uint32_t first = UINT32_MAX;
    std::uint32_t last = 0;
    void Grow(std::uint32_t from, std::uint32_t to) {
      first = std::min(first, from);
      last = std::max(last, to);
    }
    std::optional<Underline> Take() const {
      if (first == UINT32_MAX) return std::nullopt;
      // A combining mark alone is shown below what it stands on.
      if (first == last) return Underline{first == 0 ? 0 : first - 1, 1};
      return Underline{first, last - first};
    }
  };

  // Where `width_` cells from `at` on end.
  std::uint32_t Reach(std::uint32_t at) const {
    std::uint32_t cells = 0;
    for (std::size_t n = 0; at < end_; ++n) {
      const Glyph glyph = GlyphAt(bytes_.substr(at, end_ - at));
      if (cells + glyph.cells > width_ || n >= limit_) break;
      cells += glyph.cells;
      at += glyph.bytes;
    }
    return at;
  }

  // A third of the width before `at`.
  std::uint32_t Back(std::uint32_t at) const {
    std::uint32_t cells = 0;
    for (std::size_t n = 0; at > begin_ && cells < width_ / 3 && n < limit_ / 3; ++n) {
      at = PreviousPoint(bytes_, begin_, at);
      cells += GlyphAt(bytes_.substr(at, end_ - at)).cells;
    }
    return at;
  }

  std::string_view bytes_;
  std::uint32_t begin_;
  std::uint32_t end_;
  std::uint32_t width_;
  std::size_t limit_;
};

// An empty span takes the byte that it stands before, if there is one on the line.
base::Span AtLeastOneByte(base::Span part, const base::Span& line) {
  if (part.IsEmpty() && part.begin < line.end) ++part.end;
  return part;
}

}  // namespace

Excerpt ExcerptLine(const base::Source& source, std::uint32_t line,
                    std::span<const base::Span> marks, std::uint32_t width) {
  Excerpt out;
  out.line = line;
  const base::Span span = source.LineSpan(line);
  if (!span.IsValid()) {
    out.marks.resize(marks.size());
    return out;
  }
  Cutter cutter(source, span, std::max<std::uint32_t>(width, 8));
  std::vector<std::optional<base::Span>> parts;
  base::Span focus{source.Id(), span.begin, span.begin};
  bool focused = false;
  for (const base::Span& mark : marks) {
    // A span of several lines may end just before a line's first byte: that line is not part of it.
    const bool before = mark.end < span.begin || (mark.end == span.begin && !mark.IsEmpty());
    const bool on_line = mark.file == source.Id() && !before && mark.begin <= span.end;
    if (!on_line) {
      parts.emplace_back();
      continue;
    }
    parts.emplace_back(AtLeastOneByte(cutter.Clip(mark), span));
    if (!focused) focus = *parts.back();
    focused = true;
  }
  cutter.Draw(focus, parts, out);
  return out;
}

}  // namespace cagelint::diagnostic
