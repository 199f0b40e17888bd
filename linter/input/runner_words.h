// Command lines as .NET splits them, with which GitHub's runner starts its programs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "linter/base/span.h"
#include "linter/input/embed.h"

namespace cagelint::input {

struct RunnerWord {
  EmbeddedText content;
  base::Span place;  // quotes included
};

// The words of `text`: blanks separate, only double quotes quote, and a backslash is one unless it
// stands before a double quote. (dotnet/runtime, Process.Unix.cs, ParseArgumentsIntoList.) Line
// ends separate as well: there they would be part of a word, which nobody means.
std::vector<RunnerWord> SplitRunnerWords(const EmbeddedText& text);

// `word` so that it is one word there.
std::string QuoteRunnerWord(std::string_view word);

}  // namespace cagelint::input
