// Variables that an editor or a client fills in before it runs a command: `${workspaceFolder}`,
// `${env:HOME}`, `${input:token}`.
#pragma once

#include "linter/input/embed.h"

namespace cagelint::input {

// In a word that no shell reads. The working directory and the home become their symbols (see
// argument.h), others placeholders (`{{name}}`) of one word. `$NAME` is taken for a variable, too:
// some clients fill these in, and for the others it is no path that an engine takes.
EmbeddedText FillWordVariables(const EmbeddedText& word);

// `text` where it is nothing but one variable, as a shell has it (`"${NAME}"`,
// `"${NAME:-docker}"`); empty otherwise. For the program of a command, of which a shell's reader
// can say more then.
EmbeddedText ShellVariable(const EmbeddedText& text);

// In a text that a shell reads afterwards: what the editor fills in becomes a variable of the
// shell, in quotes; `${NAME}` without a colon stays what it is.
EmbeddedText FillShellVariables(const EmbeddedText& text);

}  // namespace cagelint::input
