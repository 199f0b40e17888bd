// Container commands other than run and create: words → Command.
#pragma once

#include "linter/input/docker_reading.h"

namespace cagelint::input {

// Adds the command to the document. `command` is one bit; `words` begin behind the subcommand;
// `name` is how it was called ("network connect"), for refusals. False where the client only prints
// help.
bool ReadCommand(const Reading& reading, std::span<const Argument> words, base::Span anchor,
                 CommandSet command, const std::string& name);

}  // namespace cagelint::input
