// Markdown as CommonMark reads it (by cmark-gfm): its code and its comments, with their places.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/base/span.h"

namespace cagelint::syntax {

struct MarkdownCode {
  enum class Kind : std::uint8_t { kFenced, kIndented, kInline };
  Kind kind = Kind::kFenced;
  // Of a fence: the first word of what stands behind it, in lower case, without braces, dots and
  // options: "bash" of "```{.Bash .numbered}". "" where there is none.
  std::string language;
  // The lines of the code, without what CommonMark takes away in front (indentation, `> `), with
  // their ends; of inline code one piece. Where a tab is split, its line begins behind the tab.
  std::vector<base::Span> lines;
  base::Span span;        // from the first line to the last, the fences excluded
  bool is_closed = true;  // false for a fence that goes to the end of the file
};

struct MarkdownTree {
  std::vector<MarkdownCode> codes;   // in order of place
  std::vector<base::Span> comments;  // `<!-- … -->`, whole
};

// Linear in the size of the file. `source` passed the byte gate.
MarkdownTree ParseMarkdown(const base::Source& source);

}  // namespace cagelint::syntax
