// Commands that matter only for what they leave behind: images with a name, and containers that
// stand in another file.
#pragma once

#include <span>
#include <string_view>

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// Whether the first word of a command is a program that starts what a compose file says.
bool NamesComposeProgram(std::string_view word);

// `words` begin with the subcommand. Adds a command of kind kBuild (`build`, `tag`, `buildx build`)
// or kBringUp (`compose up`, `stack deploy`, `kube play`) to the document, or nothing.
void ReadMade(const Reading& reading, std::span<const Argument> words, base::Span anchor);

// The same for `docker-compose`: `words` begin behind the program's name.
void ReadComposeProgram(const Reading& reading, std::span<const Argument> words, base::Span anchor);

}  // namespace cagelint::input
