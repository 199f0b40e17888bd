// A line of a source for people: safe to print, not too long, and where spans stand in it.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "linter/base/source.h"
#include "linter/base/span.h"
#include "linter/diagnostic/diagnostic.h"

namespace cagelint::diagnostic {

// A tab takes this many cells, wherever it stands.
inline constexpr std::uint32_t kTabWidth = 4;

struct Excerpt {
  std::uint32_t line = 0;  // from 1
  // Printable UTF-8 without a line end: escaped as base::Escape does it, tabs as blanks. "..."
  // stands for what was cut off at either side.
  std::string text;
  // One for each span that was asked for: its part of `text`. None where no byte of the span is on
  // the line, or all of them were cut off.
  std::vector<std::optional<Underline>> marks;
};

// Line `line` of `source`, cut to about `width` cells around the first of `marks` that is on it.
// The blanks at both ends of a mark's part of the line are left out, but for a mark of blanks
// alone. An empty mark, or one at the line end, is one cell wide. Time is bounded by `width`, not
// by the length of the line, for each mark.
Excerpt ExcerptLine(const base::Source& source, std::uint32_t line,
                    std::span<const base::Span> marks, std::uint32_t width);

}  // namespace cagelint::diagnostic
