// Text in GitHub's Markdown, so that nothing in it is markup, a link, a mention or a reference.
#pragma once

#include <string>
#include <string_view>

namespace cagelint::output {

// `text`, escaped, as a code span; for a cell of a table too. There GitHub makes nothing of
// `@name`,
// `#1`, addresses and numbers of commits. A pipe behind a backslash is shown as `\x7c`, since
// readers of tables disagree about the two. Empty for an empty text.
std::string MarkdownCode(std::string_view text);

// A message, escaped and cut as Printable does it: plain words stay words; what stands in
// backticks, and each word with anything but letters and a hyphen in it, is a code span. On one
// line.
std::string MarkdownMessage(std::string_view message);

// `text`, lines that are printable, as a fenced block with its line end.
std::string MarkdownBlock(std::string_view text);

}  // namespace cagelint::output
