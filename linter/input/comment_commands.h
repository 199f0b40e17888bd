// Commands that the comments of a file show: `# docker run -it --rm \` over several lines.
#pragma once

#include <string_view>
#include <vector>

#include "linter/base/source.h"
#include "linter/input/reader.h"
#include "linter/input/shell_texts.h"

namespace cagelint::input {

// Reads the commands of `comments`: whole lines with their ends, each with `#` before its text, in
// order. What only speaks of commands is passed over: a command that is not whole, or a sentence
// that begins with `docker run`. Returns where the commands stand.
std::vector<base::Span> ReadCommentCommands(const base::Source& source,
                                            const std::vector<base::Span>& comments,
                                            const Context& context, ShellTexts& texts);

// Whether a line of `comments`, places in `bytes`, begins with an engine's name, or with a prompt
// and one.
bool ShowsCommands(std::string_view bytes, const std::vector<base::Span>& comments);

}  // namespace cagelint::input
