// Source with underlines, as the text format shows it.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "linter/base/source.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::output {

// Select Graphic Rendition parameters (ECMA-48).
inline constexpr std::string_view kBold = "1";
inline constexpr std::string_view kDim = "2";
inline constexpr std::string_view kRed = "1;31";
inline constexpr std::string_view kYellow = "1;33";
inline constexpr std::string_view kBlue = "1;34";
inline constexpr std::string_view kMagenta = "1;35";
inline constexpr std::string_view kCyan = "36";

struct Painter {
  bool color = false;
  // `text` must be printable.
  std::string Paint(std::string_view style, std::string_view text) const;
};

// `text` escaped, and cut where it is longer than a few lines: a message may quote what an attacker
// wrote.
std::string Printable(std::string_view text);

// "path:line:column" of the begin of a valid span, escaped.
std::string PlaceText(const base::SourceSet& sources, const base::Span& span);
// Digits of the number of the last line of a valid span.
std::uint32_t Digits(const base::SourceSet& sources, const base::Span& span);

// The lines on which a finding and its labels stand. A primary span is underlined with `^`, a label
// with `-` and its text.
class Snippet {
 public:
  Snippet(const base::SourceSet& sources, const Painter& painter, std::uint32_t gutter,
          std::uint32_t width)
      : sources_(sources), painter_(painter), gutter_(gutter), width_(width) {}

  // The file whose lines come first and without a path: that of the first mark, if nothing is said.
  void Home(base::FileId file) { files_.push_back(file); }
  // Its place follows the underline.
  void Primary(const base::Span& span, std::string_view style);
  // A label without a valid span is left out.
  void Label(const diagnostic::Label& label);
  // The lines, each ended: those of the home file, then those of the others under their
  // path, sorted. Of a span over more than two lines the first and the last.
  std::string Text() const;

 private:
  struct Mark {
    base::Span span;
    char character;
    std::string_view style;
    std::string text;
    std::string_view text_style;
  };
  // The marks that begin or end on a line, by file (the home file's is 0) and line.
  using Lines = std::map<std::pair<std::size_t, std::uint32_t>, std::vector<const Mark*>>;

  void Add(Mark mark);
  Lines MarkedLines() const;
  std::string Line(const base::Source& source, std::uint32_t line,
                   const std::vector<const Mark*>& marks) const;
  std::string Margin(std::string_view number) const;

  const base::SourceSet& sources_;
  Painter painter_;
  std::uint32_t gutter_;
  std::uint32_t width_;
  std::vector<Mark> marks_;
  std::vector<base::FileId> files_;
};

}  // namespace cagelint::output
