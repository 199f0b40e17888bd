// Programs that hand texts among their arguments to a shell: those that scripts of packages use.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "linter/input/argument.h"

namespace cagelint::input {

// The index in `words` of a program that is known here, where a package manager starts it: 2 of
// `pnpm exec concurrently …`, 1 of `npx concurrently …`; 0 where they are something else.
std::size_t FindPackageProgram(std::span<const Argument> words);

// The words, or parts of them, that the program `words` begin with hands to a shell, each a command
// line. None where it hands none, or is not known.
std::vector<Argument> HandedTexts(std::span<const Argument> words);

// Whether `text` is a whole command line that starts a container: `docker run x`.
bool IsEngineCommand(std::string_view text);

// Whether a program of this name shows, seeks or keeps its arguments, and runs none of them.
bool OnlyTakes(std::string_view name);

}  // namespace cagelint::input
