// Commands that tell a client of MCP how to start a server: `claude mcp add NAME -- docker run …`.
#pragma once

#include <cstddef>
#include <span>

#include "linter/input/argument.h"

namespace cagelint::input {

// The index in `words` of the server's command, where they are `CLIENT mcp add NAME COMMAND`; 0
// where they are something else. Its words may be none.
std::size_t FindMcpServer(std::span<const Argument> words);

}  // namespace cagelint::input
