// Commands as documents show them: behind prompts, with what they print in between.
#pragma once

#include <span>
#include <string_view>

#include "linter/base/source.h"
#include "linter/input/embed.h"

namespace cagelint::input {

// How a text that shows commands is to be read.
enum class Showing : std::uint8_t {
  kScript,   // a script; where its lines have prompts they are commands and the others output
  kConsole,  // a session: `# ` is a prompt too, where no other one is there
  kMaybe,    // nobody said that these are commands: only lines with prompts and lines that begin
             // with an engine's name are
};

// Appends the commands that `lines` (places in the outer text of `out`, with their line ends) show:
// prompts are taken away, and lines that are output left out. Known prompts: `$ `, `# `, `% `, `❯
// `, `PS C:\> `, `C:\> `, `user@host:~$ `, and `> ` on the lines that go on.
void AppendCommands(std::span<const base::Span> lines, Showing showing, EmbeddedText& out);

}  // namespace cagelint::input
