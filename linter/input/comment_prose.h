// What a line of a comment says: a command, or a sentence about one.
#pragma once

#include <cstddef>
#include <string_view>

namespace cagelint::input {

struct ShownCommand {
  std::size_t begin = std::string_view::npos;  // npos: the line shows none
  std::size_t end = 0;
  bool is_led = false;       // words or signs stand before it that are no prompt: `Usage: `, `1. `
  bool is_prompted = false;  // a prompt stands before it
  bool is_quoted = false;    // backticks stand around it
  bool IsFound() const { return begin != std::string_view::npos; }
};

// The command on `line`, which has no line end: behind a prompt, a list's mark, a few words that
// end in a colon, or in backticks that go up to the end.
ShownCommand FindCommand(std::string_view line);

// Whether `command`, one line, goes on as a sentence does. `image`, `behind`: where the name of the
// image in it begins and ends.
bool GoesOnAsProse(std::string_view command, std::size_t image, std::size_t behind);

// Whether it ends as a sentence does: in a full stop behind a word.
bool EndsAsSentence(std::string_view command);

}  // namespace cagelint::input
